"""A figure and its limit, taken in turns so that a machine that slows down slows both."""

import gc
import json
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

Better = Literal["higher", "lower"]


@dataclass(frozen=True, slots=True)
class Figure:
    """`ratio` is value / limit; it `holds` when it is on the right side of `goal`."""

    name: str
    value: float
    limit: float
    unit: str
    ratio: float
    goal: float
    better: Better
    holds: bool


def figure(
    name: str, values: Sequence[float], limits: Sequence[float], unit: str, goal: float, better: Better
) -> Figure:
    """Medians of both sides, and the median of the ratios pair by pair."""
    ratio = statistics.median(value / limit for value, limit in zip(values, limits, strict=True))
    holds = ratio >= goal if better == "higher" else ratio <= goal
    return Figure(name, statistics.median(values), statistics.median(limits), unit, ratio, goal, better, holds)


def in_turns(
    product: Callable[[], float], limit: Callable[[], float], rounds: int = 5
) -> tuple[list[float], list[float]]:
    """Both sides `rounds` times, alternating, after one of each that does not count."""
    product(), limit()
    pairs = [(product(), limit()) for _ in range(rounds)]
    return [value for value, _ in pairs], [bound for _, bound in pairs]


def seconds(action: Callable[[], object]) -> float:
    """Wall seconds of one call, with the garbage of the one before out of the way."""
    gc.collect()
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def table(figures: Sequence[Figure]) -> str:
    """For the eye: one line a figure."""
    lines = [f"{'':44} {'product':>12} {'limit':>12} {'unit':10} {'ratio':>6} {'goal':>7}"]
    for f in figures:
        sign = "≥" if f.better == "higher" else "≤"
        mark = "holds" if f.holds else "MISSED"
        lines.append(
            f"{f.name:44} {f.value:12,.4g} {f.limit:12,.4g} {f.unit:10} {f.ratio:6.2f} {sign}{f.goal:6.2f}  {mark}"
        )
    return "\n".join(lines)


def write(figures: Sequence[Figure], path: Path) -> None:
    path.write_text(json.dumps([asdict(f) for f in figures], indent=2) + "\n", encoding="utf-8")
