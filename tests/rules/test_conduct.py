"""What follows from false starts, cards and steps over a line, by rule and policy."""

from dataclasses import replace

import pytest

from app.domain.meet import EventSpec
from app.rules.conduct import Card, code_for, is_out, is_red, possibly_false, prints_reactions
from app.rules.duties import Case, FalseStarts
from app.rules.ruleset import Ruleset
from tests.rules.shipped import RETRO, WORLD, shipped

ROAD = shipped("road")
DASH = EventSpec(name="100 m", distance_m=100, surface="track", sex="X", start="lanes", timing="photo_finish")


@pytest.mark.parametrize(
    ("policy", "number", "out"),
    [
        ("immediate", 1, True),
        ("one_per_race", 1, False),
        ("one_per_race", 2, True),
        ("one_per_race", 3, True),
        ("retro_two_step", 1, False),
        ("retro_two_step", 2, True),
    ],
)
def test_r14_and_r91_who_is_out_by_a_false_start(policy: FalseStarts, number: int, out: bool) -> None:
    assert is_out(policy, number) is out


@pytest.mark.parametrize(("reaction_us", "possible"), [(99_999, True), (99_000, True), (100_000, False), (None, False)])
def test_r13_a_reaction_below_a_tenth_may_be_a_false_start(reaction_us: int | None, possible: bool) -> None:
    assert possibly_false(reaction_us, WORLD.starts) is possible


def test_r13_reactions_are_printed_up_to_400_m_and_for_the_first_leg_of_relays() -> None:
    relay = replace(DASH, distance_m=400, relay_legs=4)
    medley = replace(DASH, distance_m=1_000, relay_legs=4, legs_m=(100, 200, 300, 400))
    shown = [prints_reactions(spec, WORLD.starts) for spec in (DASH, relay, medley, replace(DASH, distance_m=800))]
    assert shown == [True, True, True, False]
    assert not prints_reactions(DASH, ROAD.starts)


@pytest.mark.parametrize(
    ("card", "number", "red"), [("YC", 1, False), ("YC", 2, True), ("YC", 3, True), ("YRC", 1, True), ("RC", 1, True)]
)
def test_r38_a_second_yellow_card_is_red(card: Card, number: int, red: bool) -> None:
    assert is_red(card, number, WORLD.conduct.yellow_cards) is red


@pytest.mark.parametrize(
    ("rules", "case", "policy", "code"),
    [
        (WORLD, "false_start", "immediate", "TR16.8"),
        (WORLD, "false_start", "one_per_race", "TR39.8.3"),
        (WORLD, "false_start", None, "TR16.8"),
        (ROAD, "false_start", "one_per_race", "TR16.8"),
        (RETRO, "false_start", "retro_two_step", "RR-6"),
        (WORLD, "lane", None, "TR17.3.1"),
        (RETRO, "lane", None, "RR-2"),
        (WORLD, "cards", None, "TR7.2"),
        (RETRO, "cards", None, "RR-8"),
        (ROAD, "hurdle", None, None),
    ],
)
def test_r43_the_code_behind_dq_is_the_rulesets(
    rules: Ruleset, case: Case, policy: FalseStarts | None, code: str | None
) -> None:
    assert code_for(case, rules.disqualifications, policy) == code
