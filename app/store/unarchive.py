"""A meet made of the lines that `archive` wrote."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import msgspec
import psycopg
import sqlalchemy as sa

from app.domain.codec import decode
from app.domain.facts import MeetDescribed, Recorded
from app.domain.fold import undone
from app.domain.ids import ActorId, MeetId, OrganizationId
from app.domain.refusals import Contradicts, Invalid, UnknownFact
from app.domain.units import Instant
from app.store import schema
from app.store.archive import FORMAT, PEOPLE, End, Epoch, Fact, Head, Line, Read
from app.store.index import DESCRIBES, Indexes
from app.store.references import fault
from app.store.transaction import Writer

LONGEST_LOG: Final = 100_000_000
_INTEGRITY: Final = (sqlite3.IntegrityError, psycopg.IntegrityError, sa.exc.IntegrityError)
_NO_VALUE: Final = (
    OverflowError,
    sqlite3.InterfaceError,
    sqlite3.ProgrammingError,
    psycopg.DataError,
    psycopg.ProgrammingError,
)
"""A number that no column holds, or something else than a column takes."""
_decoder: Final = msgspec.json.Decoder(Line)


@dataclass(frozen=True, slots=True)
class PutBack:
    """What an archive held."""

    meet: MeetId
    head: int
    facts: int
    reads: int


def put_back(tx: Writer, source: Iterable[bytes], organization: OrganizationId | None = None) -> PutBack:
    """The meet of these lines, ids and positions as they were, for this organization or its own.

    `Invalid` for lines that are no whole archive, that name what they do not hold or hold what is here already,
    `Contradicts` where the meet itself is: the caller's transaction then rolls back. Who recorded a fact stays in the
    log, also where their token is not known here.
    """
    content = whole(source)
    head = head_of(content)
    with _consistent():
        incoming = _Incoming(tx, head, organization)
        for line in content:
            incoming.store(line)
        return incoming.finish()


def head_of(content: Iterator[Line]) -> Head:
    """What the first of these lines says."""
    first = next(content, Line())
    if first.meet is None:
        raise _broken("it does not begin with a meet")
    return first.meet


def whole(source: Iterable[bytes]) -> Iterator[Line]:
    """The lines of one meet without its last; `Invalid` at the end where that does not fit the others."""
    digest = hashlib.sha256()
    for count, text in enumerate(source):
        line = _parsed(text)
        if line.end is not None:
            if line.end != End(count, digest.hexdigest()):
                raise _broken("its last line does not fit the others: it was cut off or altered")
            return
        yield line
        digest.update(text)
    raise _broken("its last line is missing: it was cut off")


class _Incoming:
    def __init__(self, tx: Writer, head: Head, organization: OrganizationId | None) -> None:
        if head.format > FORMAT:
            raise _broken(f"it has format {head.format}, this version reads up to {FORMAT}: install the newer one")
        if not 0 <= head.head <= LONGEST_LOG:
            raise _broken(f"no log has {head.head} positions")
        if tx.meets.get(MeetId(head.id)) is not None:
            raise Contradicts("meet_exists", f"meet {head.id!r} is here already: an archive never overwrites one")
        owner = organization or OrganizationId(head.organization)
        self._tx, self._head = tx, head
        self._no = tx.meets.open(MeetId(head.id), owner, Instant(head.created_at_us))
        self._indexes = Indexes(tx.session)
        self._epochs: dict[int, int] = {}
        self._log: list[Recorded] = []
        self._people: set[str] = set()
        self._texts: set[str] = set()
        self._sources: set[str] = set()
        self._reads = 0
        self._seen = bytearray(head.head + 1)
        """One byte a position: each must come exactly once."""

    def store(self, line: Line) -> None:
        steps: list[tuple[Any, Callable[[Any], None]]] = [
            (line.people, self._put_people),
            (line.texts, self._put_texts),
            (line.epoch, self._put_epoch),
            (line.facts, self._put_facts),
            (line.reads, self._put_reads),
        ]
        for content, step in steps:
            if content is not None:
                step(content)

    def _put_people(self, people: list[dict[str, Any]]) -> None:
        ids = [id for person in people if isinstance(id := person.get("id"), str)]
        if len(ids) < len(people):
            raise _broken("it holds a person without an id")
        self._nowhere_else(schema.people, ids)
        self._people.update(ids)
        rows = [(id, self._no, *map(person.get, PEOPLE[1:])) for id, person in zip(ids, people, strict=True)]
        self._tx.session.load_rows(schema.people, rows)

    def _put_texts(self, texts: list[tuple[str, str]]) -> None:
        ids = [id for id, _ in texts]
        self._nowhere_else(schema.texts, ids)
        self._texts.update(ids)
        self._tx.session.load_rows(schema.texts, [(id, self._no, text) for id, text in texts])

    def _put_epoch(self, epoch: Epoch) -> None:
        self._sources.add(epoch.source)
        sql = "INSERT INTO epochs (meet_no, source_id, epoch) VALUES (?, ?, ?) RETURNING no"
        self._epochs[epoch.no] = self._tx.session.value(sql, self._no, epoch.source, epoch.epoch)

    def _put_facts(self, facts: list[Fact]) -> None:
        recorded = [_recorded(fact) for fact in facts]
        if not self._log and recorded and isinstance(recorded[0].fact, MeetDescribed):
            # A trigger lets a meet be a rehearsal only while its log is empty.
            self._indexes.write(self._no, [(recorded[0].seq, recorded[0].fact)])
        self._log += recorded
        for fact in facts:
            self._mark(fact.seq)
        rows = [(self._no, f.seq, f.kind, f.version, f.at_us, f.actor, bytes(f.body).decode()) for f in facts]
        self._tx.session.load_rows(schema.facts, rows)

    def _put_reads(self, reads: list[Read]) -> None:
        for read in reads:
            self._mark(read[0])
            if read[1] not in self._epochs:
                raise _broken(f"a read belongs to epoch {read[1]}, which it does not name")
        self._reads += len(reads)
        base = schema.base(self._no)
        rows = [(base + seq, self._epochs[epoch], *rest) for seq, epoch, *rest in reads]
        self._tx.session.load_rows(schema.reads, rows)

    def _mark(self, seq: int) -> None:
        if not 0 < seq < len(self._seen) or self._seen[seq]:
            raise _broken(f"position {seq} is there twice, or beyond its log")
        self._seen[seq] = 1

    def finish(self) -> PutBack:
        if sum(self._seen) != self._head.head:
            raise _broken("its log has a gap")
        self._log.sort(key=lambda recorded: recorded.seq)
        self._brings_what_it_names()
        voided = undone(self._log)
        self._indexes.write(self._no, [(r.seq, r.fact) for r in self._log if r.seq not in voided])
        self._indexes.write_void(self._no, [(r.seq, r.fact) for r in self._log if r.seq in voided])
        self._tx.meets.advance(self._no, self._head.head)
        return PutBack(MeetId(self._head.id), self._head.head, len(self._log), self._reads)

    def _brings_what_it_names(self) -> None:
        wrong = fault(self._log, self._people, self._texts, self._sources)
        if wrong is not None:
            raise _broken(wrong)
        made: dict[sa.Table, list[str]] = {}
        for fact in (recorded.fact for recorded in self._log):
            if type(fact) in DESCRIBES:
                table, described = DESCRIBES[type(fact)]
                made.setdefault(table, []).extend(row[0] for row in described(fact))
        for table, ids in made.items():
            self._nowhere_else(table, ids)

    def _nowhere_else(self, table: sa.Table, ids: Sequence[str]) -> None:
        """Whatever has such an id and is of another meet is not this file's to bring."""
        session = self._tx.session
        sql = f"SELECT id FROM {table.name} WHERE {session.among('id')} AND meet_no <> ? LIMIT 1"
        taken = session.one(sql, session.listed(ids), self._no)
        if taken is not None:
            raise _broken(f"{taken[0]!r} belongs to a meet that is here already")


def _recorded(fact: Fact) -> Recorded:
    try:
        content = decode(fact.kind, fact.version, bytes(fact.body))
    except (msgspec.MsgspecError, UnknownFact) as error:
        raise _broken(f"fact {fact.seq} cannot be read ({error})") from error
    return Recorded(fact.seq, Instant(fact.at_us), ActorId(fact.actor), content)


def _parsed(text: bytes) -> Line:
    try:
        return _decoder.decode(text)
    except msgspec.MsgspecError as error:
        raise _broken(f"a line of it cannot be read ({error})") from error


@contextmanager
def _consistent() -> Iterator[None]:
    try:
        yield
    except _INTEGRITY as error:
        raise _broken(f"it contradicts itself, or what is here already ({error})") from error
    except _NO_VALUE as error:
        raise _broken(f"it holds a value that cannot be ({error})") from error


def _broken(why: str) -> Invalid:
    return Invalid(at="", problem="not_an_archive", message=f"this is not a whole archive of a meet: {why}")
