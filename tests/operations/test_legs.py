from dataclasses import replace

import pytest

from app.domain.facts import LegsNamed
from app.domain.ids import Bib, HeatId, RegistrationId
from app.domain.refusals import (
    Contradicts,
    Invalid,
    NotInHeat,
    NotRegistered,
    OutOfMeet,
    Refusal,
    RunnerTwice,
    SexDoesNotFit,
)
from app.operations import athletes, events, legs, registrations, rulings, starts
from app.operations.legs import Team
from app.operations.people import Identity
from app.operations.rulings import Decision
from tests.operations.fakes import GUN, FakeSheet
from tests.operations.scenes import HEATS_AND_FINAL, ROAD, SPRINT, open_meet, place, register


def relay() -> tuple[FakeSheet, HeatId]:
    """Teams A and B for men; men wear bibs 1 to 8 on the road, a woman 9."""
    sheet = open_meet()
    road = events.describe(sheet, ROAD)
    register(sheet, road, *map(str, range(1, 9)))
    register(sheet, road, "9", sex="W")
    event = events.describe(sheet, replace(SPRINT, name="4 x 100 m", sex="M", relay_legs=4))
    register(sheet, event, "A", "B")
    return sheet, place(sheet, event, "1:A 2:B")[0]


def test_runners_are_named_in_order_by_bib_or_by_id() -> None:
    sheet, heat = relay()
    reserve = athletes.create(sheet, Identity(sex="M", family_name="Reserve"))
    legs.name_legs(sheet, heat, [Team(Bib("A"), ("1", "2", "3", reserve))])
    (fact,) = [fact for fact in sheet.facts if isinstance(fact, LegsNamed)]
    assert fact.athletes == ("ath_1", "ath_2", "ath_3", reserve)


def test_the_same_runners_again_record_nothing_and_other_teams_keep_theirs() -> None:
    sheet, heat = relay()
    legs.name_legs(sheet, heat, [Team(Bib("A"), ("1", "2", "3", "4")), Team(Bib("B"), ("5", "6", "7", "8"))])
    before = len(sheet.facts)
    legs.name_legs(sheet, heat, [Team(Bib("A"), ("1", "2", "3", "4"))])
    assert len(sheet.facts) == before
    legs.name_legs(sheet, heat, [Team(Bib("A"), ("4", "3", "2", "1"))])
    assert len(sheet.facts) == before + 1
    assert len(sheet.state.heats[heat].legs) == 2


@pytest.mark.parametrize(
    ("teams", "pointer", "kind"),
    [
        ([Team(Bib("C"), ("1", "2", "3", "4"))], "/legs/0/bib", NotInHeat),
        ([Team(Bib("A"), ("1", "2", "3"))], "/legs/0/runners", Invalid),
        ([Team(Bib("A"), ("1", "2", "3", "1"))], "/legs/0/runners/3", RunnerTwice),
        ([Team(Bib("A"), ("1", "2", "3", "99"))], "/legs/0/runners/3", NotRegistered),
        ([Team(Bib("A"), ("1", "2", "3", "9"))], "/legs/0/runners/3", SexDoesNotFit),
        ([Team(Bib("A"), ("1", "2", "3", "A"))], "/legs/0/runners/3", Invalid),
        ([Team(Bib("A"), ("1", "2", "3", "B"))], "/legs/0/runners/3", Invalid),
        (
            [Team(Bib("A"), ("1", "2", "3", "4")), Team(Bib("B"), ("5", "6", "7", "1"))],
            "/legs/1/runners/3",
            RunnerTwice,
        ),
        ([Team(Bib("A"), ("1", "2", "3", "4")), Team(Bib("A"), ("5", "6", "7", "8"))], "/legs/1/bib", RunnerTwice),
    ],
)
def test_legs_that_cannot_be_run_are_refused_at_the_field(teams: list[Team], pointer: str, kind: type[Refusal]) -> None:
    sheet, heat = relay()
    before = len(sheet.facts)
    with pytest.raises(kind) as refused:
        legs.name_legs(sheet, heat, teams)
    assert (refused.value.pointer, len(sheet.facts)) == (pointer, before)


def test_a_runner_of_another_team_that_keeps_its_legs_runs_for_that_one_only() -> None:
    sheet, heat = relay()
    legs.name_legs(sheet, heat, [Team(Bib("A"), ("1", "2", "3", "4"))])
    with pytest.raises(RunnerTwice):
        legs.name_legs(sheet, heat, [Team(Bib("B"), ("5", "6", "7", "1"))])


def test_a_team_that_withdrew_is_no_runner_either() -> None:
    sheet, heat = relay()
    event = sheet.state.heats[heat].event
    registrations.withdraw(sheet, sheet.state.events[event].by_bib[Bib("B")])
    with pytest.raises(Invalid, match="B is a team of this relay") as refused:
        legs.name_legs(sheet, heat, [Team(Bib("A"), ("1", "2", "3", "B"))])
    assert refused.value.pointer == "/legs/0/runners/3"


