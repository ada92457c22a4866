"""A meet as lines of JSON: its log, and the people and texts beside it. `unarchive` makes the same meet of them.

Nothing derived is in there: indexes are made anew from the facts, results from the log. The lines are the same on both
databases, so a meet can move from one to the other. The last line counts the others and holds their digest: a file
that was cut off or altered is refused before anything of it is committed.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, cast

import msgspec

from app.domain.ids import MeetId
from app.domain.refusals import NotFound
from app.store import schema
from app.store.session import Row
from app.store.transaction import Reader

FORMAT: Final = 1
CHUNK: Final = 2_000

_FACTS: Final = (
    "SELECT seq, kind, version, recorded_at_us, actor_id, body FROM facts "
    "WHERE meet_no = ? AND seq > ? ORDER BY seq LIMIT ?"
)
_READS: Final = (
    "SELECT position - ?, epoch_no, source_seq, chip, bib, at_us, place, antenna, rssi, kind, received_us, raw "
    "FROM reads WHERE position > ? AND position <= ? ORDER BY position LIMIT ?"
)
PEOPLE: Final = ("id", *tuple(schema.people.columns.keys())[2:])


class Head(msgspec.Struct, forbid_unknown_fields=True):
    """The first line."""

    id: str
    organization: str
    head: int
    created_at_us: int
    format: int = FORMAT


class Fact(msgspec.Struct, forbid_unknown_fields=True):
    seq: int
    kind: str
    version: int
    at_us: int
    actor: str
    body: msgspec.Raw


class Epoch(msgspec.Struct, forbid_unknown_fields=True):
    """`no` is what the reads of this file call it."""

    no: int
    source: str
    epoch: str


class End(msgspec.Struct, forbid_unknown_fields=True):
    lines: int
    digest: str


Read = tuple[
    int, int, int, str | None, str | None, int, str | None, int | None, int | None, str | None, int, bytes | None
]


class Line(msgspec.Struct, omit_defaults=True, forbid_unknown_fields=True):
    """Exactly one of them is set."""

    meet: Head | None = None
    people: list[dict[str, Any]] | None = None
    texts: list[tuple[str, str]] | None = None
    epoch: Epoch | None = None
    facts: list[Fact] | None = None
    reads: list[Read] | None = None
    end: End | None = None


_encode: Final = msgspec.json.Encoder().encode


def meets(tx: Reader) -> list[MeetId]:
    """Every meet there is, also the withdrawn ones, in the order they were made in."""
    return [MeetId(row[0]) for row in tx.session.rows("SELECT id FROM meets ORDER BY no")]


def lines(tx: Reader, meet: MeetId) -> Iterator[bytes]:
    """The meet as it is in this snapshot, each line with its newline; a chunk of rows at a time in memory."""
    digest, count = hashlib.sha256(), 0
    for line in _content(tx, meet):
        text = _encode(line) + b"\n"
        digest.update(text)
        count += 1
        yield text
    yield _encode(Line(end=End(count, digest.hexdigest()))) + b"\n"


def head_of(line: bytes) -> MeetId | None:
    """The meet that begins with this line, None where none does."""
    try:
        head = msgspec.json.decode(line, type=Line).meet
    except msgspec.MsgspecError:
        return None
    return None if head is None else MeetId(head.id)


def is_end(line: bytes) -> bool:
    """Whether a meet ends with this line."""
    return line.startswith(b'{"end":')


def _content(tx: Reader, meet: MeetId) -> Iterator[Line]:
    row = tx.meets.get(meet)
    if row is None:
        raise NotFound("meet", meet)
    yield Line(meet=Head(row.id, row.organization, tx.meets.head(meet), row.created_at))
    people = tx.session.rows(f"SELECT {', '.join(PEOPLE)} FROM people WHERE meet_no = ? ORDER BY id", row.no)
    yield from (Line(people=[_person(person) for person in part]) for part in _parts(people))
    texts = tx.session.rows("SELECT id, text FROM texts WHERE meet_no = ? ORDER BY id", row.no)
    yield from (Line(texts=[(id, text) for id, text in part]) for part in _parts(texts))
    for epoch in tx.session.rows("SELECT no, source_id, epoch FROM epochs WHERE meet_no = ? ORDER BY no", row.no):
        yield Line(epoch=Epoch(*epoch))
    for part in _in_log_order(lambda seq: tx.session.rows(_FACTS, row.no, seq, CHUNK)):
        yield Line(facts=[_fact(fact) for fact in part])
    base = schema.base(row.no)
    for part in _in_log_order(lambda seq: tx.session.rows(_READS, base, *schema.span(row.no, seq), CHUNK)):
        yield Line(reads=cast("list[Read]", part))


def _fact(row: Row) -> Fact:
    seq, kind, version, at_us, actor, body = row
    return Fact(seq, kind, version, at_us, actor, msgspec.Raw(body.encode()))


def _person(row: Row) -> dict[str, Any]:
    return dict(zip(PEOPLE, (*row[:-1], bool(row[-1])), strict=True))


def _parts(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    return (rows[n : n + CHUNK] for n in range(0, len(rows), CHUNK))


def _in_log_order(past: Callable[[int], list[Row]]) -> Iterator[list[Row]]:
    """Rows in log order: `past` gives some that come after a position."""
    seq = 0
    while rows := past(seq):
        yield rows
        seq = rows[-1][0]
