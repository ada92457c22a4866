"""Cards, and what is carried over from one race of a meet to those after it."""

from dataclasses import replace
from typing import Any

import pytest

from app.domain.facts import HeatRerun, Recorded
from app.domain.ids import EventId, HeatId, RegistrationId
from app.timing.projection import Projection
from tests.timing.two_rounds import FINAL, HEAT, meet, run, told


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


def test_a_card_after_a_re_run_of_some_leaves_the_others_their_results() -> None:
    script = meet("e", "f")
    run(script, HEAT)
    script.rule("1", "card", "f/heat/1", card="RC")
    script.record(HeatRerun(heat=HeatId(HEAT), only=(RegistrationId("e/3"),)))
    script.gun(HEAT, 900.0)
    assert told(script, "1") == ("OK", None, ())
    script.rule("3", "card", "f/heat/1", card="RC")
    assert told(script, "3")[0] is None
