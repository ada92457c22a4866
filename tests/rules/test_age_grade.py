"""R68: age grading."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.meet import Sex
from app.domain.refusals import Invalid
from app.domain.units import SECOND, Duration
from app.rules.age_grade import ROAD_2025, AgeGrade, age_grade, read_age_table
from app.rules.marks import mark, parse_mark


def graded(sex: Sex, age: int, distance_m: int, time: str) -> AgeGrade:
    grade = age_grade(parse_mark(time), age, distance_m, ROAD_2025[sex])
    assert grade is not None
    return grade


@pytest.mark.parametrize(
    ("sex", "age", "distance_m", "time", "standard", "percent", "open_time"),
    [
        ("M", 50, 10_000, "40:00", "1782.58", "74.27", "35:33"),
        ("W", 60, 5_000, "30:00", "1094.34", "60.80", "22:52"),
        ("M", 40, 5_000, "20:00", "811.61", "67.63", "18:57"),
    ],
)
def test_r68_examples(
    sex: Sex, age: int, distance_m: int, time: str, standard: str, percent: str, open_time: str
) -> None:
    grade = graded(sex, age, distance_m, time)
    assert str(grade.standard_s.quantize(Decimal("0.01"))) == standard
    assert str(grade.percent) == percent
    assert mark(grade.graded_us, SECOND) == open_time


def test_r68_the_graded_time_is_exact_and_a_whole_second_stays() -> None:
    assert graded("M", 40, 5_000, "20:00").graded_us == 1_137_000_000
    assert graded("M", 50, 10_000, "40:00").graded_us == 2_132_640_000


@pytest.mark.parametrize(
    ("age", "factors"),
    [
        (15, "0.9760 0.9323 0.9433 0.9360"),
        (25, "1 1 1 1"),
        (35, "0.9824 0.9909 0.9793 0.9857"),
        (40, "0.9475 0.9636 0.9499 0.9623"),
        (45, "0.9125 0.9261 0.9078 0.9278"),
        (50, "0.8775 0.8886 0.8592 0.8822"),
        (55, "0.8425 0.8511 0.8107 0.8325"),
        (60, "0.8075 0.8136 0.7621 0.7828"),
        (65, "0.7725 0.7761 0.7136 0.7331"),
        (70, "0.7353 0.7386 0.6650 0.6834"),
        (80, "0.6191 0.6301 0.5640 0.5745"),
    ],
)
def test_r68_factors(age: int, factors: str) -> None:
    men, women = ROAD_2025["M"], ROAD_2025["W"]
    at = [men.distances_m.index(Decimal(metres)) for metres in (5_000, 10_000)]
    found = [table.factors[age][index] for table in (men, women) for index in at]
    assert found == [Decimal(factor) for factor in factors.split()]


@pytest.mark.parametrize(
    ("distance_m", "table_m"), [(1_609, "1609.344"), (1_610, "1609.344"), (6_437, "6437.376"), (8_047, "8046.72")]
)
def test_r68_a_distance_in_miles_may_be_entered_in_whole_metres(distance_m: int, table_m: str) -> None:
    men = ROAD_2025["M"]
    index = men.distances_m.index(Decimal(table_m))
    standard = graded("M", 50, distance_m, "30:00").standard_s
    assert abs(standard * men.factors[50][index] - men.open_s[index]) < Decimal("1e-30")


@pytest.mark.parametrize(
    ("age", "distance_m"), [(4, 5_000), (0, 5_000), (30, 1_608), (30, 1_500), (30, 10_001), (30, 21_097)]
)
def test_r68_nothing_is_said_outside_the_table(age: int, distance_m: int) -> None:
    assert age_grade(parse_mark("40:00"), age, distance_m, ROAD_2025["M"]) is None


def test_r68_the_oldest_row_is_for_all_who_are_older() -> None:
    assert graded("W", 104, 5_000, "59:00") == graded("W", 100, 5_000, "59:00")
    assert graded("W", 99, 5_000, "59:00") != graded("W", 100, 5_000, "59:00")


TABLE = "age,1000,2000,4000\nopen,100,200,420\n30,1,0.5,0.8\n"


def test_r68_a_graded_time_goes_up_to_the_microsecond() -> None:
    """Factor 0.8: of 1,000,004 µs these are 800,003.2."""
    times = (1_000_000, 1_000_001, 1_000_004, 1_000_005)
    grades = [age_grade(Duration(one), 30, 4_000, read_age_table(TABLE)) for one in times]
    assert [grade and grade.graded_us for grade in grades] == [800_000, 800_001, 800_004, 800_004]


def test_r68_between_distances_the_standard_is_linear_in_the_logarithm() -> None:
    """2828.427 m lies half-way between 2000 and 4000 m by logarithm: standards of 400 and 525 s."""
    table = read_age_table(TABLE.replace("2000,4000", "2828427,5656854").replace("1000,", "1414213.5,"))
    grade = age_grade(parse_mark("500"), 30, 4_000_000, table)
    assert grade is not None
    assert abs(grade.standard_s - Decimal("462.5")) < Decimal("0.0001")
    # factor = (200 + 420) / 2 : 462.5
    assert abs(Fraction(grade.graded_us, 500_000_000) - Fraction(310) / Fraction("462.5")) < Fraction(1, 10_000_000)
    assert str(grade.percent) == "92.50"


@given(st.sampled_from(["M", "W"]), st.integers(5, 100), st.integers(1_610, 10_000))
def test_r68_a_standard_lies_between_those_of_its_neighbours(sex: Sex, age: int, distance_m: int) -> None:
    table, standard = ROAD_2025[sex], graded(sex, age, distance_m, "40:00").standard_s
    standards = [best / factor for best, factor in zip(table.open_s, table.factors[age], strict=True)]
    near = Decimal("0.000001")
    assert any(
        low - 1 < distance_m < high + 1 and min(pair) - near <= standard <= max(pair) + near
        for (low, high), pair in zip(pairwise(table.distances_m), pairwise(standards), strict=True)
    )


@given(st.integers(5, 100), st.integers(600, 6_000))
def test_r68_percent_and_graded_time_are_of_one_factor(age: int, seconds: int) -> None:
    """A runner's graded time, beside the open standard, has the same grade."""
    official = Duration(seconds * SECOND)
    grade = age_grade(official, age, 5_000, ROAD_2025["W"])
    assert grade is not None
    percent = Fraction(ROAD_2025["W"].open_s[1]) * SECOND * 100 / grade.graded_us
    assert abs(percent - Fraction(grade.percent)) < Fraction(6, 1_000)


@pytest.mark.parametrize(
    ("text", "code", "pointer"),
    [
        ("age,1000\nopen,100\n", "wrong_length", ""),
        ("", "wrong_length", ""),
        (TABLE.replace("0.5", "half"), "not_a_number", "/3"),
        (TABLE.replace("1000", "one km"), "not_a_number", "/1"),
        (TABLE.replace("100,200", "100,-200"), "out_of_range", "/2"),
        (TABLE.replace("0.5", "0"), "out_of_range", "/3"),
        (TABLE.replace("0.5", "NaN"), "out_of_range", "/3"),
        (TABLE.replace("0.5,", ""), "wrong_length", "/3"),
        (TABLE.replace("420", "420,500"), "wrong_length", "/2"),
        (TABLE.replace("30,", "thirty,"), "not_a_number", "/3"),
        (TABLE.replace("4000", "2000"), "unordered_distances", "/1"),
    ],
)
def test_a_table_of_ages_that_cannot_be_is_refused(text: str, code: str, pointer: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_age_table(text)
    assert (refused.value.code, refused.value.pointer) == (code, pointer)
