"""Mass starts on the road: which clock counts, and which reads (R7, R60–R64)."""

import pytest

from app.domain.ids import EventId
from tests.timing.builders import TWO_MATS, S, Script, at, mass_start, places, road


@pytest.mark.parametrize(
    ("start", "finish", "gun_mark", "net_us"),
    [(12.1, 2412.2, "40:13", 2_400_100_000), (0.0, 2330.01, "38:51", 2_330_010_000), (None, 2412.2, "40:13", None)],
)
def test_r7_gun_time_is_official_and_net_is_made_from_raw_times(
    start: float | None, finish: float, gun_mark: str, net_us: int | None
) -> None:
    script = mass_start()
    if start is not None:
        script.read("start", "1", start)
    script.read("finish", "1", finish)
    line = script.lines()["1"]
    assert (line.mark, line.net_us, line.gun_us) == (gun_mark, net_us, round(finish * S))


@pytest.mark.parametrize(("ranking", "order"), [("gun", {"1": 1, "2": 2}), ("net", {"1": 2, "2": 1})])
def test_r60_the_organizer_chooses_the_clock_that_ranks(ranking: str, order: dict[str, int]) -> None:
    script = mass_start(ranking=ranking)
    script.reads("1", start=1, finish=1810)
    script.reads("2", start=13, finish=1811)
    assert {bib: place for bib, place in places(script).items() if place} == order


def test_r60_net_without_a_start_read_falls_back_to_gun_and_says_so() -> None:
    script = mass_start(ranking="net")
    script.read("finish", "1", 1800)
    line = script.lines()["1"]
    assert (line.elapsed_us, line.net_us, line.flags) == (1_800 * S, None, ("no_start_read",))


def test_r61_gun_time_counts_from_the_gun_of_the_own_wave() -> None:
    script = Script()
    script.event()
    script.runner("1", wave="A")
    script.runner("2", wave="B")
    for heat, seconds in zip(script.draw(waves=("A", "B")), (0, 300), strict=True):
        script.gun(heat, seconds)
    script.reads("1", start=2, finish=2700)
    script.reads("2", start=302, finish=2700)
    lines = script.lines()
    assert [(lines[bib].mark, lines[bib].place) for bib in "12"] == [("45:00", 2), ("40:00", 1)]
    assert not any("wave_mismatch" in line.flags for line in lines.values())


@pytest.mark.parametrize(("wave", "start"), [("A", 310), ("A", 300), ("B", 9)])
def test_r61_a_start_with_another_wave_is_flagged_and_timed_from_the_own_one(wave: str, start: float) -> None:
    script = Script()
    script.event()
    script.runner("1", wave=wave)
    for heat, seconds in zip(script.draw(waves=("A", "B")), (0, 300), strict=True):
        script.gun(heat, seconds)
    for place in ("start", "finish"):
        script.source(place)
    one_at_a_time, before = script.project(), script.head
    one_at_a_time.table(EventId("e"))
    script.reads("1", start=start, finish=2700)
    line = script.lines()["1"]
    assert "wave_mismatch" in line.flags
    for entry in script.log[before:]:
        one_at_a_time.apply(reads=script.rows([entry]))
    assert one_at_a_time.table(EventId("e")).rows(0, 1) == [line]
    assert line.gun_us == {"A": 2_700, "B": 2_400}[wave] * S


@pytest.mark.parametrize(
    ("reads", "start"),
    [((-40, -3, 9.2, 9.9), 9.9), ((-3,), 0), ((-40,), None), ((-5,), 0), ((5400,), 5400), ((5401,), None)],
)
def test_r62_the_last_read_in_the_start_window_counts_and_before_the_gun_counts_as_the_gun(
    reads: tuple[float, ...], start: float | None
) -> None:
    script = mass_start()
    for seconds in reads:
        script.read("start", "1", seconds)
    script.read("finish", "1", 9000)
    assert script.lines()["1"].net_us == (None if start is None else round((9000 - start) * S))


def test_r62_the_first_valid_read_at_the_finish_counts() -> None:
    script = mass_start()
    script.reads("1", start=9.9)
    for seconds in (600, 2415, 2412.2):
        script.read("finish", "1", seconds)
    assert script.lines()["1"].gun_us == 2_412_200_000


def test_r62_walking_over_the_start_mat_after_the_race_is_no_start() -> None:
    script = mass_start()
    script.reads("1", start=10, finish=2100)
    script.read("start", "1", 2400)
    assert script.lines()["1"].net_us == 2_090 * S


