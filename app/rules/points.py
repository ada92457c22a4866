"""Points: combined events (R83), scoring tables (R84), percent of the best mark (R85), places (R59). No floats."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Context, Decimal, FloatOperation, InvalidOperation
from fractions import Fraction
from typing import Annotated, Final

from msgspec import Meta

from app.domain.meet import Direction, Discipline, EventSpec, Sex, Surface
from app.domain.refusals import Invalid
from app.domain.units import Duration
from app.rules.shipped import read_table, shipped

_EXACT: Final = Context(prec=60, traps=[InvalidOperation, FloatOperation])
"""Far more digits than any formula has: no result comes to lie on the wrong side of a whole point."""


Coefficient = Annotated[str, Meta(pattern=r"\A\d{1,9}(\.\d{1,9})?\Z")]
"""A decimal number as text: no float stands between a table and its points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """`floor(a · (b - T) ^ c)` with T in seconds; 0 points where T is b or more. Surface None: any."""

    sex: Sex
    distance_m: int
    a: Coefficient
    b: Coefficient
    c: Coefficient = "2"
    discipline: Discipline = "flat"
    surface: Surface | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoringTable:
    """Formulas under one name. `approximate`: derived, not what the federation publishes."""

    name: str
    title: str
    source: str
    formulas: tuple[Formula, ...]
    approximate: bool = False
    direction: Direction = "forward"


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsTables:
    """`placing`: points of places 1, 2, … of a final."""

    placing: tuple[int, ...]
    scoring: tuple[ScoringTable, ...]


def read_points(text: str) -> PointsTables:
    """`Invalid` for a table of another form, and for two formulas of one event."""
    tables = read_table(text, PointsTables)
    for number, table in enumerate(tables.scoring):
        _check(table, f"/scoring/{number}")
    return tables


def _check(table: ScoringTable, at: str) -> None:
    seen = set[tuple[object, ...]]()
    for index, formula in enumerate(table.formulas):
        event = formula.sex, formula.distance_m, formula.discipline, formula.surface
        if event in seen:
            raise Invalid(f"{at}/formulas/{index}", "formula_twice", "this event has a formula already")
        seen.add(event)


POINTS: Final = read_points(shipped("points.toml"))


def formula_of(table: ScoringTable, spec: EventSpec, sex: Sex) -> Formula | None:
    """What scores an event for one sex; None where the table has nothing, and for relays."""
    if spec.relay_legs > 1 or spec.direction != table.direction:
        return None
    event = sex, spec.distance_m, spec.discipline
    fitting = (f for f in table.formulas if (f.sex, f.distance_m, f.discipline) == event)
    return next((f for f in fitting if f.surface in (None, spec.surface)), None)


def score(formula: Formula, official: Duration) -> int:
    """Points of an official time. One taken by hand is to be made comparable first (R12)."""
    below = _EXACT.subtract(Decimal(formula.b), Decimal(official).scaleb(-6, _EXACT))
    if below <= 0:
        return 0
    points = _EXACT.multiply(Decimal(formula.a), _EXACT.power(below, Decimal(formula.c)))
    return int(points.to_integral_value(ROUND_FLOOR))


def percent_of_best(best: Duration, official: Duration) -> Decimal:
    """`best / official` in percent with two decimals, half a hundredth up: 87.80 for 15.00 beside a best of 13.17."""
    return hundredths_of_a_percent(Fraction(best, official))


def hundredths_of_a_percent(ratio: Fraction) -> Decimal:
    """A ratio in percent with two decimals, half a hundredth up."""
    doubled = ratio * 20_000
    return Decimal((doubled + 1) // 2).scaleb(-2)


def placing_points(places: Sequence[int], table: Sequence[int] = POINTS.placing) -> list[Fraction]:
    """Points of each place of a final. Who shares a place shares the points of the places that they take up."""
    size = Counter(places)
    return [Fraction(sum(table[place - 1 : place - 1 + size[place]]), size[place]) for place in places]


def points_text(points: Fraction) -> str:
    """As printed, and exact: `40`, `6.5`, `2 1/3`."""
    if (points * 10).denominator == 1:
        tenths = int(points * 10)
        return f"{tenths // 10}.{tenths % 10}" if tenths % 10 else f"{tenths // 10}"
    whole, rest = divmod(points, 1)
    return f"{whole} {rest}" if whole else f"{rest}"
