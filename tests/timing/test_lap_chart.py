"""The lap chart of a heat: laps, positions, what is left, who is about to be lapped (R18, R53, R93, R101–R105)."""

from collections.abc import Iterable
from typing import Any

import pytest

from app.domain.ids import Bib
from app.domain.units import Duration
from tests.timing.builders import S, Script, at, points, track
from tests.timing.lap_scenes import HEAT, chart, laps, of, race


def test_r53_lap_times_are_differences_of_official_times_so_that_the_column_adds_up() -> None:
    script = race(laps(1_200), {"1": (60.01, 120.09, 180.11)})
    found = of(script, "1").crossings
    assert [one.mark for one in found] == ["1:00.1", "2:00.1", "3:00.2"]
    assert [one.lap for one in found] == ["1:00.1", "1:00.0", "1:00.1"]
    assert sum(one.lap_us for one in found) == found[-1].elapsed_us


def test_r53_positions_and_gaps_are_those_at_the_point() -> None:
    script = race(laps(800), {"1": (60, 130), "2": (61.5, 121)})
    assert [(one.place, one.gap_us) for one in of(script, "2").crossings] == [(2, 1_500_000), (1, 0)]
    assert [(one.place, one.gap_us) for one in of(script, "1").crossings] == [(1, 0), (2, 9 * S)]


def test_who_crosses_a_point_level_shares_the_place() -> None:
    script = race(laps(800), {"1": (60,), "2": (60,), "3": (61,)})
    assert [of(script, bib).crossings[0].place for bib in "123"] == [1, 1, 3]


def test_r18_r53_the_leader_at_each_point_is_the_first_by_time_and_then_by_bib() -> None:
    script = race(laps(1_200), {"10": (60, 121), "9": (60, 122)})
    assert [(one.point, one.bib, one.mark) for one in chart(script).leaders] == [
        ("400 m", "9", "1:00.0"),
        ("800 m", "10", "2:01.0"),
    ]


def test_r18_below_800_m_no_laps_are_recorded() -> None:
    spec = track(400, timing="transponder", points=points(("start", 0), ("200 m", 200), ("finish", 400)))
    script = Script()
    script.event(spec=spec)
    script.runner("1")
    script.draw()
    script.gun()
    script.read("200 m", "1", 30)
    assert chart(script).leaders == []
    assert of(script, "1").crossings[0].point == "200 m"


@pytest.mark.parametrize(
    ("crossed", "done", "to_go", "bell"),
    [
        ((), 0, 25, False),
        ([75.0 * k for k in range(1, 24)], 23, 2, False),
        ([75.0 * k for k in range(1, 25)], 24, 1, True),
    ],
)
def test_r103_laps_to_go_and_the_bell(crossed: Iterable[float], done: int, to_go: int, bell: bool) -> None:
    found = of(race(laps(10_000), {"1": crossed}), "1")
    assert (found.laps_done, found.laps_to_go, found.bell) == (done, to_go, bell)


def test_the_bell_does_not_ring_for_who_has_finished_or_is_out() -> None:
    script = race(laps(800), {"1": (60, 120), "2": (60,)})
    assert of(script, "2").bell
    script.rule("2", "dnf")
    assert [(of(script, bib).laps_to_go, of(script, bib).bell) for bib in "12"] == [(0, False), (0, False)]


def test_r104_who_is_a_lap_down_is_behind_everybody_on_the_lap_of_the_winner() -> None:
    winner, second = [72.0 * k for k in range(1, 26)], [73.0 * k for k in range(1, 25)]
    lapped = [74.9 * k for k in range(1, 25)]
    script = race(laps(10_000), {"1": winner, "2": lapped, "3": second})
    found = chart(script)
    assert [(one.bib, one.laps_done) for one in found.runners] == [("1", 25), ("3", 24), ("2", 24)]
    assert [one.status for one in found.runners] == ["OK", None, None]


def down(script: Script) -> dict[str, int]:
    return {one.bib: one.laps_down for one in chart(script).runners}


def test_r104_who_has_not_come_round_yet_is_no_lap_down_for_that() -> None:
    leader = [60.0 * k for k in range(1, 5)]
    assert down(race(laps(4_000), {"1": leader, "2": (62, 124, 186), "3": (70, 140, 210), "4": ()})) == {
        "1": 0,
        "2": 0,
        "3": 0,
        "4": 0,
    }


def test_r104_laps_down_are_those_the_leader_had_gained_when_the_runner_crossed() -> None:
    leader = [60.0 * k for k in range(1, 10)]
    slow = {"2": (100, 200), "3": (130, 260, 390), "4": (90, 179.999), "5": (90, 180)}
    assert down(race(laps(4_000), {"1": leader, **slow})) == {"1": 0, "2": 1, "3": 3, "4": 0, "5": 1}


def test_r104_a_lap_is_gained_on_the_first_by_time_whoever_that_is_on_each_lap() -> None:
    crossed = {"1": (60, 120, 185, 250), "2": (62, 125, 180, 240), "3": (100, 239), "4": (100, 240)}
    assert down(race(laps(4_000), crossed)) == {"1": 0, "2": 0, "3": 1, "4": 2}


def test_r104_who_has_run_the_full_distance_is_no_lap_down() -> None:
    script = race(laps(1_200), {"1": (60, 120, 180), "2": (90, 185, 280), "3": (90, 185)})
    assert down(script) == {"1": 0, "2": 0, "3": 1}


