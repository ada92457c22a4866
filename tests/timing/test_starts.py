"""Which heat a read belongs to: starts, closings, re-runs, runners in several races."""

import pytest

from app.domain.facts import (
    Fact,
    HeatClosed,
    HeatReopened,
    HeatRerun,
    HeatWithdrawn,
    LegsNamed,
    LineTimeTaken,
    Recorded,
    RegistrationWithdrawn,
    RoundDrawn,
    StartRecalled,
)
from app.domain.ids import AthleteId, EventId, HeatId, RegistrationId, SourceId, TimeId
from app.domain.meet import Advance, RoundSpec
from app.timing.projection import Projection
from tests.timing.builders import S, Script, at, points, road, track
from tests.timing.test_properties import everything
from tests.timing.test_touched import twice_entered


def mile() -> Script:
    """A transponder race over one lap of the road, gun at 0."""
    script = Script()
    script.event(spec=road(distance_m=1_000, points=points(("start", 0), ("finish", 1_000))))
    script.runner("1")
    script.draw()
    return script


def test_the_latest_start_signal_counts_and_a_recalled_one_does_not() -> None:
    script = mile()
    script.gun(seconds=-300)
    script.gun(seconds=0)
    script.reads("1", start=1, finish=300)
    assert script.lines()["1"].gun_us == 300 * S
    script.record(StartRecalled(heat=HeatId("e/final/1")))
    assert (script.lines()["1"].gun_us, script.lines()["1"].state) == (None, "entered")
    script.gun(seconds=10)
    assert script.lines()["1"].gun_us == 290 * S


def test_a_closed_heat_takes_no_more_reads_and_a_reopened_one_does() -> None:
    script = mile()
    script.gun()
    script.reads("1", start=1, finish=300)
    script.record(HeatClosed(heat=HeatId("e/final/1"), at=at(250)))
    assert script.lines()["1"].status == "DNF"
    script.record(HeatReopened(heat=HeatId("e/final/1")))
    assert script.lines()["1"].status == "OK"


def test_r40_a_rerun_starts_anew_and_keeps_the_void_attempt() -> None:
    script = mile()
    script.gun()
    script.reads("1", start=1, finish=300)
    script.rule("1", "dq")
    script.record(HeatRerun(heat=HeatId("e/final/1")))
    assert script.lines()["1"].state == "entered"
    script.gun(seconds=1_000)
    script.reads("1", start=1_001, finish=1_310)
    assert (script.lines()["1"].status, script.lines()["1"].gun_us) == ("OK", 310 * S)
    assert len(script.state().heats[HeatId("e/final/1")].attempts) == 2


def test_a_read_belongs_to_the_one_heat_that_runs_for_its_athlete() -> None:
    script = Script()
    for event in "ef":
        script.event(event, road(distance_m=1_000, points=points(("start", 0), ("finish", 1_000))))
        script.runner("1", event, chips=("C1",) if event == "e" else ())
        script.draw(event)
    script.gun("e/final/1")
    script.gun("f/final/1", 600)
    script.read("finish", "1", 300)
    script.read("finish", "1", 900)
    assert (script.lines("e")["1"].gun_us, script.lines("f")["1"].gun_us) == (300 * S, 300 * S)


@pytest.mark.parametrize(("bib", "gun_us"), [(None, None), ("1", 300 * S)])
def test_a_time_taken_by_hand_counts_once_its_bib_is_known_and_no_reader_saw_the_runner(
    bib: str | None, gun_us: int | None
) -> None:
    script = mile()
    script.gun()
    registration = RegistrationId(f"e/{bib}") if bib else None
    script.record(LineTimeTaken(time=TimeId("t"), heat=HeatId("e/final/1"), at=at(300), registration=registration))
    assert script.lines()["1"].gun_us == gun_us
    script.read("finish", "1", 301.5)
    assert script.lines()["1"].gun_us == round(301.5 * S)


@pytest.mark.parametrize("events", ["ef", "efg"])
def test_a_runner_who_withdrew_from_one_race_keeps_the_finish_of_another(events: str) -> None:
    script = Script()
    for event in events:
        script.event(event, road(distance_m=1_000, points=points(("start", 0), ("finish", 1_000))))
        script.runner("1", event, chips=("C1",) if event == "e" else ())
        script.draw(event)
    script.gun("e/final/1")
    script.gun("f/final/1", 10)
    if "g" in events:
        script.gun("g/final/1", 2_000)
    script.record(RegistrationWithdrawn(registration=RegistrationId("f/1")))
    script.read("finish", "1", 300)
    assert (script.lines("e")["1"].gun_us, script.lines("f")["1"].state) == (300 * S, "withdrawn")
    assert [(read.state, read.point) for read in script.project().reads()] == [("used", "finish")]


def test_a_read_of_somebody_who_withdrew_from_every_race_starts_nowhere() -> None:
    script = mile()
    script.gun()
    script.record(RegistrationWithdrawn(registration=RegistrationId("e/1")))
    script.read("finish", "1", 300)
    assert [read.state for read in script.project().reads()] == ["not_a_starter"]


