"""The running of a heat as its verbs look at it, followed through the log: what they recall, reopen, run again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from app.domain.facts import (
    CrossingConfirmed,
    FinishesRead,
    HeatClosed,
    HeatReopened,
    HeatRerun,
    LineTimeDropped,
    LineTimeTaken,
    Recorded,
    Ruling,
    StartRecalled,
    StartSignal,
    TakeoversRead,
    Undone,
)
from app.domain.ids import HeatId, TimeId
from app.domain.state import MeetState
from app.domain.units import Instant


@dataclass(slots=True)
class Running:
    """The gun and the end that count, each with its fact; whether anything was seen or ruled of it."""

    gun: tuple[Instant, Recorded] | None = None
    end: tuple[Instant, Recorded] | None = None
    seen: bool = False
    times: set[TimeId] = field(default_factory=set)
    """Taken at the line."""
    before: set[TimeId] = field(default_factory=set)
    """Taken in runnings that are void: correcting them says nothing of this one."""

    @property
    def was_run(self) -> bool:
        return self.seen or bool(self.times)

    def refuses(self, one: Recorded) -> bool:
        """A recall without a gun, a reopening of what is open, another running of what was not run (`starts`)."""
        fact = one.fact
        if isinstance(fact, StartRecalled):
            return self.gun is None
        if isinstance(fact, HeatReopened):
            return self.end is None
        return isinstance(fact, HeatRerun) and not self.was_run

    def take(self, one: Recorded) -> None:
        match one.fact:
            case StartSignal(at=at):
                self.gun, self.seen = (at, one), True
            case StartRecalled():
                self.gun = None
            case HeatClosed(at=at):
                self.end = at, one
            case HeatReopened():
                self.end = None
            case HeatRerun():
                self.gun, self.end, self.seen = None, None, False
                self.before, self.times = self.before | self.times, set()
            case LineTimeTaken(time=time):
                self.times |= {time} - self.before
            case LineTimeDropped(time=time):
                self.times.discard(time)
            case FinishesRead() | TakeoversRead() | CrossingConfirmed() | Ruling():
                self.seen = True

    def against(self, root: Recorded) -> Iterator[Recorded]:
        """Of a gun and an end that are the wrong way round: the one that came later, unless it is `root`."""
        if self.gun and self.end and self.end[0] <= self.gun[0]:
            both = (one for _, one in (self.gun, self.end) if one.seq != root.seq)
            yield max(both, key=lambda one: one.seq)


@dataclass(slots=True)
class Runnings:
    """Of every heat that facts name."""

    heats: dict[HeatId, Running] = field(default_factory=dict)
    _of_time: dict[TimeId, HeatId] = field(default_factory=dict)

    def of(self, one: Recorded) -> Running | None:
        """Whose running a fact is about."""
        fact = one.fact
        if isinstance(fact, LineTimeTaken):
            left = self._of_time.get(fact.time, fact.heat)
            if left != fact.heat:
                self.heats[left].times.discard(fact.time)
            self._of_time[fact.time] = fact.heat
        heat = self._of_time.get(fact.time) if isinstance(fact, LineTimeDropped) else getattr(fact, "heat", None)
        return None if heat is None else self.heats.setdefault(heat, Running())


def standing(log: Iterable[Recorded], voided: set[int]) -> list[Recorded]:
    """The facts that count."""
    return [one for one in log if one.seq not in voided and not isinstance(one.fact, Undone)]


def running_of(state: MeetState, id: HeatId) -> Running:
    """As it is now."""
    runnings = Runnings()
    for one in standing(state.log, state.voided):
        running = runnings.of(one)
        if running is not None:
            running.take(one)
    return runnings.heats.get(id) or Running()
