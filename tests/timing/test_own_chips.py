"""A relay whose runners wear chips of their own: each counts for the team, on the runner's own leg alone (R78)."""

import pytest

from app.domain.facts import HeatClosed, RegistrationWithdrawn
from app.domain.ids import EventId, RegistrationId
from tests.timing.builders import S, at, points
from tests.timing.relay_scenes import RELAY, RUN, TEAMS, by_zones, marks, name, relay, run, states


def test_r78_each_leg_ends_where_the_chip_of_its_runner_crosses() -> None:
    script = relay()
    run(script, 60, 121, 183.5, 240)
    run(script, 61, 120, 180, 241, bibs="5678")
    lines = script.lines("relay")
    assert [(lines[bib].place, lines[bib].mark) for bib in TEAMS] == [(1, "4:00.0"), (2, "4:01.0")]
    assert marks(script) == ["1:00.0", "1:01.0", "1:02.5", "56.5"]
    assert states(script) == ["used"] * 8


def test_r78_who_waits_at_the_line_or_walks_over_it_afterwards_takes_nothing_over() -> None:
    script = relay()
    script.read("line", "2", 58)
    script.read("line", "2", 60.1)
    script.read("line", "1", 60)
    script.read("line", "1", 118)
    run(script, 121, 183.5, 240, bibs="234")
    assert marks(script) == ["1:00.0", "1:01.0", "1:02.5", "56.5"]
    assert states(script) == ["ghost", "ghost", "used", "superseded", "used", "used", "used"]


def test_r78_nobody_but_the_last_runner_finishes() -> None:
    script = relay()
    run(script, 60, 121, 183.5)
    script.read("line", "1", 250)
    script.read("line", "3", 251)
    assert script.lines("relay")["NOR"].status is None
    script.read("line", "4", 260)
    assert script.lines("relay")["NOR"].mark == "4:20.0"


def test_r78_a_chip_of_the_team_and_chips_of_its_runners_go_together() -> None:
    script = relay()
    script.chip("BATON", "NOR")
    for when in (60.2, 121.2, 183.7, 240.2):
        script.read("line", "NOR", when, chip="BATON")
    run(script, 60, 121)
    assert marks(script) == ["1:00.0", "1:01.0", "1:02.7", "56.5"]


def test_r78_another_order_of_the_runners_makes_all_legs_anew() -> None:
    script = relay()
    run(script, 60, 121, 183.5, 240, bibs="2134")
    assert marks(script) == ["2:01.0", None, None, None]
    name(script, NOR="2134")
    assert marks(script) == ["1:00.0", "1:01.0", "1:02.5", "56.5"]


@pytest.mark.parametrize("reads_first", [True, False])
def test_r78_what_a_runner_does_in_a_race_of_their_own_is_not_of_the_relay(reads_first: bool) -> None:
    script = relay()
    script.record(HeatClosed(heat=RELAY, at=at(1_000)))
    if not reads_first:
        script.gun("e/final/1", 2_000)
    run(script, 60, 121, 183.5, 240)
    for place, when in (("start", 2_001), ("5k", 3_000), ("finish", 4_000)):
        script.read(place, "1", when)
    if reads_first:
        script.gun("e/final/1", 2_000)
    assert marks(script) == ["1:00.0", "1:01.0", "1:02.5", "56.5"]
    assert (script.lines("e")["1"].gun_us, script.lines("e")["2"].status) == (2_000 * S, None)


def test_r78_a_relay_takes_the_reads_of_an_own_race_that_started_before() -> None:
    script = relay(points=points(("start", 0), ("400 m", 400, "finish"), ("800 m", 800, "finish"), ("finish", 1_600)))
    script.gun("e/final/1", -3_000)
    script.read("finish", "1", -600)
    script.read("finish", "2", 121)
    assert (script.lines("e")["1"].gun_us, script.lines("e")["2"].status) == (2_400 * S, None)
    assert [split.point for split in script.lines("relay")["NOR"].splits] == ["800 m"]


def test_r78_why_names_the_reads_of_each_runner() -> None:
    script = relay()
    run(script, 60, 121, 183.5, 240)
    because = script.project().explain(EventId("relay"), RegistrationId("relay/NOR"))
    assert [(read.chip, read.point) for read in because.reads] == [
        ("C1", "400 m"),
        ("C2", "800 m"),
        ("C3", "1200 m"),
        ("C4", "finish"),
    ]
    assert [(one.point, one.chip) for one in because.passings] == [(r.point, r.chip) for r in because.reads]


def test_r78_a_runner_of_another_leg_at_a_place_says_so() -> None:
    script = by_zones(("1st", "2", 11.5), *RUN)
    assert marks(script) == ["12.0", "11.0", "11.5", "10.5"]
    (told,) = script.project().reads(state="not_on_course")
    assert (told.chip, told.reason) == ("C2", "the runner of leg 2 passes no point at 1st (R78)")


def test_r78_only_the_first_runner_starts() -> None:
    script = by_zones(("start", "1", 2), ("start", "2", 3), *RUN)
    assert script.lines("relay")["NOR"].net_us == 43 * S


def test_r63_runners_of_one_team_at_two_places_at_once_are_no_twins() -> None:
    script = by_zones(*RUN, ("3rd", "3", 45.1))
    assert (script.lines("relay")["NOR"].mark, marks(script)[-1]) == ("45.0", "10.5")


def test_r78_who_is_seen_at_the_finish_before_the_last_runner_hurries_nobody() -> None:
    script = by_zones(*RUN[:2], ("3rd", "3", 36), ("finish", "1", 44))
    assert [split.point for split in script.lines("relay")["NOR"].splits] == ["1st", "2nd", "3rd"]


def test_r78_of_two_runners_at_the_line_in_one_instant_the_one_who_arrives_counts() -> None:
    script = relay()
    waiting, arriving = script.read("line", "2", 60), script.read("line", "1", 60)
    (passing,) = script.project().passings()
    assert (passing.seq, passing.chip) == (arriving, "C1")
    assert waiting not in passing.because


def test_chips_of_one_team_far_apart_are_nothing_odd() -> None:
    script = by_zones(*RUN, ("finish", "1", 200))
    assert [one.kind for one in script.project().anomalies(EventId("relay"))] == []


def test_r78_runners_of_a_team_that_withdrew_run_for_themselves() -> None:
    script = relay(points=points(("start", 0), ("400 m", 400, "finish"), ("finish", 1_600)))
    script.gun("e/final/1", -3_000)
    script.read("finish", "1", 60)
    assert script.lines("e")["1"].gun_us is None
    script.record(RegistrationWithdrawn(registration=RegistrationId("relay/NOR")))
    assert script.lines("e")["1"].gun_us == 3_060 * S
