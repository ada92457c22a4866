"""Which endpoints may answer on the loop itself: those that were brief for this event, the last few times.

To hand 0.4 ms of work to a thread and back costs 0.2 ms more, nearly all of it in waking cores up. So an endpoint that
took less than `BRIEF_S` for an event, `STEADY` times running, is called where its request was read. One long time sends
it back to the threads until it has been brief as often again.
"""

from collections.abc import Callable
from time import perf_counter
from typing import Final, TypeVar

T = TypeVar("T")
Key = tuple[str, ...]
"""Operation, meet and what else tells short from long: a field of 30,000 takes its time where one of eight does not."""

BRIEF_S: Final = 0.02
STEADY: Final = 4
REMEMBERED: Final = 10_000


class Brevity:
    def __init__(self, clock: Callable[[], float] = perf_counter) -> None:
        self._clock = clock
        self._in_a_row: dict[Key, int] = {}

    def expected(self, key: Key) -> bool:
        return self._in_a_row.get(key, 0) >= STEADY

    def measured(self, key: Key, work: Callable[[], T]) -> T:
        """What `work` gives or raises; how long it took is remembered either way."""
        begun = self._clock()
        try:
            return work()
        finally:
            self._note(key, self._clock() - begun)

    def _note(self, key: Key, seconds: float) -> None:
        if len(self._in_a_row) >= REMEMBERED and key not in self._in_a_row:
            self._in_a_row.clear()
        self._in_a_row[key] = self._in_a_row.get(key, 0) + 1 if seconds < BRIEF_S else 0
