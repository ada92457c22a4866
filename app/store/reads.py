"""Reads as readers offered them. The hot path: rows are plain tuples, written by `executemany` or COPY.

A read's identity is (source, epoch, source_seq). The same again is a duplicate; other content under the same identity
is a conflict, kept once as a fact of its own, and the first read counts until an official rules.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from app.domain.facts import ReadConflict
from app.domain.ids import ActorId, Bib, Chip, MeetId, SourceId
from app.domain.reads import AHEAD_US, ReadColumns, ReadRows
from app.domain.refusals import MeetIsClosed
from app.domain.units import Instant
from app.store import schema
from app.store.facts import FactsWriter
from app.store.meets import Meets, MeetsWriter
from app.store.session import Row, Session

OfferedRead = tuple[int, str | None, str | None, int, str | None, int | None, int | None, str | None, bytes | None]
"""(source_seq, chip, bib, at_us, place, antenna, rssi, kind, raw); exactly one of chip and bib.

The first says which read it is, the next four what it says: the rest does not make it another one.
"""

Kept = tuple[int, int, str | None, str | None, int, str | None]
"""What a projection needs: see `ReadRow`."""

_OFFERED: Final = ("source_seq", "chip", "bib", "at_us", "place", "antenna", "rssi", "kind", "raw")
CHUNK: Final = 100_000
_KEPT: Final = {
    f"position & {(1 << schema.SEQ_BITS) - 1}": int,
    "epoch_no": int,
    "chip": str | None,
    "bib": str | None,
    "at_us": int,
    "place": str | None,
    f"CASE WHEN at_us > received_us + {AHEAD_US} THEN received_us END": int | None,
}
_BETWEEN: Final = "FROM reads WHERE position > ? AND position <= ?"
_DETAIL: Final = (
    "SELECT r.position - ?, e.source_id, e.epoch, r.source_seq, r.chip, r.bib, r.at_us, r.place, r.antenna, r.rssi, "
    "r.kind, r.received_us, r.raw FROM reads r JOIN epochs e ON e.no = r.epoch_no WHERE "
)
_GAPS: Final = (
    "SELECT epoch, before + 1, source_seq - 1 FROM ("
    "SELECT e.no, e.epoch, r.source_seq, "
    "LAG(r.source_seq, 1, 0) OVER (PARTITION BY e.no ORDER BY r.source_seq) AS before "
    "FROM epochs e JOIN reads r ON r.epoch_no = e.no WHERE e.source_id = ?"
    ") AS steps WHERE source_seq > before + 1 ORDER BY no, source_seq"
)


class StoredRead(NamedTuple):
    """Everything that is kept of one read."""

    seq: int
    source: SourceId
    epoch: str
    source_seq: int
    chip: str | None
    bib: str | None
    at_us: int
    place: str | None
    antenna: int | None
    rssi: int | None
    kind: str | None
    received_us: int
    raw: bytes | None


class Gap(NamedTuple):
    """Sequence numbers that have not arrived, both ends included. They begin at 1."""

    epoch: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Offered:
    """What became of a batch. `duplicates` and `conflicts` name reads by their source's numbers."""

    first_seq: int
    """Position of the first new read; the others follow it without a gap."""
    last_seq: int
    """The head of the log now."""
    rows: ReadRows
    duplicates: Sequence[int]
    conflicts: Sequence[int]
    high_water: int
    """The highest sequence number stored of this source and epoch."""

    @classmethod
    def nothing(cls, head: int) -> "Offered":
        """Of a source that was never heard of."""
        return cls(head + 1, head, ReadRows((), {}), (), (), 0)


@dataclass(slots=True)
class _Sorted:
    """A batch, told apart."""

    new: Sequence[OfferedRead]
    duplicates: list[int] = field(default_factory=list)
    conflicts: list[OfferedRead] = field(default_factory=list)
    firsts: dict[int, int] = field(default_factory=dict)
    """Source's number → position in the log, of stored reads that were offered again."""