def test_a_bib_of_two_is_nobodys_once_a_dns_elsewhere_leaves_both_of_them_running() -> None:
    script = Script()
    for event, bib, athlete in (("e", "7", "a"), ("f", "7", "b"), ("later", "8", "a")):
        script.event(event, road(points=points(("start", 0), ("finish", 10_000))))
        script.runner(bib, event, athlete=athlete, chips=[])
        script.draw(event)
        script.gun(f"{event}/final/1", seconds=1_000 if event == "later" else 0)
    script.record(HeatClosed(heat=HeatId("later/final/1"), at=at(1_100)))
    script.source("finish")
    script.sources[1] = SourceId("finish")
    script.log.append((script.head + 1, 1, None, "7", at(2_500), None))
    projection = script.project()
    assert projection.standing(EventId("f"), RegistrationId("f/7")).elapsed_us == 2_500 * S
    script.rule("8", "dns", heat="later/final/1")
    projection.apply([one for one in script.log[-1:] if isinstance(one, Recorded)])
    for known in (projection, script.project()):
        assert known.standing(EventId("f"), RegistrationId("f/7")).elapsed_us is None


def test_of_two_starts_at_one_instant_the_one_that_was_recorded_later_counts() -> None:
    """What the runner does from then on belongs to that race."""
    script = twice_entered()
    script.gun("f/final/1")
    script.gun("e/final/1")
    script.read("start", "1", 5)
    script.read("finish", "1", 2_400)
    assert [script.lines(event)["1"].mark for event in "ef"] == ["40:00", None]


@pytest.mark.parametrize(
    "takes_back", [HeatWithdrawn(heat=HeatId("f/final/1")), RoundDrawn(event=EventId("f"), round="final", heats=())]
)
def test_a_heat_that_had_started_and_is_no_more_gives_its_reads_back(takes_back: Fact) -> None:
    script = twice_entered()
    script.gun("e/final/1")
    script.gun("f/final/1", 600)
    script.read("finish", "1", 2_400)
    projection = script.project()
    assert [projection.standing(EventId(event), RegistrationId(f"{event}/1")).mark for event in "ef"] == [None, "30:00"]
    script.record(takes_back)
    projection.apply([one for one in script.log[-1:] if isinstance(one, Recorded)])
    for known in (projection, script.project()):
        assert known.standing(EventId("e"), RegistrationId("e/1")).mark == "40:00"


def steps(script: Script, last: Fact) -> tuple[Projection, Projection]:
    """A projection that was asked before the last fact came, and one from scratch."""
    projection = script.project()
    everything(projection)
    script.record(last)
    projection.apply([one for one in script.log[-1:] if isinstance(one, Recorded)])
    return projection, script.project()


def test_runners_of_a_relay_that_is_not_run_are_runners_of_their_own_races_alone() -> None:
    """A read of somebody who is named for a relay is looked at one by one: it is nobody's before the own wave."""
    script = Script()
    script.event("e", road(points=points(("start", 0), ("finish", 10_000))))
    for bib, wave in zip("1234", "ABBB", strict=True):
        script.runner(bib, wave=wave)
    script.draw(waves="AB")
    script.event("r", track(400, relay_legs=4, distance_m=1_600, timing="transponder"))
    script.runner("NOR", "r")
    script.heats(["NOR"], event="r")
    named = tuple(AthleteId(athlete) for athlete in ("a1", "a2", "a3", "a4"))
    script.record(LegsNamed(heat=HeatId("r/final/1"), registration=RegistrationId("r/NOR"), athletes=named))
    for number, seconds in ((1, 0), (2, 600)):
        script.gun(f"e/final/{number}", seconds)
    script.reads("2", start=2, finish=2_410)
    script.reads("3", start=601, finish=3_000)
    for known in steps(script, HeatWithdrawn(heat=HeatId("r/final/1"))):
        assert known.standing(EventId("e"), RegistrationId("e/2")).flags == ("no_start_read", "wave_mismatch")


def test_r39_a_step_over_a_line_in_a_heat_that_is_no_more_counts_in_no_later_round() -> None:
    rounds = (RoundSpec(name="heats", advance=Advance(places=1, times=1)), RoundSpec(name="final"))
    script = Script()
    script.event("t", track(400, rounds=rounds))
    for bib in "13":
        script.runner(bib, "t")
    script.heats("1", event="t", round="heats")
    script.heats("13", event="t")
    script.rule("1", "lane", "t/heats/1")
    script.finishes("t/final/1", ("1", 50.0), ("3", 51.0))
    script.rule("1", "lane", "t/final/1")
    stepwise, at_once = steps(script, RoundDrawn(event=EventId("t"), round="heats", heats=()))
    assert at_once.heat_results(HeatId("t/final/1"))[0].status == "OK"
    assert stepwise.heat_results(HeatId("t/final/1")) == at_once.heat_results(HeatId("t/final/1"))
