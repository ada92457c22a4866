"""Until when protests may be made against what was announced (R55)."""

from bisect import bisect_left
from dataclasses import dataclass
from itertools import takewhile

from app.domain.facts import Published
from app.domain.state import MeetState
from app.domain.units import Instant


@dataclass(frozen=True, slots=True)
class ProtestTime:
    """`early`: the results were made official before their time for protests was over."""

    until: Instant
    early: bool


def protest_time(state: MeetState, published: Published) -> ProtestTime | None:
    """From when the very same results were first announced. None for announcements that do not say how long."""
    if published.protest_us is None:
        return None
    before = (
        one for one in reversed(state.events[published.event].publications) if one[1].version <= published.version
    )
    same = takewhile(lambda one: one[1].digest == published.digest, before)
    at = [_recorded_at(state, seq) for seq, _ in same]
    until = Instant(min(at) + published.protest_us)
    return ProtestTime(until, published.status == "official" and max(at) < until)


def _recorded_at(state: MeetState, seq: int) -> Instant:
    return state.log[bisect_left(state.log, seq, key=lambda recorded: recorded.seq)].recorded_at