class Reads:
    def __init__(self, session: Session, meets: Meets) -> None:
        self._session = session
        self._meets = meets

    def after(self, meet: MeetId, seq: int, upto: int | None = None, chunk: int = CHUNK) -> Iterator[ReadRows]:
        """Reads in log order, past `seq` and up to `upto`, in runs that span at most `chunk` positions."""
        no, end = self._meets.no(meet), self._meets.head(meet) if upto is None else upto
        for first in range(seq, end, chunk):
            between = schema.span(no, first, min(first + chunk, end))
            *kept, received = self._session.columns(_KEPT, _BETWEEN, *between)
            if kept[0]:
                ahead = {seq: at for seq, at in zip(kept[0], received, strict=True) if at is not None}
                yield ReadRows(ReadColumns(kept), self._sources(no), ahead)

    def detail(self, meet: MeetId, seqs: Iterable[int]) -> dict[int, StoredRead]:
        """Those of the positions that hold a read."""
        base = schema.base(self._meets.no(meet))
        condition, wanted = self._session.among("r.position"), self._session.listed([base + seq for seq in seqs])
        rows = self._session.rows(_DETAIL + condition, base, wanted)
        return {row[0]: StoredRead(*row) for row in rows}

    def gaps(self, source: SourceId) -> list[Gap]:
        """In order of epoch and number."""
        return [Gap(*row) for row in self._session.rows(_GAPS, source)]

    def high_water(self, source: SourceId, epoch: str) -> int:
        """The highest sequence number stored; 0 if there is none."""
        row = self._session.one(
            "SELECT MAX(source_seq) FROM reads "
            "WHERE epoch_no = (SELECT no FROM epochs WHERE source_id = ? AND epoch = ?)",
            source,
            epoch,
        )
        return (row and row[0]) or 0

    def _sources(self, no: int) -> dict[int, SourceId]:
        return dict(self._session.rows("SELECT no, source_id FROM epochs WHERE meet_no = ?", no))