def test_r104_nobody_is_a_lap_down_on_a_guest_or_on_who_is_disqualified() -> None:
    script = race(laps(4_000), {"1": (60, 120, 180), "2": (62, 124, 186), "3": (100, 200)}, bib1="guest")
    script.rule("2", "dq")
    assert down(script) == {"1": 0, "2": 0, "3": 0}


def test_nobody_who_is_out_has_a_place_or_a_gap_at_the_finish() -> None:
    script = race(laps(800), {"1": (61, 121), "2": (60, 120)})
    script.rule("2", "dnf")
    found = {one.bib: one.crossings[-1] for one in chart(script).runners}
    assert [(found[Bib(bib)].place, found[Bib(bib)].gap_us) for bib in "12"] == [(1, 0), (None, None)]
    assert [(one.point, one.bib) for one in chart(script).leaders] == [("400 m", "2"), ("finish", "1")]


def test_a_page_of_a_chart_is_a_part_of_the_whole() -> None:
    crossed = {str(n): [60.0 + n, 125.0 + 2 * n][: n % 3] for n in range(1, 12)}
    projection = race(laps(1_200), crossed).project()
    whole, page = projection.lap_chart(HEAT), projection.lap_chart(HEAT, 3, 7)
    assert page.runners == whole.runners[3:7]
    assert (page.total, page.leaders, page.caught) == (11, whole.leaders, whole.caught)


def test_r105_the_last_lap_and_the_last_kilometre() -> None:
    spec = laps(3_000, ("2000 m", 2_000, "200 m"))
    script = race(spec, {"1": [35.0 + 70 * k for k in range(8)]})
    script.read("200 m", "1", 350.5)
    found = of(script, "1")
    assert (found.last_lap, found.last_kilometre) == ("1:10.0", "2:54.5")
    assert of(race(laps(3_000), {"1": [35.0 + 70 * k for k in range(8)]}), "1").last_kilometre is None


def test_r105_nothing_is_said_before_the_finish() -> None:
    assert of(race(laps(1_200), {"1": (60, 120)}), "1").last_lap is None


def test_r101_kilometres_that_are_no_crossing_of_the_line_lie_200_m_before_it() -> None:
    found = chart(race(laps(5_000, ("2000 m", 2_000, "200 m")), {"1": ()})).kilometres
    assert [(one.distance_m, one.before_line_m, one.point) for one in found] == [
        (1_000, 0, "1000 m"),
        (2_000, 200, "2000 m"),
        (3_000, 0, "3000 m"),
        (4_000, 200, None),
        (5_000, 0, "finish"),
    ]
    assert chart(race(laps(1_500), {"1": ()})).kilometres == []


def test_the_finish_is_as_the_image_has_it() -> None:
    script = race(laps(800, timing="photo_finish"), {"1": (60.2, 120.9), "2": (60.1, 121.0)})
    script.finishes(HEAT, ("1", 120.713), ("2", 120.702))
    found = chart(script)
    assert [(one.bib, one.crossings[-1].mark, one.crossings[-1].place) for one in found.runners] == [
        ("2", "2:00.71", 1),
        ("1", "2:00.72", 2),
    ]


def test_a_pacer_leads_and_a_guest_takes_no_place() -> None:
    script = race(laps(1_200), {"1": (58,), "2": (59,), "3": (60,)}, bib1="pacer", bib2="guest")
    assert [(one.point, one.bib) for one in chart(script).leaders] == [("400 m", "1")]
    assert [of(script, bib).crossings[0].place for bib in "123"] == [1, None, 2]


def test_without_a_gun_only_what_the_image_says_is_shown() -> None:
    script = Script()
    script.event(spec=laps(800, timing="photo_finish"))
    script.runner("1")
    script.draw()
    script.finishes(HEAT, ("1", 120.713))
    assert [(one.mark, one.at_us) for one in of(script, "1").crossings] == [("2:00.72", None)]


# ── R93 ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def caught(
    *slower: float, faster: Iterable[float] = (60, 120, 180, 240), **changes: Any
) -> list[tuple[str, str, float]]:
    script = race(laps(4_000, **changes), {"1": faster, "2": slower})
    return [(one.bib, one.by, (one.at_us - at(0)) / S) for one in chart(script).caught]


def test_r93_who_will_be_overtaken_on_this_lap_is_named_with_the_time() -> None:
    assert caught(75, 150, 225) == [("2", "1", 300.0)]
    assert caught(78, 156, 234) == [("2", "1", 260.0)]


def test_r93_nobody_is_named_who_reaches_the_line_first_or_is_on_the_lap_of_the_other() -> None:
    assert caught(70, 140, 210) == []
    assert caught(61, 122, 183, 244) == []


def test_r93_who_has_been_lapped_is_not_named_again_for_the_same_lap() -> None:
    assert caught(82, 164, 246) == []


def test_r93_who_is_out_is_neither_overtaken_nor_overtakes() -> None:
    script = race(laps(4_000), {"1": (60, 120, 180, 240), "2": (78, 156, 234)})
    script.rule("1", "dnf")
    assert chart(script).caught == []


def test_r93_backwards_whoever_is_overtaken_makes_way() -> None:
    assert not chart(race(laps(4_000), {"1": ()})).yields
    assert chart(race(laps(4_000, direction="backward", ruleset="irr-retro-2016"), {"1": ()})).yields


def test_a_chart_of_a_first_lap_takes_the_pace_from_the_way_to_the_line() -> None:
    script = race(laps(5_000), {"1": (30, 90), "2": (50,)})
    assert [(one.bib, one.at_us - at(0)) for one in chart(script).caught] == [("2", Duration(150 * S))]
