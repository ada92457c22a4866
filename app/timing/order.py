"""Who is ahead of whom among runners with a time: the thousandth, the judge, and ties that stand (R9, R45, R56)."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple


class Placed(NamedTuple):
    """A runner with a time, to be put in order."""

    slot: int
    heat: int
    time_key: int
    """Microseconds; on the track by photo finish whole thousandths (R9)."""
    mark: tuple[int, int]
    """(method, official time): what is equal in print."""
    judge: int | None


def in_order(runners: Iterable[Placed]) -> dict[int, int]:
    """Slot → position; equal positions are ties (R9, R45, R56).

    Among equal marks of one heat the judge's places decide if all have one, else the thousandth, else a tie stands.
    """
    out: dict[int, int] = {}
    ordered = sorted(runners, key=lambda r: (r.time_key, r.mark))
    position, i = 0, 0
    before: Placed | None = None
    while i < len(ordered):
        end = i + 1
        while end < len(ordered) and ordered[end].mark == ordered[i].mark:
            end += 1
        for group in _ties(ordered[i:end]):
            # Another method writes the same instant in another way: that makes nobody the faster.
            if before is None or before.mark == group[0].mark or before.time_key != group[0].time_key:
                position += 1
            out.update((r.slot, position) for r in group)
            before = group[-1]
        i = end
    return out


def _ties(equal_marks: list[Placed]) -> list[list[Placed]]:
    if len(equal_marks) == 1:
        return [equal_marks]
    if _judged(equal_marks):
        return _grouped(equal_marks, lambda r: r.judge or 0)
    out: list[list[Placed]] = []
    for group in _grouped(equal_marks, lambda r: r.time_key):
        out += _grouped(group, lambda r: r.judge or 0) if _judged(group) else [group]
    return out


def _judged(group: Sequence[Placed]) -> bool:
    return len(group) > 1 and all(r.judge is not None for r in group) and len({r.heat for r in group}) == 1


def _grouped(runners: Sequence[Placed], key: Callable[[Placed], int]) -> list[list[Placed]]:
    groups: dict[int, list[Placed]] = {}
    for runner in sorted(runners, key=key):
        groups.setdefault(key(runner), []).append(runner)
    return list(groups.values())
