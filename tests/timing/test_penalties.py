"""What follows from false starts, cards and steps over a line, carried over runnings, rounds and events."""

from dataclasses import replace
from typing import Any

import pytest

from app.domain.facts import HeatRerun, Recorded, RegistrationWithdrawn, StartRecalled, Undone
from app.domain.ids import EventId, HeatId, RegistrationId
from app.domain.meet import Advance, RoundSpec
from app.timing.heats import HeatResult
from app.timing.projection import Projection
from tests.timing.builders import S, Script, track

HEAT, FINAL = "e/heat/1", "e/final/1"
ROUNDS = (RoundSpec(name="heat", advance=Advance(places=2)), RoundSpec(name="final"))


def meet(*events: str, **changes: Any) -> Script:
    """Bibs 1, 2 and 3 in a heat and in the final of each event."""
    script = Script()
    for event in events or ("e",):
        script.event(event, track(200, rounds=ROUNDS, **changes))
        for bib in "123":
            script.runner(bib, event)
        script.heats("123", event=event, round="heat")
        script.heats("123", event=event)
    return script


def run(script: Script, heat: str, *seconds: float) -> None:
    script.gun(heat)
    script.finishes(heat, *zip("123", seconds or (21.0, 21.1, 21.2), strict=False))


def line(script: Script, bib: str, heat: str = HEAT) -> HeatResult:
    return next(one for one in script.project().heat_results(HeatId(heat)) if one.bib == bib)


def told(script: Script, bib: str, heat: str = HEAT) -> tuple[str | None, str | None, tuple[str, ...]]:
    found = line(script, bib, heat)
    return found.status, found.rule, found.flags


def policy(name: str) -> dict[str, Any]:
    return {"rules": {"starts": {"false_starts": name}}}


# ── false starts ─────────────────────────────────────────────────────────────────────────────────────────────────────


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


# ── steps over a line ────────────────────────────────────────────────────────────────────────────────────────────────


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


# ── cards ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_r38_the_second_yellow_card_of_a_meet_loses_this_event_and_all_after_it() -> None:
    script = meet("e", "f", "g")
    run(script, HEAT)
    script.rule("1", "card", HEAT, card="YC")
    run(script, "f/heat/1")
    script.rule("1", "card", "f/heat/1", card="YC")
    assert told(script, "1") == ("OK", None, ("card",))
    assert told(script, "1", "f/heat/1") == ("DQ", "TR7.2", ("card", "YRC"))
    for later in ("f/final/1", "e/final/1", "g/heat/1"):
        assert told(script, "1", later) == ("DNS", "TR7.2", ("excluded",))
    assert told(script, "2", "g/heat/1") == (None, None, ())


def test_r38_who_ran_all_the_same_is_disqualified() -> None:
    script = meet("e", "f")
    script.rule("1", "card", HEAT, card="RC", rule="TR7.1")
    run(script, "f/heat/1")
    assert told(script, "1", "f/heat/1") == ("DQ", "TR7.1", ("excluded",))


def test_r38_two_yellow_cards_in_one_race_and_a_red_one_disqualify() -> None:
    script = meet()
    run(script, HEAT)
    for _ in range(2):
        script.rule("1", "card", HEAT, card="YC")
    script.rule("2", "card", HEAT, card="RC")
    assert [told(script, bib)[0] for bib in "123"] == ["DQ", "DQ", "OK"]


def test_a_card_of_a_void_race_goes_on_counting() -> None:
    script = meet()
    run(script, HEAT)
    script.rule("1", "card", HEAT, card="YC")
    script.record(HeatRerun(heat=HeatId(HEAT)))
    script.rule("1", "card", HEAT, card="YC")
    assert told(script, "1")[0] == "DQ"


def test_a_reinstatement_in_the_heat_of_the_card_takes_it_back_for_the_whole_meet() -> None:
    script = meet("e", "f")
    script.rule("1", "card", HEAT, card="RC")
    script.rule("1", "reinstate", HEAT)
    assert [told(script, "1", heat)[0] for heat in (HEAT, FINAL, "f/heat/1")] == [None, None, None]
    script.rule("1", "card", "f/heat/1", card="YC")
    assert told(script, "1", "f/heat/1") == (None, None, ("card",))


def test_a_reinstatement_in_a_later_event_lets_the_runner_start_there_and_leaves_the_rest() -> None:
    script = meet("e", "f", "g")
    script.rule("1", "card", HEAT, card="RC")
    script.rule("1", "reinstate", "f/heat/1")
    statuses = [told(script, "1", heat)[0] for heat in (HEAT, "f/heat/1", "f/final/1", "g/heat/1")]
    assert statuses == ["DQ", None, None, "DNS"]


def test_how_many_yellow_cards_are_a_red_one_is_the_rulesets() -> None:
    script = meet(rules={"conduct": {"yellow_cards": 3}})
    for _ in range(2):
        script.rule("1", "card", HEAT, card="YC")
    assert told(script, "1")[0] is None
    script.rule("1", "card", HEAT, card="YC")
    assert told(script, "1")[0] == "DQ"


