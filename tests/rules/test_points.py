"""R59, R83–R85: points, exact to the last one."""

from decimal import Context, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.meet import Discipline, EventSpec, Sex, Surface
from app.domain.refusals import Invalid
from app.domain.units import Duration
from app.rules.marks import parse_mark
from app.rules.places import places
from app.rules.points import (
    POINTS,
    Formula,
    ScoringTable,
    formula_of,
    percent_of_best,
    placing_points,
    points_text,
    read_points,
    score,
)

COMBINED, APPROXIMATION = POINTS.scoring


def event(
    distance_m: int, surface: Surface = "track", discipline: Discipline = "flat", relay_legs: int = 1
) -> EventSpec:
    return EventSpec(
        name="event",
        distance_m=distance_m,
        surface=surface,
        sex="X",
        start="mass",
        timing="photo_finish",
        discipline=discipline,
        relay_legs=relay_legs,
    )


def points_of(table: ScoringTable, sex: Sex, spec: EventSpec, mark: str) -> int:
    formula = formula_of(table, spec, sex)
    assert formula is not None
    return score(formula, parse_mark(mark))


@pytest.mark.parametrize(
    ("sex", "distance_m", "mark", "points"),
    [
        ("M", 100, "11.00", 861),
        ("M", 100, "10.55", 963),
        ("M", 400, "50.00", 815),
        ("M", 400, "48.00", 909),
        ("M", 1500, "4:30.00", 745),
        ("M", 1500, "5:00.00", 560),
        ("M", 100, "17.50", 7),
        ("M", 1500, "8:01", 0),
        ("M", 1500, "8:00.00", 0),
        ("W", 200, "24.50", 933),
        ("W", 800, "2:10.00", 965),
        ("W", 800, "2:15.00", 893),
    ],
)
def test_r83_combined_events(sex: Sex, distance_m: int, mark: str, points: int) -> None:
    assert points_of(COMBINED, sex, event(distance_m), mark) == points


@pytest.mark.parametrize(("sex", "distance_m", "mark", "points"), [("M", 110, "15.00", 850), ("W", 100, "13.50", 1050)])
def test_r83_hurdles_have_formulas_of_their_own(sex: Sex, distance_m: int, mark: str, points: int) -> None:
    assert points_of(COMBINED, sex, event(distance_m, discipline="hurdles"), mark) == points


@pytest.mark.parametrize(
    ("sex", "distance_m", "mark", "points"),
    [
        ("M", 100, "9.58", 1356),
        ("M", 100, "10.00", 1206),
        ("M", 100, "10.71", 974),
        ("M", 800, "1:40.91", 1301),
        ("M", 1500, "4:00.00", 854),
        ("M", 5000, "15:00.00", 810),
        ("M", 10_000, "30:00.00", 954),
        ("W", 100, "10.49", 1314),
        ("W", 100, "11.00", 1200),
        ("W", 800, "2:00.00", 1162),
        ("W", 10_000, "35:00.00", 986),
        ("M", 100, "13.17", 361),
    ],
)
def test_r84_an_approximation_of_the_scoring_tables(sex: Sex, distance_m: int, mark: str, points: int) -> None:
    assert points_of(APPROXIMATION, sex, event(distance_m), mark) == points


def test_r84_the_approximation_says_that_it_is_one() -> None:
    assert APPROXIMATION.approximate
    assert not COMBINED.approximate
    assert "fit" in APPROXIMATION.source


def test_r84_the_road_is_scored_at_5_and_10_km_alone() -> None:
    assert points_of(APPROXIMATION, "M", event(10_000, "road"), "30:00") == 954
    assert formula_of(APPROXIMATION, event(3_000, "road"), "M") is None
    assert formula_of(COMBINED, event(1_500, "road"), "M") is None


def test_r84_nothing_is_scored_that_has_no_formula() -> None:
    assert formula_of(COMBINED, event(100, relay_legs=4), "M") is None
    assert formula_of(COMBINED, event(100), "X") is None
    assert formula_of(COMBINED, event(3_000), "M") is None
    assert formula_of(COMBINED, event(110), "M") is None


@pytest.mark.parametrize("legs", [2, 4])
def test_r84_no_relay_is_scored_whatever_its_legs(legs: int) -> None:
    assert formula_of(APPROXIMATION, event(100, relay_legs=legs), "M") is None


def test_r85_running_backwards_is_not_scored_with_forward_tables() -> None:
    backward = EventSpec(
        name="100 m", distance_m=100, surface="track", sex="M", start="lanes", timing="hand", direction="backward"
    )
    assert formula_of(COMBINED, backward, "M") is None


