"""A heat lap by lap, while it runs and after it: who crossed what and when, in what order, and what is left to run.

Lap times are differences of official times, so that the printed column adds up (R53). A lap that took as long as two
hides a crossing: it is proposed half way, counts here with a question mark, and nowhere else until it is confirmed
(R102).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from app.domain.ids import HeatId
from app.domain.units import Duration
from app.rules.laps import is_caught, kilometres, race_m
from app.rules.marks import mark
from app.rules.order import bib_key
from app.rules.places import places
from app.timing.course import Course
from app.timing.field import MISSING
from app.timing.lap_line import Passed, lap_m, laps_done, laps_of, on_lap, passed_by
from app.timing.laps import Caught, Crossing, Kilometre, LapChart, LapRunner, Leader
from app.timing.race import Race
from app.timing.results import STATES, STATUSES, By, S

KILOMETRE: Final = 1_000


def lap_chart(race: Race, heat: HeatId, start: int = 0, stop: int | None = None) -> LapChart:
    """Of one heat of the race; of its runners those from `start` (from 0, included) to `stop` (excluded)."""
    number = race.lineup.heats.index(heat)
    slots = np.flatnonzero((race.lineup.heat == number) & ~race.withdrawn).tolist()
    passed = {slot: passed_by(race, slot) for slot in slots}
    order = sorted(slots, key=lambda slot: _running(race, slot, passed[slot]))
    at_point = _at_points(race, passed)
    most = max((laps_done(race.course, one) for one in passed.values()), default=0)
    return LapChart(
        heat=heat,
        laps=laps_of(race.course),
        yields=race.course.rules.conduct.lapped_yield,
        total=len(order),
        runners=[_runner(race, slot, passed[slot], at_point, most) for slot in order[start:stop]],
        leaders=list(_leaders(race, at_point)),
        kilometres=_kilometres(race.course),
        caught=list(_caught(race, passed)),
    )


# ── one runner ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _runner(race: Race, slot: int, passed: Sequence[Passed], at_point: "Sequence[_AtPoint]", most: int) -> LapRunner:
    course, entry = race.course, race.roster.entries[race.lineup.entry.item(slot)].entry
    drawn, out = race.lineup.starters.get(slot), race.tally[slot]
    done, laps = laps_done(course, passed), laps_of(course)
    over = out.status not in (S.NONE, S.OK)
    to_go = 0 if over or (passed and passed[-1].point == course.finish) else laps - done
    return LapRunner(
        registration=entry.registration,
        athlete=entry.athlete,
        bib=entry.bib,
        lane=drawn.lane if drawn else None,
        status=STATUSES[out.status],
        state=STATES[out.state],
        laps_done=done,
        laps_to_go=to_go,
        bell=to_go == 1 and bool(passed),
        laps_down=most - done,
        crossings=tuple(_crossings(race, slot, passed, at_point)),
        last_lap=_last(course, passed, course.lap_points[-2] if len(course.lap_points) > 1 else None),
        last_kilometre=_last(course, passed, _a_kilometre_before(course)),
    )


def _crossings(race: Race, slot: int, passed: Sequence[Passed], at_point: "Sequence[_AtPoint]") -> Iterator[Crossing]:
    course, started = race.course, race.gun.item(slot) != MISSING
    before, unit = Duration(0), course.units[By.TRANSPONDER]
    for one in passed:
        elapsed, finest = one.official(course), min(unit, course.units[one.method])
        here, lap = at_point[one.point], Duration(elapsed - before)
        yield Crossing(
            point=course.points[one.point].name,
            distance_m=course.points[one.point].distance_m,
            at_us=one.at if started else None,
            elapsed_us=elapsed,
            mark=one.mark(course),
            lap_us=lap,
            lap=mark(lap, finest) + ("" if one.confirmed else "?"),
            place=here.place.get(slot),
            gap_us=elapsed - here.first if here.first is not None else None,
            estimated=one.estimated,
            confirmed=one.confirmed,
        )
        before, unit = elapsed, course.units[one.method]


def _a_kilometre_before(course: Course) -> int | None:
    finish = course.points[-1].distance_m if course.points else 0
    return next((j for j, p in enumerate(course.points) if p.distance_m == finish - KILOMETRE), None)


def _last(course: Course, passed: Sequence[Passed], since: int | None) -> str | None:
    """What the way from a point to the finish took, official times (R105)."""
    before = next((one for one in passed if one.point == since), None)
    if before is None or passed[-1].point != course.finish:
        return None
    finest = min(course.units[one.method] for one in (before, passed[-1]))
    return mark(Duration(passed[-1].official(course) - before.official(course)), finest)


def _running(race: Race, slot: int, passed: Sequence[Passed]) -> tuple[int, int, int, object]:
    """Who has finished by place, the others by how far and then how early, who is out behind them (R104)."""
    bib = bib_key(race.roster.entries[race.lineup.entry.item(slot)].entry.bib)
    out = race.tally.status.item(slot)
    if out == S.OK and passed and passed[-1].point == race.course.finish:
        return 0, race.heat_key.item(slot), passed[-1].at, bib
    far, at = (passed[-1].point, passed[-1].at) if passed else (-1, 0)
    return (1 if out in (S.NONE, S.OK) else 2), -far, at, bib


# ── one beside the other ─────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _AtPoint:
    """Who passed a point: place by slot, the first of them by time and then by bib, and that one's official time."""

    place: dict[int, int]
    leader: tuple[int, Passed] | None
    first: int | None


