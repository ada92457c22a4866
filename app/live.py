"""Follows the log of every meet that is asked about and keeps its projection warm.

Nobody is told of what was written: whoever looks asks the log for its head, and the projection catches up from its last
position. After a start, another process's write or hours of silence it is the same thing. Nothing here is truth;
whatever is dropped is read from the log again.

Locks are taken in one order everywhere: a meet's warm lock, then a database connection.
"""

import gc
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import ClassVar, Final, Literal

from app.domain.facts import AthleteDescribed, AthleteErased, Recorded, Undone
from app.domain.ids import AthleteId, MeetId
from app.domain.meet import Person
from app.domain.reads import ReadRows
from app.domain.refusals import Refusal
from app.store import Database, Reader
from app.timing.projection import Projection

CUTS_KEPT: Final = 4
"""Past states (`as_of`) that stay in memory, over all meets."""
PATIENCE_S: Final = 2.0
"""How long `min_seq` waits for the log to get there."""
POLL_S: Final = 0.02
TRIM_EVERY: Final = 64
LONG_RUN: Final = 20_000
_OF_PEOPLE: Final = (AthleteDescribed, AthleteErased)
WAITING: Final = 8
"""How many wait at once, each on a thread that could answer somebody. Whoever comes then is told to try again."""


@dataclass(eq=False)
class NotThereYet(Refusal):
    """`min_seq` or `as_of` names a position that the log has not reached."""

    title: ClassVar[str] = "Not there yet"
    nature: ClassVar[Literal["later"]] = "later"
    asked: int
    head: int

    @property
    def detail(self) -> str:
        return f"the log is at {self.head}, position {self.asked} was asked for: try again, or leave the parameter out"


@dataclass(slots=True)
class View:
    """A meet at a position of its log, with today's identities. Valid inside its `with` only."""

    projection: Projection
    people: Mapping[AthleteId, Person]

    @property
    def head(self) -> int:
        return self.projection.head


@dataclass(slots=True)
class Warm:
    """One meet in memory. `stale` are the people to look up again."""

    lock: threading.RLock = field(default_factory=threading.RLock)
    projection: Projection = field(default_factory=Projection)
    people: dict[AthleteId, Person] = field(default_factory=dict)
    stale: set[AthleteId] = field(default_factory=set)
    _places: tuple[int, frozenset[str]] = (-1, frozenset())

    @property
    def places(self) -> frozenset[str]:
        """Where some event has a point."""
        state = self.projection.state
        if self._places[0] != state.head:
            specs = (event.spec for event in state.events.values() if not event.withdrawn)
            self._places = state.head, frozenset(point.place for spec in specs for point in spec.points)
        return self._places[1]

    def apply(self, facts: Iterable[Recorded], reads: Iterable[ReadRows], head: int) -> None:
        try:
            seen = list(facts)
            self._note_people(seen)
            self.projection.apply(seen, reads, head)
        except BaseException:  # It is raised again: half a run of facts must not stay, whatever broke it off.
            self.reset()
            raise

    def _note_people(self, facts: Sequence[Recorded]) -> None:
        for _, _, _, fact in facts:
            if isinstance(fact, _OF_PEOPLE):
                self.stale.add(fact.athlete)
            elif isinstance(fact, Undone) and self._was_import(fact.target_seq):
                self.stale |= self.people.keys()

    def _was_import(self, seq: int) -> bool:
        """Undoing one erases whom it brought."""
        return any(at == seq for at, _ in self.projection.state.imports.values())

    def catch_up(self, tx: Reader, meet: MeetId, upto: int | None = None) -> None:
        """Everything up to `upto` (default: the head of the snapshot). A log shorter than what was seen of it is
        another one: the meet was dropped, or restored from before, by another process."""
        head = tx.facts.head(meet) if upto is None else upto
        if head < self.projection.head:
            self.reset()
        done = self.projection.head
        if head > done:
            with _collecting_nothing(head - done):
                self.apply(tx.facts.after(meet, done, head), tx.reads.after(meet, done, head), head)

    def reset(self) -> None:
        """Start from nothing: what is in memory has seen half a run of facts, or one that was rolled back."""
        self.projection = Projection()
        self.people = {}
        self.stale = set()
        self._places = (-1, frozenset())

    def look_up_people(self, tx: Reader, meet: MeetId) -> None:
        if self.stale:
            whole = len(self.stale) > 500
            self.people.update(tx.people.of_meet(meet) if whole else tx.people.many(meet, self.stale))
            self.stale.clear()


