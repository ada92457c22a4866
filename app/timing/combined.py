"""Several events of a meet in one: points of a scoring table, added up for each athlete (R83, R84)."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.facts import Status
from app.domain.ids import AthleteId, EventId
from app.domain.meet import EventSpec, Sex
from app.domain.refusals import Contradicts, NotFound
from app.domain.units import Duration
from app.rules.hand import for_seeding
from app.rules.marks import parse_mark
from app.rules.places import places
from app.rules.points import POINTS, ScoringTable, formula_of, score
from app.rules.rulesets import rules_of
from app.timing.projection import Projection
from app.timing.standing import Standing


@dataclass(frozen=True, slots=True)
class Part:
    """What one athlete did in one of the events. `points` is None while there is no result, 0 for DNF, DQ and DNS.

    `scored_us` is the official time that was scored: longer than the mark where a hand time was made comparable (R12).
    """

    event: EventId
    mark: str | None
    status: Status | None
    scored_us: Duration | None
    points: int | None
    unscored: str | None = None
    """Why there are no points, although the table scores others in this event."""


@dataclass(frozen=True, slots=True)
class Combined:
    """One athlete over all the events; without a rank who has no result in any of them yet."""

    athlete: AthleteId
    rank: int | None
    total: int
    parts: tuple[Part, ...]


def scoring_table(name: str) -> ScoringTable:
    found = next((one for one in POINTS.scoring if one.name == name), None)
    if found is None:
        raise NotFound("scoring table", name, known=tuple(one.name for one in POINTS.scoring))
    return found


def table_for(now: Projection, events: Sequence[EventId], name: str | None) -> ScoringTable:
    """The named one, or what the ruleset of the first event says of combined events."""
    state = now.state
    return scoring_table(name or rules_of(state.spec, state.events[events[0]].spec).points.combined)


def combined(now: Projection, events: Sequence[EventId], table: ScoringTable) -> list[Combined]:
    """Everybody who is entered in one of the events, in order of rank."""
    parts = [_parts(now, event, table) for event in events]
    athletes = dict.fromkeys(athlete for one in parts for athlete in one)
    lines = {
        athlete: tuple(
            one.get(athlete, Part(event, None, None, None, None)) for event, one in zip(events, parts, strict=True)
        )
        for athlete in athletes
    }
    totals = {athlete: sum(part.points or 0 for part in line) for athlete, line in lines.items()}
    begun = [athlete for athlete in athletes if any(part.points is not None for part in lines[athlete])]
    ranks = dict(zip(begun, places([-totals[athlete] for athlete in begun]), strict=True))
    rows = [Combined(athlete, ranks.get(athlete), totals[athlete], lines[athlete]) for athlete in athletes]
    return sorted(rows, key=lambda row: (row.rank is None, row.rank or 0, row.athlete))


def _parts(now: Projection, event: EventId, table: ScoringTable) -> dict[AthleteId, Part]:
    _scores(table, now.state.events[event].spec)
    standings = now.table(event)
    return {line.athlete: _part(now, event, line, table) for line in standings.rows(0, len(standings))}


def _scores(table: ScoringTable, spec: EventSpec) -> None:
    """Refuses an event that the table has nothing for, whoever runs in it."""
    sexes: Sequence[Sex] = ("M", "W") if spec.sex == "X" else (spec.sex,)
    if all(formula_of(table, spec, sex) is None for sex in sexes):
        named = "any sex" if spec.sex == "X" else f"sex {spec.sex}"
        message = f"{table.name!r} has no formula for {spec.name!r} and {named}: name another scoring table"
        raise Contradicts("no_formula", message)


def _part(now: Projection, event: EventId, line: Standing, table: ScoringTable) -> Part:
    spec = now.state.events[event].spec
    formula = formula_of(table, spec, line.sex)
    if formula is None:
        return Part(event, line.mark, line.status, None, None, f"{table.name!r} has no formula for sex {line.sex}")
    if line.status is None:
        return Part(event, line.mark, None, None, None)
    if line.status != "OK" or line.mark is None:
        return Part(event, line.mark, line.status, None, 0)
    official, by_hand = parse_mark(line.mark.removesuffix("h")), line.mark.endswith("h")
    seeding = rules_of(now.state.spec, spec).timing.hand_seeding
    scored = for_seeding(official, spec.distance_m, seeding) if by_hand else official
    return Part(event, line.mark, line.status, scored, score(formula, scored))
