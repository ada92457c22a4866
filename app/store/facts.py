"""The log's facts: appended, never edited."""

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from app.domain.codec import decode, decode_all, encode
from app.domain.facts import Fact, Recorded
from app.domain.ids import ActorId, MeetId
from app.domain.units import Instant
from app.store import schema
from app.store.index import Indexes
from app.store.meets import Meets, MeetsWriter
from app.store.session import Columns, Row, Session

CHUNK: Final = 10_000
_COLUMNS: Final = {
    "seq": int,
    "recorded_at_us": int,
    "actor_id": str,
    "kind": str,
    "version": int,
    "body": msgspec.Raw,
}
_BETWEEN: Final = "FROM facts WHERE meet_no = ? AND seq > ? AND seq <= ?"
_PAGE: Final = f"SELECT {', '.join(_COLUMNS)} FROM facts WHERE meet_no = ? AND seq > ? ORDER BY seq LIMIT ?"


def _recorded(row: Row) -> Recorded:
    seq, recorded_at, actor, kind, version, body = row
    return Recorded(seq, recorded_at, actor, decode(kind, version, body))


class Facts:
    def __init__(self, session: Session, meets: Meets) -> None:
        self._session = session
        self._meets = meets

    def head(self, meet: MeetId) -> int:
        """The last position of the log, reads included; 0 if there is none."""
        return self._meets.head(meet)

    def after(self, meet: MeetId, seq: int, upto: int | None = None) -> Iterator[Recorded]:
        """Facts in log order, past `seq` and up to `upto`, a chunk at a time in memory."""
        no, end = self._meets.no(meet), self._meets.head(meet) if upto is None else upto
        for first in range(seq, end, CHUNK):
            between = no, first, min(first + CHUNK, end)
            *who_and_when, kinds, versions, bodies = self._session.columns(_COLUMNS, _BETWEEN, *between)
            yield from map(Recorded, *who_and_when, decode_all(kinds, versions, bodies))

    def page(self, meet: MeetId, after: int, limit: int) -> list[Recorded]:
        return [_recorded(row) for row in self._session.rows(_PAGE, self._meets.no(meet), after, limit)]


class FactsWriter(Facts):
    def __init__(self, session: Session, meets: MeetsWriter) -> None:
        super().__init__(session, meets)
        self._writer = meets
        self._indexes = Indexes(session)

    def append(self, meet: MeetId, facts: Sequence[Fact], actor: ActorId, at: Instant) -> int:
        """Positions without a gap, in the order given; the last one is returned."""
        no = self._writer.hold(meet)
        last = self._writer.advance(no, len(facts))
        first = last - len(facts) + 1
        numbered = list(enumerate(facts, first))
        # The indexes first: a trigger lets a meet be a rehearsal only while its log is empty.
        self._indexes.write(no, numbered)
        if facts:
            self._session.load(schema.facts, _columns(no, first, facts, actor, at))
        self._indexes.undo(no, numbered)
        return last


def _columns(no: int, first: int, facts: Sequence[Fact], actor: ActorId, at: Instant) -> Columns:
    count = len(facts)
    kinds, versions, bodies = zip(*map(encode, facts), strict=True)
    return {
        "meet_no": [no] * count,
        "seq": range(first, first + count),
        "kind": kinds,
        "version": versions,
        "recorded_at_us": [at] * count,
        "actor_id": [actor] * count,
        "body": bodies,
    }