def test_other_rules_of_the_event_of_a_card_show_at_once_in_the_events_after_it() -> None:
    script, projection = meet("e", "f"), Projection()
    for _ in range(2):
        script.rule("1", "card", HEAT, card="YC")
    projection.apply([entry for entry in script.log if isinstance(entry, Recorded)])
    later, before = HeatId("f/heat/1"), script.head
    assert [one.status for one in projection.heat_results(later) if one.bib == "1"] == ["DNS"]
    spec = script.state().events[EventId("e")].spec
    script.event("e", replace(spec, rules={"conduct": {"yellow_cards": 3}}))
    projection.apply([entry for entry in script.log[before:] if isinstance(entry, Recorded)])
    assert [one.status for one in projection.heat_results(later) if one.bib == "1"] == [None]
    assert projection.touched(later) == script.head


@pytest.mark.parametrize(("kind", "given"), [("card", {"card": "YC"}), ("lane", {}), ("reinstate", {})])
def test_what_is_carried_over_moves_the_rounds_that_show_it(kind: str, given: dict[str, Any]) -> None:
    script = meet("e", "f")
    script.rule("1", "card", HEAT, card="RC")
    seq = script.rule("1", kind, HEAT, **given)
    touched = script.state().touched
    assert touched[FINAL] == seq
    assert (touched["f"] == seq) is (kind != "lane")
    assert (touched["a1"] == seq) is (kind != "lane")


# ── withdrawn ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_r42_who_withdraws_before_the_gun_has_not_started() -> None:
    script = meet()
    script.rule("1", "withdrawn", HEAT)
    script.record(RegistrationWithdrawn(registration=RegistrationId("e/3")))
    script.gun(HEAT)
    script.rule("2", "withdrawn", HEAT)
    script.gun(HEAT, 1.0)
    found = {bib: line(script, bib) for bib in "123"}
    assert {bib: (one.status, one.state) for bib, one in found.items()} == {
        "1": ("DNS", "withdrawn"),
        "2": ("DNF", "withdrawn"),
        "3": ("DNS", "withdrawn"),
    }


def test_who_withdraws_after_a_start_that_was_recalled_has_not_started() -> None:
    script = meet()
    script.gun(HEAT)
    script.rule("1", "withdrawn", HEAT)
    script.record(StartRecalled(heat=HeatId(HEAT)))
    script.gun(HEAT, 60.0)
    assert line(script, "1").status == "DNS"


def test_who_withdrew_and_was_read_at_the_finish_had_started() -> None:
    script = meet()
    script.rule("1", "withdrawn", HEAT)
    run(script, HEAT)
    assert (line(script, "1").status, line(script, "1").elapsed_us) == ("DNF", None)


# ── watches, offsets and systems ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("watches", "mark"),
    [((10.2, 10.2, 10.4), "10.2h"), ((10.1, 10.2, 10.4), "10.2h"), ((10.2, 10.3), "10.3h"), ((11.04,), "11.1h")],
)
def test_r3_watches_give_one_official_time(watches: tuple[float, ...], mark: str) -> None:
    script = meet(timing="hand")
    script.gun(HEAT)
    read = tuple(round(one * S) for one in watches)
    script.finishes(HEAT, ("1", None, {"watches_us": read}), method="hand")
    assert (line(script, "1").mark, line(script, "1").timed_by) == (mark, "hand")


def test_r6_a_known_offset_is_taken_off_before_rounding() -> None:
    script = meet()
    script.gun(HEAT)
    script.finishes(HEAT, ("1", 10.006), offset_us=4_000)
    assert (line(script, "1").mark, line(script, "1").elapsed_us) == ("10.01", 10_002_000)


def test_r5_semi_automatic_times_rank_and_are_not_official_on_the_track() -> None:
    script = meet()
    script.gun(HEAT)
    script.finishes(HEAT, ("1", 21.2), ("2", 21.1), method="semi")
    found = [(one.bib, one.place, one.mark, one.flags, one.timed_by) for one in (line(script, b) for b in "21")]
    assert found == [
        ("2", 1, None, ("no_official_time",), "semi"),
        ("1", 2, None, ("no_official_time",), "semi"),
    ]
    script.rule("1", "time", HEAT, elapsed_us=21_000_000)
    assert (line(script, "1").mark, line(script, "1").timed_by, line(script, "1").flags) == (
        "21.00",
        "ruled",
        ("time_ruled",),
    )


def test_who_stepped_out_before_some_ran_again_had_started() -> None:
    script = meet()
    run(script, HEAT)
    script.rule("2", "withdrawn", HEAT)
    script.rule("1", "card", HEAT, card="YC")
    script.record(HeatRerun(heat=HeatId(HEAT), only=(RegistrationId("e/3"),)))
    script.gun(HEAT, 900.0)
    assert line(script, "2").status == "DNF"


def test_a_card_after_a_re_run_of_some_leaves_the_others_their_results() -> None:
    script = meet("e", "f")
    run(script, HEAT)
    script.rule("1", "card", "f/heat/1", card="RC")
    script.record(HeatRerun(heat=HeatId(HEAT), only=(RegistrationId("e/3"),)))
    script.gun(HEAT, 900.0)
    assert told(script, "1") == ("OK", None, ())
    script.rule("3", "card", "f/heat/1", card="RC")
    assert told(script, "3")[0] is None
