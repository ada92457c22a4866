"""A programme of cues, and how it is played: faster than life, or as fast as the server answers."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

SECOND: Final = 1_000_000
MINUTE: Final = 60 * SECOND


@dataclass(frozen=True, slots=True)
class Cue:
    """Something to do at a time of the programme's clock (microseconds since it begins)."""

    at_us: int
    act: Callable[[], str | None]
    """Does it. Answers a line of news, or None."""


def play(
    cues: Iterable[Cue],
    speed: float,
    news: Callable[[int, str], None],
    tick: Callable[[int], None],
    every_s: float = 0.5,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Cues in order of time, `speed` seconds of the programme in one (0: without waiting).

    `tick` is called with the programme's clock about every `every_s` seconds, `news` with what a cue had to say.
    """
    began = ticked = clock()
    for cue in sorted(cues, key=attrgetter("at_us")):
        due = began + max(cue.at_us, 0) / SECOND / speed if speed else began
        while (left := due - clock()) > 0:
            sleep(min(left, every_s))
            if clock() - ticked >= every_s:
                tick(round((clock() - began) * speed * SECOND))
                ticked = clock()
        if said := cue.act():
            news(cue.at_us, said)
        if clock() - ticked >= every_s:
            tick(cue.at_us)
            ticked = clock()
