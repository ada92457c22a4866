"""Which endpoints may answer on the loop itself: those that were brief for this event, the last few times.

To hand 0.4 ms of work to a thread and back costs 0.2 ms more, nearly all of it in waking cores up. So an endpoint that
took less than `BRIEF_S` for an event, `STEADY` times running, is called where its request was read. One long time sends
it back to the threads until it has been brief as often again.

What nobody has asked of an event yet is taken to be as brief as the same of the meet's other events was. While the meet
is small, that alone is enough: a championship asks most things of a round just once.
"""

from collections.abc import Callable
from time import perf_counter
from typing import Final, TypeVar

T = TypeVar("T")
Key = tuple[str, ...]
"""Operation, meet and what else tells short from long: a field of 30,000 takes its time where one of eight does not."""
OF_THE_MEET: Final = 2
"""So much of a key is shared by the events of a meet."""

BRIEF_S: Final = 0.02
STEADY: Final = 4
REMEMBERED: Final = 10_000


class Brevity:
    def __init__(self, clock: Callable[[], float] = perf_counter) -> None:
        self._clock = clock
        self._in_a_row: dict[Key, int] = {}

    def expected(self, key: Key, small: bool) -> bool:
        """`small`: nothing of this meet takes long the first time."""
        before = self._in_a_row.get(key)
        if before is None and small:
            before = self._of_others(key)
        return before is not None and before >= STEADY

    def measured(self, key: Key, work: Callable[[], T]) -> T:
        """What `work` gives or raises; how long it took is remembered either way."""
        begun = self._clock()
        try:
            return work()
        finally:
            self._note(key, self._clock() - begun)

    def _of_others(self, key: Key) -> int:
        return self._in_a_row.get(key[:OF_THE_MEET], 0)

    def _note(self, key: Key, seconds: float) -> None:
        if len(self._in_a_row) >= REMEMBERED - 1 and key not in self._in_a_row:
            self._in_a_row.clear()
        brief, others = seconds < BRIEF_S, self._of_others(key)
        self._in_a_row[key] = self._in_a_row.get(key, others) + 1 if brief else 0
        self._in_a_row[key[:OF_THE_MEET]] = others + 1 if brief else 0
