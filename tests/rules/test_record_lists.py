"""R50, R71, R87: lists of records, and what of them stands above a sheet."""

from dataclasses import replace

import pytest

from app.domain.meet import Sex
from app.domain.records import Takes
from app.domain.refusals import Invalid
from app.rules.broken_records import broken_records
from app.rules.record_lists import (
    RETRO,
    WORLD,
    check_records,
    read_records,
    records_block,
    standing,
    with_words,
    without_words,
)
from app.rules.records import Runner, mark_of
from app.rules.rounding import HUNDREDTH, TENTH
from tests.rules.record_scenes import DAY, NORWEGIAN, NR, event, listed, race, record


def test_r50_the_block_has_what_stood_before_the_day() -> None:
    history = [record("WR", "9.69", date="2008-08-16"), record("WR", "9.58", date="2009-08-16")]
    marks = {
        day: [mark_of(held) for held in records_block([listed(*history)], event(), NORWEGIAN, day)]
        for day in ("2008-08-16", "2008-08-17", "2009-08-16", "2026-06-14")
    }
    assert marks == {"2008-08-16": [], "2008-08-17": ["9.69"], "2009-08-16": ["9.69"], "2026-06-14": ["9.58"]}


def test_r50_the_block_is_in_the_order_of_printing_and_for_whom_it_is_asked() -> None:
    lists = [listed(NR, record("WR", "9.58")), listed(record("MR", "9.95"), record("AR", "9.80", of="EUR"))]
    codes_of = [held.code for held in records_block(lists, event(), NORWEGIAN, DAY)]
    assert codes_of == ["WR", "AR", "NR", "MR"]
    assert [held.code for held in records_block(lists, event(), Runner(sex="M"), DAY)] == ["WR", "MR"]
    assert [held.code for held in records_block(lists, event(), NORWEGIAN, DAY, codes=("WR", "NR"))] == ["WR", "NR"]


def test_a_shared_record_has_all_its_holders() -> None:
    shared = [
        replace(NR, holder="A"),
        replace(NR, holder="B", date="2021"),
        record("NR", "9.85", of="NOR", date="2019"),
    ]
    [held] = standing(listed(*shared), DAY).values()
    assert [one.holder for one in held] == ["A", "B"]


RETRO_MARKS = {
    "M": "100 13.17, 200 30.33, 400 1:08.34, 800 2:31, 1000 3:18.43, 1500 5:01.02, 1609 road 5:30, 3000 11:00.56, "
    "5000 19:16.99, 10000 38:50.01, 10000 road 39:20, 21098 road 1:35:49, 42195 road 3:38:27, 4x100 1:02.07, "
    "4x400 5:36.40",
    "W": "100 17.80, 200 37.94, 400 1:29.00, 800 3:50.00, 1000 4:20, 1500 8:06.00, 5000 24:11.60, 10000 51:53.20, "
    "21098 road 2:16:03, 42195 road 4:26:06, 4x400 10:40.50",
}


@pytest.mark.parametrize("sex", ["M", "W"])
def test_r87_the_best_marks_backwards(sex: Sex) -> None:
    found = []
    for contest, [held] in standing(RETRO, DAY).items():
        if contest.sex == sex:
            legs = f"{contest.relay_legs}x" if contest.relay_legs > 1 else ""
            road = " road" if contest.surface == "road" else ""
            found.append(f"{legs}{contest.distance_m}{road} {mark_of(held)}")
    assert ", ".join(found) == RETRO_MARKS[sex]


def test_r87_every_mark_has_a_source_and_says_how_sure_it_is() -> None:
    assert all(held.source and held.direction == "backward" and held.code == "WB" for held in RETRO.records)
    sure = {(held.sex, mark_of(held)) for held in RETRO.records if held.confidence == "H"}
    assert sure == {("M", "38:50.01"), ("M", "39:20"), ("W", "2:16:03")}


def test_r87_the_mark_before_stood_until_it_was_broken() -> None:
    sprint = event(direction="backward")
    before, after = (
        [(mark_of(held), held.holder, held.nation) for held in records_block([RETRO], sprint, Runner(sex="M"), day)]
        for day in ("2022-06-05", "2022-06-06")
    )
    assert before == [("13.6", "R. Wegner", "GER")]
    assert after == [("13.17", "C. Lopez Rodriguez", "ESP")]


def test_r71_world_records_at_5_and_10_km() -> None:
    held = {(r.sex, r.distance_m, r.surface): mark_of(r) for r in WORLD.records}
    assert held == {
        ("M", 5_000, "road"): "12:49",
        ("M", 10_000, "road"): "26:24",
        ("W", 5_000, "road"): "13:54",
        ("W", 10_000, "road"): "28:46",
        ("M", 5_000, "track"): "12:35.36",
        ("M", 10_000, "track"): "26:11.00",
        ("W", 10_000, "track"): "28:54.14",
    }


LIST = """
name = "club"
title = "Club records"
source = "the club"
as_of = "2026-01-01"
[takes]
[defaults]
code = "KR"
sex = "M"
surface = "track"
confidence = "H"
[[records]]
distance_m = 100
mark = "10.71"
source = "results"
date = "2019-05-04"
method = "photo_finish"
[[records]]
distance_m = 100
mark = "10.70"
source = "results"
date = "2021-05-04"
"""


