"""What a table is refused with, word for word: where it stands, a code for programs, and a sentence that helps."""

from collections.abc import Callable

import pytest

from app.domain.refusals import Invalid
from app.domain.units import Duration
from app.rules.age_grade import read_age_table
from app.rules.points import read_points
from app.rules.record_lists import exactly, read_records
from app.rules.relays import Takeover, check_takeovers
from app.rules.series import SeriesRules, check_series_rules
from app.rules.shipped import escaped, value_of
from tests.rules.test_age_grade import TABLE as AGES
from tests.rules.test_points import TABLE as POINTS
from tests.rules.test_tables import Table

RECORDS = """
name = "ours"
title = "Records"
source = "nobody"
as_of = "2026-01-01"
takes = { transponder_on_track = false, photo_finish_to_m = 0 }
[defaults]
code = "MR"
sex = "M"
distance_m = 100
surface = "track"
method = "photo_finish"
confidence = "H"
source = "nobody"
"""


def record(**fields: str) -> str:
    return "[[records]]\n" + "".join(f'{name} = "{value}"\n' for name, value in fields.items())


REFUSED: list[tuple[Callable[[], object], tuple[str, str, str]]] = [
    (
        lambda: check_series_rules(SeriesRules(points=(3,), best=0), "/series"),
        ("/series/best", "out_of_range", "at least one race counts"),
    ),
    (
        lambda: check_series_rules(SeriesRules(points=(3, 4)), "/series"),
        ("/series/points", "rising_points", "place 2 has 4 points, more than place 1 with 3"),
    ),
    (
        lambda: check_series_rules(SeriesRules(points=(5, 2), beyond=3)),
        ("/points", "rising_points", "place 3 has 3 points, more than place 2 with 2"),
    ),
    (
        lambda: check_takeovers([Takeover(1, Duration(1)), Takeover(4, Duration(2))], 4, "/takeovers"),
        (
            "/takeovers/1/leg",
            "out_of_range",
            "a relay of 4 legs has takeovers after legs 1 to 3, none after leg 4",
        ),
    ),
    (
        lambda: check_takeovers([Takeover(0, Duration(1))], 2),
        ("/0/leg", "out_of_range", "a relay of 2 legs has takeovers after legs 1 to 1, none after leg 0"),
    ),
    (
        lambda: read_age_table("age,1000\nopen,100\n"),
        ("", "wrong_length", "the table needs distances, open standards, and an age at least"),
    ),
    (
        lambda: read_age_table(AGES.replace("30,", "thirty,")),
        ("/3", "not_a_number", "row 3 begins with no age"),
    ),
    (
        lambda: read_age_table(AGES.replace("0.5", "half")),
        ("/3", "not_a_number", "row 3 holds something that is no number"),
    ),
    (
        lambda: read_age_table(AGES.replace("0.5", "0")),
        ("/3", "out_of_range", "row 3 holds a number that is not greater than zero"),
    ),
    (
        lambda: read_age_table(AGES.replace("0.5,", "")),
        ("/3", "wrong_length", "row 3 has 2 numbers, not 3"),
    ),
    (
        lambda: read_age_table(AGES.replace("4000", "2000")),
        ("/1", "unordered_distances", "distances come in ascending order"),
    ),
    (
        lambda: read_points(POINTS.replace("[{", '[{ sex = "M", distance_m = 100, a = "1", b = "2" }, {')),
        ("/scoring/0/formulas/1", "formula_twice", "this event has a formula already"),
    ),
    (
        lambda: exactly("ten", "/records/3"),
        ("/records/3/mark", "not_a_mark", "/records/3/mark: 'ten' is no mark: write seconds as 10.02, or 1:02:03.45"),
    ),
    (
        lambda: read_records(RECORDS + "[records]\nx = 1\n"),
        ("/records", "wrong_form", "/records: write each record as a table, [[records]]"),
    ),
    (
        lambda: read_records("records = [1]\n" + RECORDS),
        ("/records", "wrong_form", "/records: write each record as a table, [[records]]"),
    ),
    (
        lambda: read_records(RECORDS + record(mark="10.5", date="2020") + record(mark="10.6", date="2021")),
        (
            "/records/1/mark",
            "slower_record",
            "10.6 of 2021 is slower than 10.5 of 2020, which it would replace (R10):"
            " correct one of the two, or its date",
        ),
    ),
    (
        lambda: read_records(RECORDS + record(mark="10.5", date="2020") * 2),
        ("/records/1", "record_twice", "10.5 of 2020 is listed twice"),
    ),
    (
        lambda: read_records(RECORDS + record(mark="10.5", method="transponder")),
        ("/records/0/method", "not_eligible", "this list takes no 10.5 by transponder"),
    ),
    (
        lambda: read_records(RECORDS + record(mark="10.5", code="NR")),
        ("/records/0/of", "missing", "NR of which nation or area? Say it with `of`: NOR, EUR"),
    ),
    (
        lambda: read_records(RECORDS + record(mark="10.5", date="2020-02-30")),
        ("/records/0/date", "not_a_day", "there is no day '2020-02-30': write 2018-07-14, 2018-07 or 2018"),
    ),
    (
        lambda: value_of([], Table),
        ("", "wrong_form", "the table: expected `object`, got `array`"),
    ),
    (
        lambda: value_of({"rows": [{"name": "a"}, {"name": 1}]}, Table),
        ("/rows/1/name", "wrong_form", "rows[1].name: expected `str`, got `int`"),
    ),
    (
        lambda: value_of({"rows": [{"name": "a", "nmber": 1}]}, Table),
        ("/rows/0/nmber", "unknown_field", "'nmber' is no field of this table: there are name, number"),
    ),
]


@pytest.mark.parametrize(("given", "told"), REFUSED, ids=lambda value: value[2] if isinstance(value, tuple) else "")
def test_a_table_is_refused_in_these_words(given: Callable[[], object], told: tuple[str, str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        given()
    assert (refused.value.pointer, refused.value.code, refused.value.message) == told


def test_a_list_without_records_is_a_list() -> None:
    assert read_records(RECORDS).records == ()


@pytest.mark.parametrize(
    ("name", "step"),
    [("plain", "plain"), ("a/b", "a~1b"), ("a~b", "a~0b"), ("~1", "~01"), ("\ud800", "?"), ("x" * 101, "x" * 100)],
)
def test_a_name_is_a_step_of_a_json_pointer(name: str, step: str) -> None:
    assert escaped(name) == step
