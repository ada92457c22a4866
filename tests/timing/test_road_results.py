"""Mass starts on the road: statuses, splits, places and rulings (R45, R47, R65, R66, R70, R106)."""

import pytest

from app.domain.ids import EventId
from app.domain.meet import Category
from app.domain.units import Duration
from app.timing.standing import Standing
from tests.timing.builders import TWO_MATS, S, Script, mass_start, places, road


@pytest.mark.parametrize(
    ("reads", "status", "state"),
    [
        ({}, "DNS", "entered"),
        ({"start": 1}, "DNF", "started"),
        ({"start": 1, "half": 1200}, "DNF", "started"),
        ({"half": 1200}, "DNF", "started"),
        ({"half": 1200, "finish": 2400}, "OK", "finished"),
        ({"start": 1, "half": 1200, "finish": 2400}, "OK", "finished"),
        ({"start": 1, "finish": 2400}, "OK", "finished"),
    ],
)
def test_r65_status_by_reads_once_the_race_is_over(reads: dict[str, float], status: str, state: str) -> None:
    script = mass_start(points=road().points)
    script.reads("1", **reads)
    script.read("finish", "2", 50_000)
    line = script.lines()["1"]
    assert (line.status, line.state) == (status, state)
    assert ("no_start_read" in line.flags) == ("finish" in reads and "start" not in reads)
    assert ("missed_split" in line.flags) == ("finish" in reads and "half" not in reads)


def test_r65_nobody_has_not_started_before_the_start_has_closed_as_far_as_the_log_knows() -> None:
    script = mass_start()
    script.read("finish", "2", 5399)
    assert script.lines()["1"].status is None
    script.read("finish", "2", 5400)
    assert script.lines()["1"].status == "DNS"


def test_r65_a_reader_whose_clock_is_years_ahead_closes_no_start() -> None:
    script = mass_start()
    script.read("finish", "2", 80 * 365 * 86_400)
    assert script.lines()["1"].status is None


def test_a_finish_read_a_day_after_the_gun_is_no_finish() -> None:
    script = mass_start()
    script.reads("1", start=1, finish=24 * 3_600)
    script.reads("2", start=1, finish=24 * 3_600 - 1)
    lines = script.lines()
    assert (lines["1"].elapsed_us, lines["2"].mark) == (None, "23:59:59")


def test_r65_a_runner_on_the_course_is_not_out_until_the_race_is_over() -> None:
    script = mass_start()
    script.read("start", "1", 1)
    script.read("finish", "2", 9_000)
    assert (script.lines()["1"].status, script.lines()["1"].state) == (None, "started")


@pytest.mark.parametrize(
    ("finish", "status", "mark", "flags"),
    [(5399.2, "OK", "1:30:00", ()), (5400, "OK", "1:30:00", ()), (5400.3, "DNF", "1:30:01", ("CUT",))],
)
def test_r66_behind_the_cut_off_the_time_is_kept_without_a_place(
    finish: float, status: str, mark: str, flags: tuple[str, ...]
) -> None:
    script = mass_start(cut_off_us=Duration(5_400 * S))
    script.reads("1", start=0, finish=finish)
    line = script.lines()["1"]
    assert (line.status, line.mark, line.flags) == (status, mark, flags)
    assert line.place == (1 if status == "OK" else None)


def test_r70_splits_are_on_the_clock_that_ranks() -> None:
    for ranking, split in (("gun", 1_200), ("net", 1_190)):
        script = mass_start(ranking=ranking, points=road().points)
        script.reads("1", start=10, half=1200, finish=2400)
        assert script.lines()["1"].splits[0].elapsed_us == split * S


def test_a_point_ranks_at_its_split() -> None:
    script = mass_start(points=road().points)
    script.reads("1", start=0, half=1200, finish=2500)
    script.reads("2", start=0, half=1300, finish=2400)
    script.reads("3", start=0, half=1250)
    assert places(script, point="5k") == {"1": 1, "3": 2, "2": 3, "4": None}
    assert [s.place for s in script.lines()["2"].splits] == [3, 1]


def test_r45_equal_marks_are_no_tie_on_the_road_and_equal_microseconds_are() -> None:
    script = mass_start()
    for bib, finish in zip("1234", (2412.201, 2412.640, 2412.640, 2412.641), strict=True):
        script.reads(bib, start=0, finish=finish)
    lines = script.lines()
    assert {line.mark for line in lines.values()} == {"40:13"}
    assert [lines[bib].place for bib in "1234"] == [1, 2, 2, 4]


