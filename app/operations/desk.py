"""Where decisions are taken: a meet open at its head, inside one transaction that nobody else can write into.

    with desk.open(meet_id, who) as sheet:
        ruling = rule(sheet, heat_id, ...)

The facts that were recorded are on disk when the block has been left, or none of them is.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from app.domain.facts import Fact, Recorded
from app.domain.ids import ActorId, AthleteId, MeetId, OrganizationId, TextId
from app.domain.meet import Person
from app.domain.state import MeetState
from app.domain.units import Instant
from app.live import Live, Warm
from app.operations import identity
from app.store import Database, Writer
from app.timing.projection import Projection


@dataclass(slots=True)
class OpenSheet:
    """One meet, one transaction. `state` includes what this sheet has recorded so far."""

    meet_id: MeetId
    tx: Writer
    actor: ActorId
    now: Instant
    warm: Warm
    new_id: Callable[[str], str]

    @property
    def projection(self) -> Projection:
        return self.warm.projection

    @property
    def state(self) -> MeetState:
        return self.warm.projection.state

    @property
    def people(self) -> Mapping[AthleteId, Person]:
        """Identities as they were when the sheet was opened."""
        return self.warm.people

    def record(self, *facts: Fact) -> int:
        """Append facts and fold them in; the position of the last one."""
        last = self.tx.facts.append(self.meet_id, facts, self.actor, self.now)
        numbered = enumerate(facts, last - len(facts) + 1)
        self.warm.apply([Recorded(seq, self.now, self.actor, fact) for seq, fact in numbered], (), last)
        return last

    def text(self, words: str | None) -> TextId | None:
        """A free text, kept beside the log: facts hold its id only."""
        if not words:
            return None
        id = TextId(self.new_id("text"))
        self.tx.texts.put(self.meet_id, id, words)
        return id


class Desk:
    def __init__(self, db: Database, live: Live, now: Callable[[], Instant] = identity.now) -> None:
        """`now` says when a fact is recorded."""
        self._db = db
        self._live = live
        self._now = now

    @contextmanager
    def open(self, meet: MeetId, actor: ActorId) -> Iterator[OpenSheet]:
        """The meet must exist. Rolled back whole, in memory too, when the block raises or the commit fails."""
        with self._live.hold(meet) as warm:
            committed = warm.projection.head
            try:
                with self._db.write() as tx:
                    tx.meets.lock(meet)
                    warm.catch_up(tx, meet)
                    warm.look_up_people(tx, meet)
                    committed = warm.projection.head
                    yield OpenSheet(meet, tx, actor, self._now(), warm, identity.new_id)
            except BaseException:  # It is raised again: who is cancelled is rolled back like who is refused.
                if warm.projection.head != committed:
                    warm.reset()
                raise

    @contextmanager
    def open_new(self, organization: OrganizationId, actor: ActorId) -> Iterator[OpenSheet]:
        """A meet that begins with this sheet. Where it does not come to be, nothing of it stays in memory either."""
        meet, now = MeetId(identity.new_id("meet")), self._now()
        with self._live.hold(meet) as warm, self._forgetting(meet), self._db.write() as tx:
            tx.meets.open(meet, organization, now)
            yield OpenSheet(meet, tx, actor, now, warm, identity.new_id)

    @contextmanager
    def _forgetting(self, meet: MeetId) -> Iterator[None]:
        try:
            yield
        except BaseException:  # It is raised again: there is no such meet, whatever went wrong.
            self._live.forget(meet)
            raise
