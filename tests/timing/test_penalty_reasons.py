"""Penalties whole: what follows, under which rule, and why, in words (R13, R14, R38, R39, R91)."""

from typing import Any

import pytest

from app.domain.ids import EventId
from app.rules.rulesets import rules_of
from app.timing.penalties import penalties_of
from tests.timing.builders import Script
from tests.timing.two_rounds import FINAL, HEAT, meet, policy


def reasons(script: Script, bib: str, event: str = "e", round: str = "heat") -> list[tuple[Any, ...]]:
    """Without the positions and the flags."""
    state = script.state()
    one = state.events[EventId(event)]
    found = penalties_of(state, one, one.rounds[round].values(), rules_of(state.spec, one.spec))
    return [(p.kind, p.out, p.rule, p.why) for id, of_id in found.items() if id == f"{event}/{bib}" for p in of_id]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("immediate", [(True, "whoever causes one is out (immediate, R14)")]),
        ("one_per_race", [(False, "one is free in each race, later ones are not (one_per_race, R14)")]),
        (
            "retro_two_step",
            [(False, "the first one of a race is repeated without penalty, later ones are not (retro_two_step, R91)")],
        ),
    ],
)
def test_a_false_start_names_its_policy(name: str, said: list[tuple[bool, str]]) -> None:
    script = meet(**policy(name))
    script.false_start(HEAT, "1")
    assert [(out, why) for _, out, _, why in reasons(script, "1")] == [
        (out, f"false start 1 of the race: {text}") for out, text in said
    ]


def test_r39_steps_are_counted_over_the_rounds() -> None:
    script = meet()
    script.rule("1", "lane", HEAT)
    script.rule("1", "lane", FINAL)
    step = "step over the line of the lane {} of 2, over all rounds of the event (R39)"
    assert reasons(script, "1") == [("lane", False, None, step.format(1))]
    [(kind, out, rule, why)] = reasons(script, "1", round="final")
    assert (kind, out, rule is not None, why) == ("lane", True, True, step.format(2))


def test_r38_cards_from_yellow_to_red_and_back() -> None:
    script = meet("e", "f")
    script.rule("1", "card", HEAT, card="YC")
    warning = ("card", False, None, "yellow card: a warning for the whole meet (R38)")
    assert reasons(script, "1") == [warning]
    script.rule("1", "card", HEAT, card="YC")
    second = reasons(script, "1")[1]
    why = "second yellow card (YRC): out of this event and of all that comes after it (R38)"
    assert (second[:2], second[3]) == (("card", True), why)
    [(kind, out, _, why)] = reasons(script, "1", "f")
    assert (kind, out, why) == ("excluded", True, "YRC in another race of the meet: no start after it (R38)")
    script.rule("1", "reinstate", HEAT)
    assert reasons(script, "1") == [warning, ("card", False, None, "card, taken back by a reinstatement")]
    assert reasons(script, "1", "f") == []


def test_r38_a_red_card_at_once() -> None:
    script = meet()
    script.rule("1", "card", HEAT, card="RC", rule="TR7.5")
    assert reasons(script, "1") == [
        ("card", True, "TR7.5", "red card (RC): out of this event and of all that comes after it (R38)")
    ]
