"""Chip races by laps on a track of 400 m, and their charts."""

from collections.abc import Iterable, Mapping
from typing import Any

from app.domain.ids import HeatId
from app.domain.meet import EventSpec, TimingPoint
from app.rules.laps import default_points
from app.rules.rulesets import rules_of
from app.timing.laps import LapChart, LapRunner
from tests.timing.builders import Script, points, track

HEAT = HeatId("e/final/1")
MISSED = (72.0, 144.5, 289.3, 361.5)


def laps(metres: int, *more: tuple[str, int, str], **changes: Any) -> EventSpec:
    """A chip race on a 400 m track, with further points beside the line."""
    given: dict[str, Any] = {"timing": "transponder", "start": "mass", "ruleset": "local"} | changes
    spec = track(metres, points=(), **given)
    usual: tuple[TimingPoint, ...] = default_points(spec, rules_of(None, spec).laps, 400)
    return track(metres, points=tuple(sorted((*usual, *points(*more)), key=lambda p: p.distance_m)), **given)


def race(spec: EventSpec, crossed: Mapping[str, Iterable[float]], **roles: Any) -> Script:
    """Bibs with the seconds at which they cross the line."""
    script = Script()
    script.event(spec=spec)
    for bib in crossed:
        script.runner(bib, role=roles.get(f"bib{bib}", "competitor"))
    script.draw()
    script.gun()
    reads = sorted((second, bib) for bib, seconds in crossed.items() for second in seconds)
    for second, bib in reads:
        script.read("finish", bib, second)
    return script


def chart(script: Script) -> LapChart:
    return script.project().lap_chart(HEAT)


def of(script: Script, bib: str) -> LapRunner:
    return next(one for one in chart(script).runners if one.bib == bib)
