"""Age grading (R68): a time beside the standard of its runner's age and sex. Decimals throughout, no floats."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Context, Decimal, FloatOperation, InvalidOperation
from fractions import Fraction
from itertools import pairwise
from typing import Final

from app.domain.meet import Sex
from app.domain.refusals import Invalid
from app.domain.units import Duration
from app.rules.points import hundredths_of_a_percent
from app.rules.shipped import shipped

_EXACT: Final = Context(prec=40, traps=[InvalidOperation, FloatOperation])

NEAR_M: Final = Decimal(1)
"""A race this near to a distance of the table is that distance: a mile is entered as 1609 m."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeTable:
    """`distances_m` ascending, `open_s` the open standard of each in seconds, `factors` those of each age."""

    distances_m: tuple[Decimal, ...]
    open_s: tuple[Decimal, ...]
    factors: Mapping[int, tuple[Decimal, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeGrade:
    """`standard_s`: seconds, not rounded. `graded_us`: the time as if of the open age, up to the microsecond."""

    factor: Decimal
    standard_s: Decimal
    percent: Decimal
    graded_us: Duration


def read_age_table(text: str) -> AgeTable:
    """CSV: distances in metres, open standards in seconds, a row of factors for each age. `Invalid` names the row."""
    rows = [row for row in csv.reader(text.splitlines()) if row]
    if len(rows) < 3:
        raise Invalid("", "wrong_length", "the table needs distances, open standards, and an age at least")
    table = AgeTable(
        distances_m=_decimals(rows[0][1:], 1),
        open_s=_decimals(rows[1][1:], 2),
        factors={_age(row[0], number): _decimals(row[1:], number) for number, row in enumerate(rows[2:], 3)},
    )
    _check(table)
    return table


def _age(cell: str, row: int) -> int:
    if not (cell.isascii() and cell.isdigit()):
        raise Invalid(f"/{row}", "not_a_number", f"row {row} begins with no age")
    return int(cell)


def _decimals(cells: Sequence[str], row: int) -> tuple[Decimal, ...]:
    try:
        numbers = tuple(Decimal(cell) for cell in cells)
    except InvalidOperation as error:
        raise Invalid(f"/{row}", "not_a_number", f"row {row} holds something that is no number") from error
    if not all(number.is_finite() and number > 0 for number in numbers):
        raise Invalid(f"/{row}", "out_of_range", f"row {row} holds a number that is not greater than zero")
    return numbers


def _check(table: AgeTable) -> None:
    width = len(table.distances_m)
    for number, row in enumerate((table.open_s, *table.factors.values()), 2):
        if len(row) != width:
            raise Invalid(f"/{number}", "wrong_length", f"row {number} has {len(row)} numbers, not {width}")
    if any(longer <= shorter for shorter, longer in pairwise(table.distances_m)):
        raise Invalid("/1", "unordered_distances", "distances come in ascending order")


ROAD_2025: Final[Mapping[Sex, AgeTable]] = {
    "M": read_age_table(shipped("age-grade-2025/men.csv")),
    "W": read_age_table(shipped("age-grade-2025/women.csv")),
}
"""Road tables of Jones and Bernhard, in the public domain (CC0). For running backwards there are none."""
ROAD_2025_NAME: Final = "road-2025"


def age_grade(official: Duration, age: int, distance_m: int, table: AgeTable) -> AgeGrade | None:
    """None below the table's youngest age and outside its distances. Beyond its oldest age that one counts."""
    factors = table.factors.get(min(age, max(table.factors)))
    if factors is None:
        return None
    standards = [_EXACT.divide(best, factor) for best, factor in zip(table.open_s, factors, strict=True)]
    standard = _at(Decimal(distance_m), table.distances_m, standards)
    best = _at(Decimal(distance_m), table.distances_m, table.open_s)
    if standard is None or best is None:
        return None
    return AgeGrade(
        factor=_EXACT.divide(best, standard),
        standard_s=standard,
        percent=hundredths_of_a_percent(Fraction(standard) * 1_000_000 / official),
        graded_us=_graded(official, best, standard),
    )


def _graded(official: Duration, best: Decimal, standard: Decimal) -> Duration:
    """Time times factor, which is open standard by age standard. Digits that the division left over are no time."""
    graded = _EXACT.divide(_EXACT.multiply(Decimal(official), best), standard)
    return Duration(int(graded.quantize(Decimal("1e-9"), context=_EXACT).to_integral_value(ROUND_CEILING)))


def _at(distance: Decimal, distances: Sequence[Decimal], seconds: Sequence[Decimal]) -> Decimal | None:
    """The seconds at a distance, linear in its logarithm between two of the table; None outside."""
    points = list(zip(distances, seconds, strict=True))
    near = next((at for metres, at in points if abs(metres - distance) < NEAR_M), None)
    if near is not None:
        return near
    for (low, low_s), (high, high_s) in pairwise(points):
        if low < distance < high:
            share = _EXACT.divide(_log_ratio(distance, low), _log_ratio(high, low))
            return _EXACT.fma(share, _EXACT.subtract(high_s, low_s), low_s)
    return None


def _log_ratio(one: Decimal, other: Decimal) -> Decimal:
    return _EXACT.subtract(_EXACT.ln(one), _EXACT.ln(other))