def test_an_organizers_list_is_read() -> None:
    club = read_records(LIST)
    assert (club.name, club.takes) == ("club", Takes())
    first, second = club.records
    assert (first.mark_us, first.unit_us, first.code) == (10_710_000, HUNDREDTH, "KR")
    assert [mark_of(held) for held in records_block([club], event(), Runner(sex="M"), DAY, codes=("KR",))] == [
        mark_of(second)
    ]


def test_marks_are_as_exact_as_they_are_written() -> None:
    club = read_records(
        LIST.replace('"10.70"\n', '"10.7"\nmethod = "hand"\n').replace("[takes]", "[takes]\nphoto_finish_to_m = 0")
    )
    assert (club.records[1].unit_us, mark_of(club.records[1])) == (TENTH, "10.7h")


def test_a_mark_may_be_given_in_microseconds() -> None:
    exact = LIST.replace('mark = "10.71"', "mark_us = 10_710_000\nunit_us = 10_000")
    assert read_records(exact) == read_records(LIST)


def test_two_marks_of_one_day_are_no_step_back() -> None:
    one_day = LIST.replace("2021", "2019").replace('"10.71"', '"10.69"')
    assert len(read_records(one_day).records) == 2


def test_r71_a_long_relay_may_be_timed_by_hand() -> None:
    by_hand = LIST.replace("distance_m = 100\n", "distance_m = 400\nrelay_legs = 4\n").replace("photo_finish", "hand")
    assert [held.method for held in read_records(by_hand).records] == ["hand", None]


def test_a_list_may_be_empty() -> None:
    empty = LIST[: LIST.index("[[records]]")].replace("[takes]", "records = []\n[takes]")
    assert read_records(empty).records == ()


@pytest.mark.parametrize(
    ("old", "new", "code", "pointer"),
    [
        ('"10.70"', '"10.72"', "slower_record", "/records/1/mark"),
        ('"10.71"', '"fast"', "not_a_mark", "/records/0/mark"),
        ('mark = "10.71"', "mark_us = 0\nunit_us = 1", "wrong_form", "/records/0/mark_us"),
        ('mark = "10.71"', "mark_us = 1\nunit_us = 0", "wrong_form", "/records/0/unit_us"),
        ('"10.71"', "10.71e", "not_toml", ""),
        ('"H"', '"certain"', "wrong_form", "/records/0/confidence"),
        ('"2019-05-04"', '"4 May 2019"', "wrong_form", "/records/0/date"),
        ('"2019-05-04"', "2019-05-04", "wrong_form", "/records/0/date"),
        ('"2019-05-04"', '"2019-13"', "wrong_form", "/records/0/date"),
        ('"photo_finish"', '"hand"', "not_eligible", "/records/0/method"),
        ("method =", "metod =", "unknown_field", "/records/0/metod"),
        ('source = "results"\ndate = "2019', 'date = "2019', "wrong_form", "/records/0"),
        (
            '"10.70"\nsource = "results"\ndate = "2021',
            '"10.71"\nsource = "results"\ndate = "2019',
            "record_twice",
            "/records/1",
        ),
        ("[takes]", "[takes]\nwinds = true", "unknown_field", "/takes/winds"),
        ("[defaults]", "[default]", "wrong_form", "/records/0"),
    ],
)
def test_a_list_that_cannot_be_is_refused(old: str, new: str, code: str, pointer: str) -> None:
    assert old in LIST
    with pytest.raises(Invalid) as refused:
        read_records(LIST.replace(old, new))
    assert (refused.value.code, refused.value.pointer) == (code, pointer)


def test_records_that_are_no_tables_are_refused() -> None:
    with pytest.raises(Invalid, match="each record as a table"):
        read_records(LIST[: LIST.index("[takes]")] + "records = [1]\n[takes]\n")


def test_an_equalled_record_is_no_slower_one() -> None:
    assert len(read_records(LIST.replace('"10.70"', '"10.71"')).records) == 2


@pytest.mark.parametrize(("day", "pointer"), [("2019-02-29", "/records/0/date"), ("0000", "/records/0/date")])
def test_a_day_that_there_is_not_is_refused(day: str, pointer: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_records(LIST.replace("2019-05-04", day))
    assert (refused.value.code, refused.value.pointer) == ("not_a_day", pointer)


@pytest.mark.parametrize("code", ["NR", "AR"])
def test_a_national_record_is_of_a_nation(code: str) -> None:
    with pytest.raises(Invalid, match="of which nation or area") as refused:
        check_records(listed(record(code, "9.90")))
    assert (refused.value.code, refused.value.pointer) == ("missing", "/records/0/of")


def test_a_list_without_takes_takes_what_the_rules_of_the_event_say() -> None:
    by_hand = race(("7", "9.7"), method="hand")
    lists = [listed(record("MR", "9.90"), takes=None)]
    assert broken_records([by_hand], lists) == {}
    assert broken_records([replace(by_hand, takes=Takes(photo_finish_to_m=0))], lists) == {("final", "7"): ["MR"]}
    read = read_records(LIST.replace("[takes]", "").replace("photo_finish", "hand"))
    assert read.takes is None


def test_names_and_sources_stand_apart_from_the_list_and_come_back() -> None:
    held, words = without_words([RETRO, WORLD])
    assert with_words(held, words) == (RETRO, WORLD)
    assert "Wegner" in words
    assert "Wegner" not in str(held)
    assert "recordholders" not in str(held)
    assert [(one.title, one.source) for one in held] == [("", "")] * 2
    assert with_words(held, "") == held
