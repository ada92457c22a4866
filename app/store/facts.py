"""The log's facts: appended, never edited."""

from collections.abc import Iterator, Sequence
from typing import Final

from app.domain.codec import decode, encode
from app.domain.facts import Fact, Recorded
from app.domain.ids import ActorId, MeetId
from app.domain.units import Instant
from app.store import schema
from app.store.index import Indexes
from app.store.meets import Meets, MeetsWriter
from app.store.session import Columns, Row, Session

CHUNK: Final = 10_000
_AFTER: Final = (
    "SELECT seq, recorded_at_us, actor_id, kind, version, body FROM facts "
    "WHERE meet_no = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?"
)
_END: Final = 2**63 - 1


def _recorded(row: Row) -> Recorded:
    seq, recorded_at, actor, kind, version, body = row
    return Recorded(seq, recorded_at, actor, decode(kind, version, body))


class Facts:
    def __init__(self, session: Session, meets: Meets) -> None:
        self._session = session
        self._meets = meets

    def head(self, meet: MeetId) -> int:
        """The last position of the log, reads included; 0 if there is none."""
        row = self._meets.get(meet)
        return row.head if row else 0

    def after(self, meet: MeetId, seq: int, upto: int | None = None) -> Iterator[Recorded]:
        """Facts in log order, past `seq` and up to `upto`, a chunk at a time in memory."""
        no, end = self._meets.no(meet), _END if upto is None else upto
        while rows := self._session.rows(_AFTER, no, seq, end, CHUNK):
            yield from map(_recorded, rows)
            seq = rows[-1][0]
            if len(rows) < CHUNK:
                return

    def page(self, meet: MeetId, after: int, limit: int) -> list[Recorded]:
        return [_recorded(row) for row in self._session.rows(_AFTER, self._meets.no(meet), after, _END, limit)]


class FactsWriter(Facts):
    def __init__(self, session: Session, meets: MeetsWriter) -> None:
        super().__init__(session, meets)
        self._writer = meets
        self._indexes = Indexes(session)

    def head(self, meet: MeetId) -> int:
        return self._writer.head(meet)

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