def _at_points(race: Race, passed: Mapping[int, Sequence[Passed]]) -> list[_AtPoint]:
    """By index of the point. Guests and who is out take no place."""
    entry, status = race.lineup.entry, race.tally.status
    here: list[list[tuple[int, Passed]]] = [[] for _ in race.course.points]
    for slot, crossings in passed.items():
        if race.roster.ranked[entry[slot]] and status.item(slot) not in (S.DQ, S.DNS):
            for one in crossings:
                here[one.point].append((slot, one))
    return [_at_point(race, found) for found in here]


def _at_point(race: Race, here: list[tuple[int, Passed]]) -> _AtPoint:
    def rank(found: tuple[int, Passed]) -> int:
        slot, one = found
        return race.heat_key.item(slot) if one.point == race.course.finish else one.elapsed

    numbers = places([rank(found) for found in here])
    first = min((one.official(race.course) for _, one in here), default=None)
    return _AtPoint(
        place={slot: number for (slot, _), number in zip(here, numbers, strict=True)},
        leader=min(here, key=lambda found: (rank(found), found[0]), default=None),
        first=first,
    )


def _leaders(race: Race, at_point: Sequence[_AtPoint]) -> Iterator[Leader]:
    """Intermediate times of the first at each point: laps from 800 m on (R18, R53)."""
    course, spec = race.course, race.roster.spec
    if spec.surface == "track" and race_m(spec) < course.rules.laps.lap_times_from_m:
        return
    for j in course.later:
        found = at_point[j].leader
        if found is None:
            continue
        slot, one = found
        entry, elapsed = race.roster.entries[race.lineup.entry.item(slot)].entry, one.official(course)
        point, text = course.points[j], one.mark(course)
        yield Leader(
            point.name, point.distance_m, entry.registration, entry.athlete, entry.bib, elapsed, text, one.estimated
        )


def _kilometres(course: Course) -> list[Kilometre]:
    """The 1000 m marks of a race on a track, whether they are timed or not (R101)."""
    if course.spec.surface != "track":
        return []
    named, metres = {p.distance_m: p.name for p in course.points}, lap_m(course)
    found = kilometres(race_m(course.spec), course.rules.laps, metres) if metres else ()
    return [Kilometre(m, before, named.get(m)) for m, before in found]


def _caught(race: Race, passed: Mapping[int, Sequence[Passed]]) -> Iterator[Caught]:
    """Who is about to be lapped, soonest first."""
    metres = lap_m(race.course)
    if race.roster.spec.surface != "track" or metres is None:
        return
    running = {slot: on for slot, one in passed.items() if (on := on_lap(race, slot, one, metres)) is not None}
    found = []
    for slot, runner in running.items():
        coming = [(at, other) for other, by in running.items() if (at := is_caught(runner, by)) is not None]
        if coming:
            found.append((*min(coming), slot))
    for at, other, slot in sorted(found):
        entry, by = (race.roster.entries[race.lineup.entry.item(each)].entry for each in (slot, other))
        yield Caught(entry.registration, entry.athlete, entry.bib, by.bib, at)
