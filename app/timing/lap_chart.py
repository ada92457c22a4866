"""A heat lap by lap, while it runs and after it: who crossed what and when, in what order, and what is left to run.

Lap times are differences of official times, so that the printed column adds up (R53). A lap that took as long as two
hides a crossing: it is proposed half way, counts here and in splits with a question mark, and is never a finish (R102).
Runners of a page are told one by one; what goes for the whole field is worked out in columns.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from app.domain.ids import HeatId
from app.domain.units import Duration
from app.rules.lapping import lapped_next
from app.rules.laps import kilometres, race_m
from app.rules.marks import mark
from app.timing.course import Course
from app.timing.field import MISSING
from app.timing.lap_columns import Abreast, Crossings, abreast, crossings_of
from app.timing.lap_line import Passed, laps_done, laps_of, on_lap, passed_by
from app.timing.laps import Caught, Crossing, Kilometre, LapChart, LapRunner, Leader
from app.timing.race import Race
from app.timing.results import STATES, STATUSES, By, S

KILOMETRE: Final = 1_000


def lap_chart(race: Race, heat: HeatId, start: int = 0, stop: int | None = None) -> LapChart:
    """Of one heat of the race; of its runners those from `start` (from 0, included) to `stop` (excluded)."""
    crossed = crossings_of(race, race.lineup.heats.index(heat))
    order, points = crossed.in_running_order(), abreast(crossed)
    return LapChart(
        heat=heat,
        laps=laps_of(race.course),
        yields=race.course.rules.conduct.lapped_yield,
        total=len(order),
        runners=[_runner(race, slot, points) for slot in order[start:stop].tolist()],
        leaders=list(_leaders(race, points)),
        kilometres=_kilometres(race.course),
        caught=list(_caught(race, crossed)),
    )


# ── one runner ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _runner(race: Race, slot: int, points: Sequence[Abreast]) -> LapRunner:
    course, entry = race.course, race.roster.entries[race.lineup.entry.item(slot)].entry
    passed, drawn, out = passed_by(race, slot), race.lineup.starters.get(slot), race.tally[slot]
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
        laps_down=_laps_down(course, passed, points),
        crossings=tuple(_crossings(race, slot, passed, points)),
        last_lap=_last(course, passed, course.lap_points[-2] if len(course.lap_points) > 1 else None),
        last_kilometre=_last(course, passed, _a_kilometre_before(course)),
    )


def _laps_down(course: Course, passed: Sequence[Passed], points: Sequence[Abreast]) -> int:
    """Whole laps that the leader had gained when the runner last crossed the line (R104): side by side is gained.

    Who has not come round yet, while the leader has, is not a lap down for that.
    """
    line = [one for one in passed if one.point in course.lap_points]
    if not line:
        return 0
    led = [j for j in course.lap_points if (first := points[j].first_at) is not None and first <= line[-1].at]
    return max(0, len(led) - 1 - course.lap_points.index(line[-1].point))


def _crossings(race: Race, slot: int, passed: Sequence[Passed], points: Sequence[Abreast]) -> Iterator[Crossing]:
    course, started = race.course, race.gun.item(slot) != MISSING
    out = race.tally.status.item(slot) != S.OK
    before, unit = Duration(0), course.units[By.TRANSPONDER]
    for one in passed:
        elapsed, finest = one.official(course), min(unit, course.units[one.method])
        here, lap = points[one.point], Duration(elapsed - before)
        yield Crossing(
            point=course.points[one.point].name,
            distance_m=course.points[one.point].distance_m,
            at_us=one.at if started else None,
            elapsed_us=elapsed,
            mark=one.mark(course),
            lap_us=lap,
            lap=mark(lap, finest) + ("" if one.confirmed else "?"),
            place=here.place.item(slot) or None,
            gap_us=None if here.first is None or (one.point == course.finish and out) else elapsed - here.first,
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


# ── the whole heat ───────────────────────────────────────────────────────────────────────────────────────────────────


def _leaders(race: Race, points: Sequence[Abreast]) -> Iterator[Leader]:
    """Intermediate times of the first at each point: laps from 800 m on (R18, R53)."""
    course, spec = race.course, race.roster.spec
    if spec.surface == "track" and race_m(spec) < course.rules.laps.lap_times_from_m:
        return
    for j in course.later:
        slot = points[j].leader
        if slot is None:
            continue
        one = next(one for one in passed_by(race, slot) if one.point == j)
        entry, elapsed = race.roster.entries[race.lineup.entry.item(slot)].entry, one.official(course)
        point, text = course.points[j], one.mark(course)
        yield Leader(
            point.name, point.distance_m, entry.registration, entry.athlete, entry.bib, elapsed, text, one.estimated
        )


def _kilometres(course: Course) -> list[Kilometre]:
    """The 1000 m marks of a race on a track, whether they are timed or not (R101)."""
    if course.spec.surface != "track":
        return []
    named = {p.distance_m: p.name for p in course.points}
    found = kilometres(race_m(course.spec), course.rules.laps, course.lap_m) if course.lap_m else ()
    return [Kilometre(m, before, named.get(m)) for m, before in found]


def _caught(race: Race, crossed: Crossings) -> Iterator[Caught]:
    """Who is about to be lapped, soonest first."""
    metres = race.course.lap_m
    if race.roster.spec.surface != "track" or metres is None:
        return
    racing = crossed.slots[race.tally.status[crossed.slots] == S.NONE].tolist()
    running = {slot: on for slot in racing if (on := on_lap(race, slot, passed_by(race, slot), metres)) is not None}
    for at, other, slot in sorted(lapped_next(running)):
        entry, by = (race.roster.entries[race.lineup.entry.item(each)].entry for each in (slot, other))
        yield Caught(entry.registration, entry.athlete, entry.bib, by.bib, at)