class ReadsWriter(Reads):
    def __init__(self, session: Session, meets: MeetsWriter, facts: FactsWriter) -> None:
        super().__init__(session, meets)
        self._writer = meets
        self._facts = facts

    def offer(
        self,
        meet: MeetId,
        source: SourceId,
        epoch: str,
        reads: Sequence[OfferedRead],
        received_us: int,
        actor: ActorId,
        only_known: bool = False,
    ) -> Offered:
        """Store what is new of a batch, in the order given, and say what the rest is.

        `only_known`: `MeetIsClosed` where something is new or contradicts.
        """
        no = self._writer.hold(meet)
        epoch_no = self._epoch_no(no, source, epoch)
        highest = self._highest(epoch_no)
        batch = self._sort(no, epoch_no, reads, highest)
        if only_known and batch.new:
            raise MeetIsClosed
        count = len(batch.new)
        last = self._writer.advance(no, count)
        first = last - count + 1
        rows = self._load(no, epoch_no, first, batch.new, received_us)
        if batch.conflicts:
            kept = self._conflicts(source, epoch, batch, first)
            if only_known and kept:
                raise MeetIsClosed
            last = self._facts.append(meet, kept, actor, Instant(received_us)) if kept else last
        return Offered(
            first_seq=first,
            last_seq=last,
            rows=ReadRows(rows, {epoch_no: source}, _ahead(rows, received_us)),
            duplicates=batch.duplicates,
            conflicts=[read[0] for read in batch.conflicts],
            high_water=max(0, highest, max((read[0] for read in batch.new), default=0)),
        )

    def _epoch_no(self, no: int, source: SourceId, epoch: str) -> int:
        found = self._session.one("SELECT no FROM epochs WHERE source_id = ? AND epoch = ?", source, epoch)
        if found is None:
            sql = "INSERT INTO epochs (meet_no, source_id, epoch) VALUES (?, ?, ?) RETURNING no"
            found = (self._session.value(sql, no, source, epoch),)
        number: int = found[0]
        return number

    def _highest(self, epoch_no: int) -> int:
        """-1 where nothing is stored: numbers may begin at 0."""
        sql = "SELECT COALESCE(MAX(source_seq), -1) FROM reads WHERE epoch_no = ?"
        highest: int = self._session.value(sql, epoch_no)
        return highest

    def _sort(self, no: int, epoch_no: int, reads: Sequence[OfferedRead], highest: int) -> _Sorted:
        numbers = [read[0] for read in reads]
        # What a reader sends for the first time is all beyond what is stored: then nothing need be looked up.
        if not numbers or (min(numbers) > highest and len(set(numbers)) == len(numbers)):
            return _Sorted(reads)
        return _tell_apart(reads, self._stored(no, epoch_no, numbers))

    def _stored(self, no: int, epoch_no: int, numbers: Sequence[int]) -> list[Row]:
        condition = self._session.among("source_seq")
        sql = f"SELECT source_seq, position - ?, chip, bib, at_us, place FROM reads WHERE epoch_no = ? AND {condition}"
        return self._session.rows(sql, schema.base(no), epoch_no, self._session.listed(numbers))

    def _load(self, no: int, epoch_no: int, first: int, reads: Sequence[OfferedRead], received_us: int) -> list[Kept]:
        """Column by column, and only those that hold something: binding a None costs SQLite's driver 0.3 us."""
        count = len(reads)
        if not count:
            return []
        seqs, epochs, base = range(first, first + count), [epoch_no] * count, schema.base(no)
        offered = dict(zip(_OFFERED, zip(*reads, strict=True), strict=True))
        filled = {name: column for name, column in offered.items() if column.count(None) < count}
        ours = {"position": range(base + first, base + first + count), "epoch_no": epochs}
        self._session.load(schema.reads, ours | filled | {"received_us": [received_us] * count})
        return list(zip(seqs, epochs, *(offered[name] for name in _OFFERED[1:5]), strict=True))

    def _conflicts(self, source: SourceId, epoch: str, batch: _Sorted, first: int) -> list[ReadConflict]:
        """Facts for those that were not kept before."""
        firsts = batch.firsts | {read[0]: seq for seq, read in enumerate(batch.new, first)}
        numbers = [read[0] for read in batch.conflicts]
        sql = (
            "SELECT source_seq, chip, bib, at_us, place FROM read_conflicts "
            f"WHERE source_id = ? AND epoch = ? AND {self._session.among('source_seq')}"
        )
        known = set(self._session.rows(sql, source, epoch, self._session.listed(numbers)))
        offered = dict.fromkeys(read[:5] for read in batch.conflicts if read[:5] not in known)
        return [
            ReadConflict(
                source=source,
                epoch=epoch,
                source_seq=number,
                first_seq=firsts[number],
                at=Instant(at_us),
                chip=None if chip is None else Chip(chip),
                bib=None if bib is None else Bib(bib),
                place=place,
            )
            for number, chip, bib, at_us, place in offered
        ]


def _ahead(rows: Sequence[Kept], received_us: int) -> dict[int, int]:
    latest = received_us + AHEAD_US
    return {row[0]: received_us for row in rows if row[4] > latest}


def _tell_apart(reads: Sequence[OfferedRead], stored: Sequence[Row]) -> _Sorted:
    """The first of an identity counts, whether it is stored or earlier in the batch."""
    new: list[OfferedRead] = []
    batch = _Sorted(new, firsts={row[0]: row[1] for row in stored})
    contents: dict[int, Row] = {row[0]: row[2:] for row in stored}
    for read in reads:
        first = contents.get(read[0])
        if first is None:
            contents[read[0]] = read[1:5]
            new.append(read)
        elif first == read[1:5]:
            batch.duplicates.append(read[0])
        else:
            batch.conflicts.append(read)
    return batch
