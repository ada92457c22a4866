"""Who laps whom next in a whole field (R93), without asking it of every pair.

A runner between two crossings is a line: where they are on the lap, over time. Of those of one number of crossings the
foremost at each part of the lap are kept, as far as they crossed no earlier; the first of them that a runner meets is
found by halving. A field of n on so many laps takes n · log n · laps.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from itertools import groupby

from app.domain.units import Instant
from app.rules.laps import OnLap, is_caught


def lapped_next(running: Mapping[int, OnLap]) -> Iterator[tuple[Instant, int, int]]:
    """(instant, who laps, who is lapped) for each that is lapped before their next crossing, by key; in no order."""
    foremost: dict[int, list[int]] = {}
    late = sorted(running, key=lambda key: (-running[key].last_at, -key))
    for _, group in groupby(late, key=lambda key: running[key].last_at):
        level = list(group)
        for key in level:
            _put_in_front(foremost.setdefault(running[key].crossed, []), key, running)
        for key in level:
            runner = running[key]
            ahead = (
                _first_met(line, runner, running) for crossed, line in foremost.items() if crossed > runner.crossed
            )
            if coming := [(at, by) for by in ahead if (at := is_caught(runner, running[by])) is not None]:
                yield *min(coming), key


def _put_in_front(line: list[int], key: int, running: Mapping[int, OnLap]) -> None:
    """`line` ends with who is foremost right behind the crossing. `key` crossed no later than any of them."""
    new = running[key]
    while line and new.lap <= running[line[-1]].lap:
        line.pop()
    while len(line) > 1 and _is_never_foremost(running[line[-2]], running[line[-1]], new):
        line.pop()
    line.append(key)


def _is_never_foremost(after: OnLap, one: OnLap, before: OnLap) -> bool:
    """Whether `one` comes up with `before` no sooner on the lap than `after` comes up with `one`."""
    with_before = (one.last_at - before.last_at) * (one.lap - after.lap)
    return with_before >= (after.last_at - one.last_at) * (before.lap - one.lap)


def _first_met(line: list[int], runner: OnLap, running: Mapping[int, OnLap]) -> int:
    """The only one of `line` who may be the first to come up with a runner."""

    def is_passed(index: int) -> bool:
        """Whether the runner is behind where the next of the line comes up with this one."""
        one, after = running[line[-1 - index]], running[line[-2 - index]]
        behind = (runner.last_at - one.last_at) * (one.lap - after.lap)
        return behind + (after.last_at - one.last_at) * (runner.lap - one.lap) > 0

    return line[-1 - bisect_left(range(len(line) - 1), True, key=is_passed)]