def test_r47_a_disqualification_moves_everyone_below_up_and_its_reversal_back() -> None:
    script = mass_start()
    for bib, finish in zip("1234", (2400, 2410, 2420, 2430), strict=True):
        script.reads(bib, start=0, finish=finish)
    script.rule("2", "dq", rule="TR17.3")
    assert places(script) == {"1": 1, "3": 2, "4": 3, "2": None}
    line = script.lines()["2"]
    assert (line.status, line.elapsed_us, line.mark) == ("DQ", None, None)
    script.rule("2", "reinstate")
    assert places(script) == {"1": 1, "2": 2, "3": 3, "4": 4}


def test_rulings_count_in_log_order() -> None:
    script = mass_start()
    script.reads("1", start=0, finish=2400)
    for kind, given, status, elapsed in (
        ("penalty", 10, "OK", 2_410),
        ("time", 2_395, "OK", 2_395),
        ("dnf", None, "DNF", None),
        ("dns", None, "DNS", None),
        ("withdrawn", None, "DNS", None),
        ("reinstate", None, "OK", 2_395),
    ):
        script.rule("1", kind, elapsed_us=None if given is None else Duration(given * S))
        line = script.lines()["1"]
        assert (line.status, line.elapsed_us) == (status, None if elapsed is None else elapsed * S)


def test_guests_are_timed_without_a_place() -> None:
    script = mass_start()
    script.runner("9", role="guest")
    script.reads("9", start=0, half=1100, finish=2300)
    script.reads("1", start=0, finish=2400)
    lines = script.lines()
    assert (lines["9"].place, lines["9"].mark, lines["9"].flags) == (None, "38:20", ("OC",))
    assert (lines["1"].place, lines["1"].place_sex) == (1, 1)


def test_r106_a_pacer_who_finishes_has_a_normal_result_and_a_note() -> None:
    script = mass_start()
    script.runner("9", role="pacer")
    script.reads("9", start=0, finish=2300)
    assert (script.lines()["9"].place, script.lines()["9"].flags) == (1, ("pacemaker",))


def test_places_by_sex_and_within_sex_and_category() -> None:
    script = Script()
    script.event(
        spec=road(points=TWO_MATS, categories=(Category(name="U40", max_age=39), Category(name="40+", min_age=40)))
    )
    field = (
        ("1", "M", 30, None),
        ("2", "W", 30, None),
        ("3", "M", 50, None),
        ("4", "M", 30, "own"),
        ("5", "W", None, None),
    )
    for bib, sex, age, category in field:
        script.runner(bib, sex=sex, age=age, category=category)
    script.draw()
    script.gun()
    for bib, *_ in field:
        script.reads(bib, start=0, finish=2400 + int(bib))
    lines = script.lines()
    got = [
        (line.place, line.place_sex, line.category, line.place_category) for line in (lines[bib] for bib, *_ in field)
    ]
    assert got == [(1, 1, "U40", 1), (2, 1, "U40", 1), (3, 2, "40+", 1), (4, 3, "own", 1), (5, 2, None, None)]
    assert list(script.lines(sex="W")) == ["2", "5"]
    assert list(script.lines(sex="M", category="U40")) == ["1"]


def test_one_line_for_each_registration_in_the_order_of_a_sheet() -> None:
    script = mass_start()
    for bib in ("5", "6", "7", "10", "11"):
        script.runner(bib, role="guest" if bib == "7" else "competitor")
    script.reads("2", start=0, finish=2400)
    script.reads("1", start=0, finish=2410)
    script.reads("7", start=0, finish=2300)
    script.reads("10", start=0)
    script.rule("5", "dq")
    script.rule("6", "dnf")
    script.rule("3", "dns")
    assert list(script.lines()) == ["2", "1", "10", "6", "5", "7", "4", "11", "3"]


def test_a_table_does_not_change_once_it_is_made() -> None:
    script = mass_start()
    script.reads("1", start=0, finish=2400)
    projection = script.project()
    before = projection.table(EventId("e"))
    seen: list[Standing] = before.rows(0, 4)
    script.read("finish", "2", 2300)
    projection.apply(reads=script.rows(script.log[-1:]))
    assert before.rows(0, 4) == seen
    assert projection.table(EventId("e")).rows(0, 1)[0].bib == "2"