def test_who_runs_for_a_team_is_not_entered_as_one_unless_another_runs_instead() -> None:
    sheet, heat = relay()
    event = sheet.state.heats[heat].event
    legs.name_legs(sheet, heat, [Team(Bib("A"), ("1", "2", "3", "4"))])
    with pytest.raises(Invalid, match="4 is a runner of a team of this relay") as refused:
        register(sheet, event, "4")
    assert refused.value.pointer == "/bib"
    legs.name_legs(sheet, heat, [Team(Bib("A"), ("1", "2", "3", "5"))])
    register(sheet, event, "4")
    assert Bib("4") in sheet.state.events[event].by_bib


def test_who_runs_for_a_team_is_entered_in_races_of_their_own() -> None:
    sheet, heat = relay()
    legs.name_legs(sheet, heat, [Team(Bib("A"), ("1", "2", "3", "4"))])
    sprint = events.describe(sheet, SPRINT)
    register(sheet, sprint, "4")
    assert Bib("4") in sheet.state.events[sprint].by_bib


def test_only_relays_have_legs() -> None:
    sheet = open_meet()
    event = events.describe(sheet, SPRINT)
    register(sheet, event, "1")
    (heat,) = place(sheet, event, "1:1")
    with pytest.raises(Contradicts, match="is no relay"):
        legs.name_legs(sheet, heat, [Team(Bib("1"), ())])


def two_rounds() -> tuple[FakeSheet, HeatId, HeatId]:
    """Teams A and B in a heat and in the final; A ran with bibs 1 to 4 in the heat."""
    sheet = open_meet()
    register(sheet, events.describe(sheet, ROAD), *map(str, range(1, 12)))
    event = events.describe(sheet, replace(SPRINT, relay_legs=4, rounds=HEATS_AND_FINAL))
    register(sheet, event, "A", "B")
    (heat,) = place(sheet, event, "1:A 2:B", round="heats")
    (final,) = place(sheet, event, "1:A 2:B", round="final")
    legs.name_legs(sheet, heat, [Team(Bib("A"), ("1", "2", "3", "4"))])
    return sheet, heat, final


def test_r78_a_team_runs_in_another_order_and_with_four_substitutes_in_the_next_round() -> None:
    sheet, _, final = two_rounds()
    legs.name_legs(sheet, final, [Team(Bib("A"), ("4", "3", "2", "1"))])
    legs.name_legs(sheet, final, [Team(Bib("A"), ("5", "6", "7", "8"))])
    assert sheet.state.heats[final].legs[RegistrationId("reg_12")].athletes == ("ath_5", "ath_6", "ath_7", "ath_8")


def test_r78_a_fifth_substitute_is_one_too_many() -> None:
    sheet, _, final = two_rounds()
    event = sheet.state.heats[final].event
    events.change(sheet, event, {"rules": {"relays": {"substitutes": 2}}})
    legs.name_legs(sheet, final, [Team(Bib("A"), ("1", "2", "5", "6"))])
    with pytest.raises(Invalid, match="may have 6") as refused:
        legs.name_legs(sheet, final, [Team(Bib("A"), ("1", "5", "6", "7"))])
    assert refused.value.pointer == "/legs/0/runners"


def test_nobody_runs_for_another_team_in_the_next_round() -> None:
    sheet, _, final = two_rounds()
    with pytest.raises(Invalid, match="another team") as refused:
        legs.name_legs(sheet, final, [Team(Bib("B"), ("9", "10", "11", "4"))])
    assert refused.value.pointer == "/legs/0/runners/3"


def test_r38_who_has_a_red_card_runs_no_leg_of_a_relay_after_it() -> None:
    sheet, heat = relay()
    (road,) = place(sheet, next(iter(sheet.state.events)), "4 7")
    rulings.rule(sheet, road, Decision(bib=Bib("4"), kind="card", card="RC", rule="TR7.1"))
    with pytest.raises(OutOfMeet) as refused:
        legs.name_legs(sheet, heat, [Team(Bib("A"), ("1", "2", "3", "4"))])
    assert refused.value.pointer == "/legs/0/runners/3"
    legs.name_legs(sheet, heat, [Team(Bib("A"), ("1", "2", "3", "5"))])


def test_r38_who_ran_before_the_red_card_may_still_be_named() -> None:
    sheet, heat = relay()
    starts.start(sheet, heat, GUN)
    (road,) = place(sheet, next(iter(sheet.state.events)), "4 7")
    rulings.rule(sheet, road, Decision(bib=Bib("4"), kind="card", card="RC"))
    legs.name_legs(sheet, heat, [Team(Bib("A"), ("1", "2", "3", "4"))])
