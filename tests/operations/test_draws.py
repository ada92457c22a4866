"""What a draw leaves in the log, and that it can be drawn again from that (R12, R27–R31)."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.facts import HeatDrawn, RoundDrawn
from app.domain.ids import EventId
from app.domain.meet import Advance, RoundSpec
from app.domain.refusals import Contradicts, Invalid
from app.operations import events, meets, rounds
from app.operations.entrants import Field, ranking
from app.rules.draw import Draw
from tests.operations.fakes import FakeSheet
from tests.operations.scenes import draw, open_meet, register, sprint

TWO_ROUNDS = (RoundSpec(name="heats", advance=Advance(places=1)), RoundSpec(name="final"))


def field(runners: int, nations: int = 3, **given: Any) -> tuple[FakeSheet, EventId]:
    sheet, event = sprint(**given)
    for n in range(1, runners + 1):
        register(sheet, event, str(n), seed_mark=f"{10 + n / 100:.2f}", nation=f"N{n % nations}")
    return sheet, event


def lists(heats: tuple[HeatDrawn, ...]) -> list[list[tuple[str, int | None]]]:
    return [[(starter.registration, starter.lane) for starter in heat.starters] for heat in heats]


@settings(max_examples=25, deadline=None)
@given(
    runners=st.integers(1, 30),
    seed=st.integers(0, 2**53 - 1),
    lanes_out=st.sets(st.integers(1, 8), max_size=4),
    nations=st.integers(1, 5),
)
def test_r27_whoever_draws_again_with_the_seed_of_the_log_draws_the_same_lists(
    runners: int, seed: int, lanes_out: set[int], nations: int
) -> None:
    first, event = field(runners, nations, rounds=TWO_ROUNDS)
    drawn = rounds.draw(first, event, "heats", seed, sorted(lanes_out))
    recorded = next(fact for fact in reversed(first.facts) if isinstance(fact, RoundDrawn))
    again, event = field(runners, nations, rounds=TWO_ROUNDS)
    assert recorded.seed is not None
    assert lists(rounds.draw(again, event, "heats", recorded.seed, recorded.lanes_out)) == lists(drawn)
    lanes = {lane for heat in lists(drawn) for _, lane in heat}
    assert lanes.isdisjoint(lanes_out)
    assert sorted(who for heat in lists(drawn) for who, _ in heat) == sorted(first.state.events[event].registrations)


def test_the_log_has_the_rules_and_their_version() -> None:
    sheet, event = field(9, rounds=TWO_ROUNDS)
    draw(sheet, event, "heats", seed=7)
    seq, fact = sheet.state.events[event].draws["heats"]
    assert sheet.state.log[seq - 1].fact == fact
    assert (fact.seed, fact.ruleset, fact.ruleset_version) == (7, "world-athletics", "2026.1")
    assert fact.rules == ("R22", "R23", "R25", "R26", "R27", "R28", "R35")


def test_r30_a_straight_final_and_a_race_without_lanes_are_drawn_by_lot() -> None:
    plans: tuple[dict[str, Any], ...] = ({}, {"start": "mass", "distance_m": 1_500, "rounds": TWO_ROUNDS})
    for asked in plans:
        sheet, event = field(3, **asked)
        draw(sheet, event, sheet.state.events[event].spec.rounds[0].name)
        assert "R30" in sheet.state.events[event].draws.popitem()[1][1].rules


def test_lanes_of_meet_event_and_draw_stay_free() -> None:
    sheet = open_meet(lanes_out=(1,))
    event = events.describe(sheet, sprint()[0].state.events.popitem()[1].spec)
    events.change(sheet, event, {"lanes_out": (8,)})
    register(sheet, event, "1", "2", "3", "4", "5")
    (heat,) = rounds.draw(sheet, event, "final", 1, (4,))
    assert [starter.lane for starter in heat.starters] == [2, 3, 5, 6, 7]


@pytest.mark.parametrize(("lanes", "problem"), [((9,), "out_of_range"), ((2, 2), "lane_twice"), ((0,), "out_of_range")])
def test_a_lane_that_the_track_does_not_have_cannot_be_out(lanes: tuple[int, ...], problem: str) -> None:
    sheet, event = field(3)
    with pytest.raises(Invalid) as refused:
        rounds.draw(sheet, event, "final", 1, lanes)
    assert (refused.value.code, refused.value.at) == (problem, f"/lanes_out/{len(lanes) - 1}")
    with pytest.raises(Invalid):
        events.change(sheet, event, {"lanes_out": lanes})
    with pytest.raises(Invalid):
        open_meet(lanes_out=lanes)


def test_a_draw_needs_a_lane() -> None:
    sheet, event = field(3)
    with pytest.raises(Contradicts, match="every lane is left free"):
        rounds.draw(sheet, event, "final", 1, range(1, 9))


def test_a_meet_prefers_lanes() -> None:
    sheet, event = field(3, rules={"lanes": {"preference": [5, 4, 6, 3]}})
    (heat,) = draw(sheet, event)
    assert [starter.lane for starter in heat.starters] == [4, 5, 6]
    with pytest.raises(Invalid, match="a lane is listed twice"):
        field(3, rules={"lanes": {"preference": [5, 4, 5]}})
    with pytest.raises(Contradicts, match=r"lanes_out, or prefer another one \(rules, lanes.preference\)"):
        rounds.draw(sheet, event, "final", 1, (3, 4, 5, 6))
    with pytest.raises(Invalid, match="a lane of this track must be from 1 to 5, not 6"):
        meets.change(sheet, {"lanes": 5})


@pytest.mark.parametrize(
    ("marks", "first"),
    [
        ({"1": "10.2h", "2": "10.43"}, "2"),
        ({"1": "10.2h", "2": "10.45"}, "1"),
        ({"1": "10.12h", "2": "10.43"}, "2"),
        ({"1": "10.44", "2": "10.2h", "3": "10.43"}, "3"),
    ],
)
def test_r12_hand_times_are_made_comparable_for_seeding_alone(marks: dict[str, str], first: str) -> None:
    plan = (RoundSpec(name="heats", heats=len(marks), advance=Advance(places=1)), RoundSpec(name="final"))
    sheet, event = sprint(rounds=plan)
    for bib, mark in marks.items():
        register(sheet, event, bib, seed_mark=mark)
    field = Field(sheet.state, sheet.state.events[event], sheet.projection, sheet.people)
    best = ranking(field, 0, Draw(1))[0]
    entry = sheet.state.registrations[best].entry
    assert entry.bib == first
    kept = next(one.entry for one in sheet.state.registrations.values() if one.entry.bib == "1")
    assert kept.hand == (("seed_mark",) if marks["1"].endswith("h") else ())
