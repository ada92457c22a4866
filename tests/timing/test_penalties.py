"""What follows from false starts and steps over a line, carried over runnings and rounds."""

import pytest

from app.domain.facts import HeatRerun, StartRecalled, Undone
from app.domain.ids import EventId, HeatId, RegistrationId
from tests.timing.two_rounds import FINAL, HEAT, line, meet, policy, run, told


def test_r14_who_causes_a_false_start_is_out_at_once_and_a_recall_does_not_change_that() -> None:
    script = meet()
    script.gun(HEAT)
    script.false_start(HEAT, "2")
    script.record(StartRecalled(heat=HeatId(HEAT)))
    run(script, HEAT)
    assert told(script, "2") == ("DQ", "TR16.8", ("false_start",))
    assert [line(script, bib).place for bib in "13"] == [1, 2]


@pytest.mark.parametrize("name", ["one_per_race", "retro_two_step"])
def test_r91_the_first_false_start_of_a_race_is_free_whoever_makes_it(name: str) -> None:
    script = meet(**policy(name))
    script.false_start(HEAT, "1")
    assert told(script, "1") == (None, None, ("false_start",))
    script.false_start(HEAT, "2", "3")
    assert [told(script, bib)[0] for bib in "123"] == [None, "DQ", "DQ"]


def test_r91_who_makes_both_is_out() -> None:
    script = meet(direction="backward")
    script.false_start(HEAT, "1")
    script.false_start(HEAT, "1")
    assert told(script, "1") == ("DQ", "RR-6", ("false_start",))


def test_false_starts_count_in_their_own_heat_alone_and_also_when_it_is_run_again() -> None:
    script = meet(**policy("one_per_race"))
    script.false_start(HEAT, "1")
    script.false_start(FINAL, "2")
    assert [told(script, "1")[0], told(script, "2", FINAL)[0]] == [None, None]
    run(script, HEAT)
    script.record(HeatRerun(heat=HeatId(HEAT)))
    script.false_start(HEAT, "3")
    assert told(script, "3") == ("DQ", "TR39.8.3", ("false_start",))


def test_a_false_start_that_is_undone_was_none() -> None:
    script = meet(**policy("one_per_race"))
    first = script.false_start(HEAT, "1")
    script.false_start(HEAT, "2")
    assert told(script, "2")[0] == "DQ"
    script.record(Undone(target_seq=first))
    assert told(script, "2")[0] is None


def test_a_reinstatement_lifts_a_false_start() -> None:
    script = meet()
    script.false_start(HEAT, "1")
    script.rule("1", "reinstate", HEAT)
    run(script, HEAT)
    assert told(script, "1") == ("OK", None, ("false_start",))


def test_r13_a_short_reaction_is_a_question_and_never_a_disqualification() -> None:
    script = meet()
    script.gun(HEAT)
    script.finishes(HEAT, ("1", 21.0, {"reaction_us": 99_999}), ("2", 21.1, {"reaction_us": 100_000}))
    assert told(script, "1") == ("OK", None, ("possible_false_start",))
    assert told(script, "2") == ("OK", None, ())


def test_because_names_the_rule_and_the_policy() -> None:
    script = meet()
    script.false_start(HEAT, "1")
    script.heats("23")
    (penalty,) = script.project().explain(EventId("e"), RegistrationId("e/1")).penalties
    assert (penalty.out, penalty.rule) == (True, "TR16.8")
    assert penalty.why == "false start 1 of the race: whoever causes one is out (immediate, R14)"


def test_r39_the_second_step_over_a_line_is_out_whatever_was_recorded_first() -> None:
    script = meet()
    run(script, HEAT)
    run(script, FINAL)
    script.rule("1", "lane", FINAL)
    assert told(script, "1", FINAL) == ("OK", None, ("L",))
    script.rule("1", "lane", HEAT)
    assert told(script, "1", HEAT) == ("OK", None, ("L",))
    assert told(script, "1", FINAL) == ("DQ", "TR17.3.1", ("L",))


def test_r39_each_runner_and_each_event_counts_apart_and_a_void_race_counts_for_nothing() -> None:
    script = meet("e", "f")
    script.rule("1", "lane", HEAT)
    script.rule("2", "lane", FINAL)
    script.rule("1", "lane", "f/heat/1")
    assert [told(script, "1", "f/heat/1")[0], told(script, "2", FINAL)[0]] == [None, None]
    script.record(HeatRerun(heat=HeatId(HEAT)))
    script.rule("1", "lane", FINAL)
    assert told(script, "1", FINAL) == (None, None, ("L",))


def test_r39_a_reinstatement_takes_the_step_back() -> None:
    script = meet()
    for _ in range(2):
        script.rule("1", "lane", HEAT)
    assert told(script, "1")[0] == "DQ"
    script.rule("1", "reinstate", HEAT)
    script.rule("1", "lane", FINAL)
    assert told(script, "1", FINAL) == (None, None, ("L",))
