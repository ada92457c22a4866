"""Reads as readers offered them. The hot path: rows are plain tuples, written in bulk or by COPY.

Conflicts are kept once, as facts of their own.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final, NamedTuple, TypeVar

from app.domain.facts import ReadConflict
from app.domain.ids import ActorId, Bib, Chip, MeetId, SourceId
from app.domain.reads import AHEAD_US, ReadColumns, ReadRows
from app.domain.refusals import MeetIsClosed
from app.domain.units import Instant
from app.store import blocks, schema
from app.store.facts import FactsWriter
from app.store.meets import Meets, MeetsWriter
from app.store.offers import (
    NOTHING,
    Batch,
    Content,
    Offered,
    OfferedRead,
    Offers,
    Outcome,
    Stream,
    Told,
    ahead,
    outcome,
    outcomes,
)
from app.store.session import Session

Kept = tuple[int, int, str | None, str | None, int, str | None]
"""What a projection needs: see `ReadRow`."""

T = TypeVar("T")

_OFFERED: Final = ("source_seq", "chip", "bib", "at_us", "place", "antenna", "rssi", "kind", "raw")
CHUNK: Final = 40_000
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
_STREAM: Final = (
    "SELECT e.no, (SELECT COALESCE(MAX(r.source_seq), -1) FROM reads r WHERE r.epoch_no = e.no) "
    "FROM epochs e WHERE e.source_id = ? AND e.epoch = ?"
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
                yield ReadRows(ReadColumns(kept), self._sources(no), _ahead(kept[0], received))

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
    ) -> Offered:
        """Store what is new of a batch, in the order given, and say what the rest is."""
        (one,), rows, last = self.offer_all(meet, [Batch(source, epoch, reads, received_us, actor)])
        first, _, duplicates, conflicts, high_water = one
        return Offered(first, last, rows, duplicates, conflicts, high_water)

    def offer_all(self, meet: MeetId, batches: Sequence[Batch]) -> Offers:
        """The same for batches of any sources, one after the other, at the cost of one."""
        no = self._writer.hold(meet)
        told = self._told_apart(no, batches)
        count = sum(len(found.new) for _, found, _ in told)
        last = self._writer.advance(no, count)
        first = last - count + 1
        rows = self._load(schema.base(no), first, told, batches) if count else []
        for batch, (epoch_no, found, _) in zip(batches, told, strict=True):
            if found.conflicts and (kept := self._conflicts(schema.base(no), epoch_no, batch, found.conflicts)):
                last = self._facts.append(meet, kept, batch.actor, Instant(batch.received_us))
        sources = {epoch_no: batch.source for batch, (epoch_no, _, _) in zip(batches, told, strict=True)}
        return Offers(outcomes(first, told), ReadRows(rows, sources, ahead(first, told, batches)), last)

    def confirm(self, meet: MeetId, batch: Batch) -> Outcome:
        """Of a meet that takes no more reads: `MeetIsClosed` where something of the batch is new or contradicts."""
        found = self._session.one(_STREAM, batch.source, batch.epoch)
        if found is None:
            if batch.reads:
                raise MeetIsClosed
            return NOTHING
        stream = Stream(found[0], found[1], self._stored)
        told = stream.sort(batch.reads)
        base = schema.base(self._meets.no(meet))
        if told.new or (told.conflicts and self._conflicts(base, stream.epoch_no, batch, told.conflicts)):
            raise MeetIsClosed
        return outcome(0, told, stream.highest)

    def _told_apart(self, no: int, batches: Sequence[Batch]) -> list[Told]:
        streams: dict[tuple[SourceId, str], Stream] = {}
        told = []
        for batch in batches:
            stream = streams.get(batch[:2])
            if stream is None:
                stream = streams[batch[:2]] = self._stream(no, batch.source, batch.epoch)
            told.append((stream.epoch_no, stream.sort(batch.reads), stream.highest))
        return told

    def _stream(self, no: int, source: SourceId, epoch: str) -> Stream:
        found = self._session.one(_STREAM, source, epoch)
        if found is None:
            sql = "INSERT INTO epochs (meet_no, source_id, epoch) VALUES (?, ?, ?) RETURNING no, -1"
            found = self._session.the(sql, no, source, epoch)
        return Stream(found[0], found[1], self._stored)

    def _stored(self, epoch_no: int, numbers: Sequence[int]) -> dict[int, Content]:
        condition = self._session.among("source_seq")
        sql = f"SELECT source_seq, chip, bib, at_us, place FROM reads WHERE epoch_no = ? AND {condition}"
        return {row[0]: row[1:] for row in self._session.rows(sql, epoch_no, self._session.listed(numbers))}

    def _load(self, base: int, first: int, told: Sequence[Told], batches: Sequence[Batch]) -> list[Kept]:
        """Column by column, and only those that hold something: binding a None costs SQLite's driver 0.3 us."""
        reads: Sequence[OfferedRead] = _joined([found.new for _, found, _ in told])
        count = len(reads)
        epochs = _joined([[epoch_no] * len(found.new) for epoch_no, found, _ in told])
        received = _joined(
            [[batch.received_us] * len(found.new) for batch, (_, found, _) in zip(batches, told, strict=True)]
        )
        offered = dict(zip(_OFFERED, zip(*reads, strict=True), strict=True))
        filled = {name: column for name, column in offered.items() if column.count(None) < count}
        ours = {"position": range(base + first, base + first + count), "epoch_no": epochs}
        blocks.load(self._session, schema.reads, ours | filled | {"received_us": received})
        return list(zip(range(first, first + count), epochs, *(offered[name] for name in _OFFERED[1:5]), strict=True))

    def _conflicts(
        self, base: int, epoch_no: int, batch: Batch, conflicts: Sequence[OfferedRead]
    ) -> list[ReadConflict]:
        """Facts for those that were not kept before."""
        among, numbers = self._session.among("source_seq"), self._session.listed([read[0] for read in conflicts])
        sql = f"SELECT source_seq, position - ? FROM reads WHERE epoch_no = ? AND {among}"
        firsts: dict[int, int] = dict(self._session.rows(sql, base, epoch_no, numbers))
        sql = (
            "SELECT source_seq, chip, bib, at_us, place FROM read_conflicts "
            f"WHERE source_id = ? AND epoch = ? AND {among}"
        )
        known = set(self._session.rows(sql, batch.source, batch.epoch, numbers))
        offered = dict.fromkeys(read[:5] for read in conflicts if read[:5] not in known)
        return [
            ReadConflict(
                source=batch.source,
                epoch=batch.epoch,
                source_seq=number,
                first_seq=firsts[number],
                at=Instant(at_us),
                chip=None if chip is None else Chip(chip),
                bib=None if bib is None else Bib(bib),
                place=place,
            )
            for number, chip, bib, at_us, place in offered
        ]


def _ahead(seqs: Sequence[int], received: Sequence[int | None]) -> dict[int, int]:
    """Those that came before their own time: nearly always none, which is soon seen."""
    if received.count(None) == len(received):
        return {}
    return {seq: at for seq, at in zip(seqs, received, strict=True) if at is not None}


def _joined(runs: Sequence[Sequence[T]]) -> Sequence[T]:
    return runs[0] if len(runs) == 1 else list(chain.from_iterable(runs))