@contextmanager
def _collecting_nothing(entries: int) -> Iterator[None]:
    """A long run makes a million objects that stay: the garbage collector would look through all of them, again and
    again, which doubles the time of a cold start."""
    if entries < LONG_RUN or not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()


class Held:
    """A meet for one thread alone; `then` is called once it is let go."""

    def __init__(self, warm: Warm, then: Callable[[], None]) -> None:
        self._warm = warm
        self._then = then

    def __enter__(self) -> Warm:
        self._warm.lock.acquire()
        return self._warm

    def __exit__(self, *_: object) -> None:
        self._warm.lock.release()
        self._then()


class Live:
    """The warm projections of this process; those unused longest leave first when `budget_bytes` is exceeded."""

    def __init__(self, db: Database, budget_bytes: int = 768 << 20) -> None:
        self._db = db
        self._budget = budget_bytes
        self._warm: OrderedDict[MeetId, Warm] = OrderedDict()
        self._cuts: OrderedDict[tuple[MeetId, int], Warm] = OrderedDict()
        self._guard = threading.Lock()
        self._held = 0
        self._seats = threading.BoundedSemaphore(WAITING)

    @contextmanager
    def view(self, meet: MeetId, as_of: int | None = None, min_seq: int | None = None) -> Iterator[View]:
        """The meet at its head, or as it was at `as_of`; `NotThereYet` for a position that has not come."""
        with self._at(meet, as_of, min_seq) as warm:
            yield View(warm.projection, warm.people)

    def hold(self, meet: MeetId) -> Held:
        """The meet's lock and what is in memory of it, as far as it has been followed."""
        with self._guard:
            warm = self._warm.get(meet)
            if warm is None:
                warm = self._warm[meet] = Warm()
            self._warm.move_to_end(meet)
        return Held(warm, self._trim)

    def follow(self, warm: Warm, meet: MeetId) -> None:
        """Catch up with what is committed. The meet's lock is held."""
        if self._db.glances_quickly and not warm.stale and self._db.head(meet) == warm.projection.head:
            return
        with self._db.read() as tx:
            warm.catch_up(tx, meet)
            warm.look_up_people(tx, meet)

    def head_of(self, meet: MeetId) -> int | None:
        """Where the log of a meet is as far as this process has followed it. Takes no lock."""
        warm = self._warm.get(meet)
        return None if warm is None else warm.projection.head

    def forget(self, meet: MeetId) -> None:
        """Drop what is in memory of a meet that was dropped or replaced whole."""
        with self._guard:
            self._warm.pop(meet, None)
            for key in [key for key in self._cuts if key[0] == meet]:
                del self._cuts[key]

    @contextmanager
    def _at(self, meet: MeetId, as_of: int | None, min_seq: int | None) -> Iterator[Warm]:
        if min_seq is not None:
            self._wait(meet, min_seq)
        with self.hold(meet) as warm:
            self.follow(warm, meet)
            people = warm.people
            if as_of is not None and as_of > warm.projection.head:
                raise NotThereYet(as_of, warm.projection.head)
            if as_of is None or as_of == warm.projection.head:
                yield warm
                return
        yield from self._past(meet, as_of, people)

    def _past(self, meet: MeetId, as_of: int, people: dict[AthleteId, Person]) -> Iterator[Warm]:
        with self._guard:
            cut = self._cuts.setdefault((meet, as_of), Warm())
            self._cuts.move_to_end((meet, as_of))
            while len(self._cuts) > CUTS_KEPT:
                self._cuts.popitem(last=False)
        with cut.lock, self._db.read() as tx:
            cut.catch_up(tx, meet, as_of)
            cut.people = people
            yield cut

    def _wait(self, meet: MeetId, seq: int) -> None:
        head = self._db.head(meet)
        if head < seq:
            if not self._seats.acquire(blocking=False):
                raise NotThereYet(seq, head)
            try:
                self._wait_seated(meet, seq)
            finally:
                self._seats.release()

    def _wait_seated(self, meet: MeetId, seq: int) -> None:
        end = time.monotonic() + PATIENCE_S
        while (head := self._db.head(meet)) < seq:
            if time.monotonic() > end:
                raise NotThereYet(seq, head)
            time.sleep(POLL_S)

    def _trim(self) -> None:
        """Now and then: to add up the memory takes longer than most of what is done with a meet."""
        self._held += 1
        if self._held % TRIM_EVERY:
            return
        with self._guard:
            total = sum(warm.projection.nbytes for warm in self._warm.values())
            while total > self._budget and len(self._warm) > 1:
                _, gone = self._warm.popitem(last=False)
                total -= gone.projection.nbytes
                gc.unfreeze()
