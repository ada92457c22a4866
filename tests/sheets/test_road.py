"""What sheets of road races have beside places and times: the second half, and age groups in the book."""

from dataclasses import replace
from typing import Any

import pytest

from app.domain.meet import Category
from app.sheets.sheet import Sheet, Table
from tests.sheets.golden import sheets
from tests.sheets.meets import MEET, Small, road_race
from tests.timing.builders import Script, points, road, track


def column(table: Table, key: str) -> list[object]:
    index = [one.key for one in table.columns].index(key)
    return [row.cells[index] for row in table.rows]


def raced(**changes: Any) -> Sheet:
    """One runner whose second half was faster, and one of whom only the time since the gun says so."""
    small = Small(Script())
    small.script.event("e", replace(road(), **changes))
    small.runner("e", "1", "Runner1")
    small.runner("e", "2", "Runner2")
    small.script.draw("e")
    small.script.gun("e/final/1")
    for bib, times in {"1": (0, 890.4, 1_780.5), "2": (60, 960.2, 1_870.6)}.items():
        for place, seconds in zip(("start", "5k", "finish"), times, strict=True):
            small.script.read(place, bib, seconds)
    return small.sheet("event", "e", "results")


def test_the_second_half_is_what_the_printed_times_differ_by_r53() -> None:
    made = raced().tables[0]
    assert column(made, "mark") == ["29:41", "31:11"]
    assert column(made, "split 5k") == ["14:51", "16:01"]
    assert column(made, "second_half") == ["14:50", "15:10"]


def test_a_faster_second_half_has_a_minus_and_the_legend_tells_it_r70() -> None:
    made = raced()
    assert column(made.tables[0], "negative_split") == ["−", None], (
        "who crossed the start a minute late ran 15:00, 15:10"
    )
    assert dict(made.legend)["−"] == "second half faster than the first (net)"


def test_the_second_half_stands_behind_the_point_half_way() -> None:
    every = points(("start", 0), ("3k", 3_000), ("5k", 5_000), ("8k", 8_000), ("finish", 10_000))
    keys = [one.key for one in raced(points=every).tables[0].columns]
    assert keys[-5:] == ["split 3k", "split 5k", "second_half", "negative_split", "split 8k"]


def test_without_a_point_half_way_there_is_no_second_half() -> None:
    every = points(("start", 0), ("6k", 6_000, "5k"), ("finish", 10_000))
    assert "second_half" not in [one.key for one in raced(points=every).tables[0].columns]


def test_nothing_is_said_of_who_was_not_read_half_way_or_did_not_arrive() -> None:
    small = road_race()
    table = small.sheet("event", "10k", "results").tables[0]
    assert [half is None for half in column(table, "second_half")[5:]] == [True, True, True, True, False, True]


def test_a_race_on_the_track_has_no_such_column() -> None:
    small = Small(Script())
    small.script.event("e", replace(track(800), points=points(("start", 0), ("400", 400), ("finish", 800))))
    assert "second_half" not in [one.key for one in small.sheet("event", "e", "results").tables[0].columns]


def test_the_book_of_a_road_race_has_its_age_groups() -> None:
    book = sheets("road", "meet", MEET, "book")
    assert [one.subject for one in book if one.title == "RESULTS"] == ["Harbour 10 km", "Harbour 10 km – By category"]


@pytest.mark.parametrize("groups", [(), (Category(name="M40", sex="M", min_age=40, max_age=120),)], ids=len)
def test_where_nobody_has_a_category_the_book_has_no_such_part(groups: tuple[Category, ...]) -> None:
    small = Small(Script())
    small.script.event("e", replace(road(), categories=groups))
    small.runner("e", "1", "Runner1", age=44)
    titles = [one.title for one in small.sheets("meet", MEET, "book")]
    assert titles.count("RESULTS") == 1 + len(groups)


def test_results_say_that_nobody_has_started_before_there_is_a_draw_and_speak_of_splits_only_with_some() -> None:
    small = Small(Script())
    small.script.event("e", road())
    small.runner("e", "1", "Runner1")
    assert small.sheet("event", "e", "results").notes == ("This race has not started.",)
    assert "Splits on gun time." in raced().notes
    small.script.draw("e")
    small.script.gun("e/final/1")
    small.script.read("start", "1", 0)
    small.script.read("finish", "1", 1_800.0)
    assert "Splits on gun time." not in small.sheet("event", "e", "results").notes