@pytest.mark.parametrize(
    ("best", "run", "percent"),
    [
        ("13.17", "15.00", "87.80"),
        ("13.17", "13.17", "100.00"),
        ("13.17", "12.00", "109.75"),
        ("1.00", "3.00", "33.33"),
        ("2.00", "3.00", "66.67"),
        ("1.0001", "2.00", "50.01"),
        ("1.00009", "2.00", "50.00"),
    ],
)
def test_r85_percent_of_the_best_mark(best: str, run: str, percent: str) -> None:
    assert str(percent_of_best(parse_mark(best), parse_mark(run))) == percent


@given(
    st.sampled_from([formula for table in POINTS.scoring for formula in table.formulas]),
    st.integers(1, 600_000),
)
def test_r83_no_more_digits_would_change_a_result(formula: Formula, hundredths: int) -> None:
    with localcontext(Context(prec=250)):
        below = Decimal(formula.b) - Decimal(hundredths) / 100
        exact = 0 if below <= 0 else int(Decimal(formula.a) * below ** Decimal(formula.c))
    assert score(formula, Duration(hundredths * 10_000)) == exact


@given(st.sampled_from(COMBINED.formulas), st.integers(1, 60_000))
def test_r83_a_longer_time_never_has_more_points(formula: Formula, hundredths: int) -> None:
    assert score(formula, Duration(hundredths * 10_000)) >= score(formula, Duration((hundredths + 1) * 10_000))


def test_r83_a_whole_point_reached_exactly_is_counted() -> None:
    formula = Formula(sex="M", distance_m=100, a="0.1", b="18", c="2")
    assert score(formula, parse_mark("8.00")) == 10


@pytest.mark.parametrize(
    ("placed", "points"),
    [
        ([1, 2, 3, 4, 5, 6, 7, 8, 9], [8, 7, 6, 5, 4, 3, 2, 1, 0]),
        ([1, 2, 2, 4], [8, Fraction(13, 2), Fraction(13, 2), 5]),
        ([1, 2, 3, 4, 5, 6, 7, 7, 7], [8, 7, 6, 5, 4, 3, 1, 1, 1]),
        ([2, 1], [7, 8]),
        ([8, 8, 1], [Fraction(1, 2), Fraction(1, 2), 8]),
        ([], []),
    ],
)
def test_r59_shared_places_share_the_points(placed: list[int], points: list[Fraction]) -> None:
    assert placing_points(placed) == points


def test_r59_nine_who_share_the_first_place() -> None:
    assert placing_points([1] * 9) == [4] * 9


@given(st.lists(st.integers(0, 20), max_size=30))
def test_r59_all_points_of_a_full_final_are_given(keys: list[int]) -> None:
    assert sum(placing_points(places(keys))) == sum(POINTS.placing[: len(keys)])


@pytest.mark.parametrize(
    ("points", "text"),
    [
        (Fraction(40), "40"),
        (Fraction(13, 2), "6.5"),
        (Fraction(7, 3), "2 1/3"),
        (Fraction(1, 3), "1/3"),
        (Fraction(0), "0"),
        (Fraction(123, 2), "61.5"),
        (Fraction(29, 4), "7 1/4"),
    ],
)
def test_r59_points_are_printed_as_they_are(points: Fraction, text: str) -> None:
    assert points_text(points) == text


TABLE = """
placing = [3, 1]
[[scoring]]
name = "one"
title = "One"
source = "nobody"
formulas = [{ sex = "M", distance_m = 100, a = "1", b = "20" }]
"""


def test_an_organizers_table_is_taken() -> None:
    table = read_points(TABLE)
    assert placing_points([1, 2, 3], table.placing) == [3, 1, 0]
    assert score(table.scoring[0].formulas[0], parse_mark("10.00")) == 100


@pytest.mark.parametrize(
    ("text", "code", "pointer"),
    [
        (TABLE.replace('"1"', "1.5"), "wrong_form", "/scoring/0/formulas/0/a"),
        (TABLE.replace('"1"', '"-1"'), "wrong_form", "/scoring/0/formulas/0/a"),
        (TABLE.replace('"1"', '"NaN"'), "wrong_form", "/scoring/0/formulas/0/a"),
        (TABLE.replace("title", "titel"), "wrong_form", "/scoring/0"),
        (TABLE.replace("b =", 'bee = "1", b ='), "unknown_field", "/scoring/0/formulas/0/bee"),
        (TABLE.replace("[3, 1]", "[3, 1"), "not_toml", ""),
        (TABLE.replace("[3, 1]", "3"), "wrong_form", "/placing"),
        (
            TABLE.replace("[{", '[{ sex = "M", distance_m = 100, a = "1", b = "2" }, {'),
            "formula_twice",
            "/scoring/0/formulas/1",
        ),
    ],
)
def test_a_table_of_points_that_cannot_be_is_refused(text: str, code: str, pointer: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_points(text)
    assert (refused.value.code, refused.value.pointer) == (code, pointer)
