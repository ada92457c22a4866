"""Who of a start list is out before the race, and who comes with a card (R14, R38)."""

from app.domain.facts import MeetDescribed, StartRecalled
from app.domain.ids import HeatId, RegistrationId
from app.domain.meet import MeetSpec
from app.timing.lined_up import comes_with_card, out_before
from tests.timing.builders import Script
from tests.timing.two_rounds import FINAL, HEAT, meet, policy


def out(script: Script, heat: str = HEAT) -> dict[str, tuple[str, str | None]]:
    """Bib → status and rule."""
    state = script.project().state
    found = out_before(state, state.events[state.heats[HeatId(heat)].event], state.heats[HeatId(heat)])
    return {id.split("/")[1]: (one.status, one.rule) for id, one in found.items()}


def with_card(script: Script, heat: str) -> str:
    state = script.project().state
    event = state.events[state.heats[HeatId(heat)].event]
    return "".join(
        bib
        for bib in "123"
        if comes_with_card(state, event, state.heats[HeatId(heat)], RegistrationId(f"{event.id}/{bib}"))
    )


def test_r14_who_false_started_is_out_of_the_start_that_is_made_again() -> None:
    script = meet(**policy("immediate"))
    script.gun(HEAT)
    script.false_start(HEAT, "2")
    script.record(StartRecalled(heat=HeatId(HEAT)))
    assert out(script) == {"2": ("DQ", "TR16.8")}
    script.gun(HEAT, 60)
    assert out(script) == {"2": ("DQ", "TR16.8")}


def test_r14_the_policy_of_the_meet_holds_too() -> None:
    script = meet()
    day = "2026-06-01"
    rules = {"starts": {"false_starts": "one_per_race"}}
    script.record(MeetDescribed(spec=MeetSpec(name="Open", timezone="UTC", starts_on=day, ends_on=day, rules=rules)))
    script.false_start(HEAT, "2")
    assert out(script) == {}


def test_r38_who_is_excluded_does_not_start_later_races() -> None:
    script = meet("e", "f")
    script.rule("1", "card", HEAT, card="RC", rule="TR7.1")
    assert out(script) == {"1": ("DQ", "TR7.1")}
    assert out(script, "f/heat/1") == {"1": ("DNS", "TR7.1")}


def test_what_is_ruled_once_the_race_is_off_is_no_word_on_its_start() -> None:
    script = meet()
    script.gun(HEAT)
    script.rule("1", "dq", HEAT, rule="TR17.3")
    script.rule("2", "card", HEAT, card="RC")
    assert out(script) == {}


def test_the_last_word_on_a_runner_holds() -> None:
    script = meet()
    script.rule("1", "dns", HEAT, rule="TR4.4")
    script.rule("2", "dq", HEAT, rule="TR16.5")
    script.rule("2", "reinstate", HEAT)
    script.rule("3", "reinstate", HEAT)
    script.rule("3", "dnf", HEAT)
    assert out(script) == {"1": ("DNS", "TR4.4"), "3": ("DNF", None)}


def test_r38_a_yellow_card_comes_along_until_the_race_is_off() -> None:
    script = meet("e", "f")
    script.rule("1", "card", HEAT, card="YC")
    assert [with_card(script, heat) for heat in (HEAT, FINAL, "f/heat/1")] == ["1", "1", "1"]
    script.gun("f/heat/1", 100)
    script.rule("3", "card", HEAT, card="YC")
    assert [with_card(script, heat) for heat in (FINAL, "f/heat/1")] == ["13", "1"]