@pytest.mark.parametrize(("seconds", "split"), [(300, None), (760, "12:40")])
def test_r63_a_read_that_would_be_too_fast_is_a_ghost(seconds: float, split: str | None) -> None:
    script = mass_start(points=road().points)
    script.reads("1", start=0, half=seconds, finish=2400)
    line = script.lines()["1"]
    assert [s.mark for s in line.splits] == ([split, "40:00"] if split else ["40:00"])
    assert line.flags == (() if split else ("missed_split", "ghost_read"))
    assert (line.status, line.place) == ("OK", 1)


def test_r63_reads_at_two_places_within_200_ms_are_both_ghosts() -> None:
    script = mass_start(points=road().points)
    script.reads("1", start=0, half=2400.2, finish=2400)
    assert script.lines()["1"].status is None
    script.read("finish", "1", 2500)
    assert script.lines()["1"].gun_us == 2_500 * S


@pytest.mark.parametrize(
    ("start", "half", "net", "splits"),
    [
        pytest.param((10, 900), 900.2, 2_390, ["40:00"], id="neither is trusted"),
        pytest.param((10, 900.2), 900, 2_390, ["40:00"], id="whichever comes first"),
        pytest.param((10, 900), 900.201, 1_500, ["40:00"], id="more than 200 ms apart"),
        pytest.param((-3, 900), 900, 2_400, ["40:00"], id="seen before the gun"),
        pytest.param((10, 20), 20, 2_380, ["40:00"], id="a mat beside the start, as the runner leaves"),
        pytest.param((900,), 900, 1_500, ["40:00"], id="a late starter beside another mat"),
        pytest.param((899, 900), 900.2, 1_500, ["40:00"], id="a late starter who was seen twice"),
        pytest.param((10, 2_400.1), 900, 2_390, ["15:00", "40:00"], id="back at the start with the finish"),
    ],
)
def test_r63_a_read_at_the_start_beside_one_elsewhere(
    start: tuple[float, ...], half: float, net: int, splits: list[str]
) -> None:
    script = mass_start(points=road().points)
    for when in start:
        script.read("start", "1", when)
    script.reads("1", half=half, finish=2_400)
    line = script.lines()["1"]
    assert (line.status, line.net_us) == ("OK", net * S)
    assert [split.mark for split in line.splits] == splits


def test_a_stray_late_read_on_the_course_costs_no_finish() -> None:
    script = mass_start(points=road().points)
    script.reads("1", start=0, finish=2400)
    script.read("5k", "1", 2300)
    line = script.lines()["1"]
    assert (line.gun_us, line.flags) == (2_400 * S, ("missed_split", "ghost_read"))


def test_r64_a_chip_handed_out_late_gets_the_reads_stored_before() -> None:
    script = mass_start()
    script.read("finish", "1", 2400, chip="late")
    assert script.lines()["1"].status != "OK"
    script.chip("late", "1")
    assert script.lines()["1"].gun_us == 2_400 * S


def test_r64_of_two_chips_on_one_bib_the_earliest_valid_read_wins() -> None:
    script = mass_start()
    script.chip("second", "1")
    script.read("finish", "1", 2400.5)
    script.read("finish", "1", 2400.1, chip="second")
    assert script.lines()["1"].gun_us == 2_400_100_000


def test_a_chip_moved_to_another_runner_counts_for_each_in_its_time() -> None:
    script = Script()
    script.event(spec=road(points=TWO_MATS))
    for bib in "12":
        script.runner(bib, chips=())
    script.chip("C", "1", until=at(2450))
    script.chip("C", "2", since=at(2450))
    script.draw()
    script.gun()
    script.read("finish", "1", 2400, chip="C")
    script.read("finish", "2", 2500, chip="C")
    assert [script.lines()[bib].gun_us for bib in "12"] == [2_400 * S, 2_500 * S]


def test_a_main_reader_is_believed_before_a_backup_beside_it() -> None:
    script = mass_start()
    script.source("finish", "finish-backup", role="backup")
    script.read("finish-backup", "1", 2400.0)
    assert script.lines()["1"].gun_us == 2_400 * S
    script.read("finish", "1", 2400.4)
    script.read("finish-backup", "2", 2390)
    script.read("finish", "2", 2395.1)
    lines = script.lines()
    assert [lines[bib].gun_us for bib in "12"] == [2_400_400_000, 2_390 * S]


def test_a_corrected_clock_moves_every_time_of_its_source() -> None:
    script = mass_start()
    script.reads("1", start=0, finish=2400)
    script.source("finish", offset_us=-1_500_000)
    assert script.lines()["1"].gun_us == 2_398_500_000
