from collections.abc import Sequence

import pytest

from app.domain.facts import CrossingConfirmed, Qualifier, QualifiersFixed
from app.domain.ids import Bib, EventId, HeatId, RegistrationId
from app.domain.meet import Advance, RoundSpec
from app.domain.refusals import Invalid, LaneTwice, NotRegistered, Refusal, ResultsDepend, RunnerTwice
from app.domain.units import Duration
from app.operations import finishes, registrations, rulings, start_lists, starts
from app.operations.finishes import Finish
from app.operations.rulings import Decision
from app.operations.start_lists import HeatList, Place
from tests.operations.fakes import GUN, FakeSheet, Line
from tests.operations.scenes import HEATS_AND_FINAL, draw, place, register, road_race, sprint


def field(**given: object) -> tuple[FakeSheet, EventId]:
    sheet, event = sprint(**given)
    register(sheet, event, *map(str, range(1, 7)))
    return sheet, event


def test_a_start_list_is_taken_as_it_is_given() -> None:
    sheet, event = field()
    (heat,) = place(sheet, event, "4:1 5:2")
    starters = sheet.state.heats[heat].drawn.starters
    assert [(s.registration, s.lane, s.position) for s in starters] == [("reg_1", 4, None), ("reg_2", 5, None)]


def test_without_lanes_runners_stand_in_the_order_given() -> None:
    sheet, event = field()
    (heat,) = place(sheet, event, "3 1 2")
    assert [(s.registration, s.position) for s in sheet.state.heats[heat].drawn.starters] == [
        ("reg_3", 1),
        ("reg_1", 2),
        ("reg_2", 3),
    ]


def test_a_heat_keeps_its_id_by_its_number_and_the_same_lists_record_nothing() -> None:
    sheet, event = field()
    first = place(sheet, event, "1:1 2:2", "1:3")
    before = len(sheet.facts)
    assert place(sheet, event, "1:1 2:2", "1:3") == first
    assert len(sheet.facts) == before
    assert place(sheet, event, "1:4") == first[:1]
    assert list(sheet.state.heats) == first[:1]


@pytest.mark.parametrize(
    ("heats", "pointer", "kind"),
    [
        (["1:1 2:99"], "/heats/0/starters/1/bib", NotRegistered),
        (["1:1 2:1"], "/heats/0/starters/1/bib", RunnerTwice),
        (["1:1", "1:2 2:1"], "/heats/1/starters/1/bib", RunnerTwice),
        (["1:1 1:2"], "/heats/0/starters/1/lane", LaneTwice),
        (["9:1"], "/heats/0/starters/0/lane", Invalid),
        (["0:1"], "/heats/0/starters/0/lane", Invalid),
        ([], "/heats", Invalid),
    ],
)
def test_a_start_list_that_cannot_be_is_refused_at_the_field(
    heats: Sequence[str], pointer: str, kind: type[Refusal]
) -> None:
    sheet, event = field()
    with pytest.raises(kind) as refused:
        place(sheet, event, *heats)
    assert refused.value.pointer == pointer
    assert sheet.state.heats == {}


def test_each_heat_has_a_number_of_its_own() -> None:
    sheet, event = field()
    for lists, code in (
        ([HeatList(1, (Place(Bib("1")),)), HeatList(1, (Place(Bib("2")),))], "heat_twice"),
        ([HeatList(0, ())], "out_of_range"),
    ):
        with pytest.raises(Invalid) as refused:
            start_lists.put_heats(sheet, event, "final", lists)
        assert refused.value.code == code


def test_who_withdrew_is_not_on_a_start_list() -> None:
    sheet, event = field()
    registrations.withdraw(sheet, RegistrationId("reg_1"))
    with pytest.raises(NotRegistered):
        place(sheet, event, "1:1")


def test_a_started_heat_may_get_another_runner_but_loses_none_with_a_time_or_a_ruling() -> None:
    sheet, event = field()
    heat, _ = place(sheet, event, "1:1 2:2 3:3", "1:4")
    starts.start(sheet, heat, GUN)
    finishes.read_finishes(sheet, heat, "photo_finish", [Finish(bib=Bib("1"), elapsed_us=Duration(10_000_000))])
    rulings.rule(sheet, heat, Decision(bib=Bib("2"), kind="dns"))
    place(sheet, event, "1:1 2:2 5:5")
    for heats, what in ((["1:1"], "bib 2"), (["2:2"], "bib 1")):
        with pytest.raises(ResultsDepend, match=what):
            place(sheet, event, *heats)
    with pytest.raises(ResultsDepend, match="heat 1"):
        start_lists.put_heats(sheet, event, "final", [HeatList(2, (Place(Bib("1")), Place(Bib("2"))))])


def test_a_started_mass_start_is_not_replaced_by_a_list() -> None:
    sheet, event = road_race()
    register(sheet, event, "1")
    (heat,) = draw(sheet, event)
    starts.start(sheet, heat.heat, GUN)
    with pytest.raises(ResultsDepend):
        place(sheet, event, "1")


def flagged(sheet: FakeSheet, event: EventId, *bibs: str, round: str = "final") -> set[str]:
    lists = [HeatList(1, tuple(Place(Bib(bib)) for bib in bibs))]
    return set(start_lists.put_heats(sheet, event, round, lists).not_qualified)


def test_who_did_not_qualify_is_accepted_and_flagged() -> None:
    sheet, event = field(rounds=HEATS_AND_FINAL)
    place(sheet, event, "1:1 2:2 3:3", round="heats")
    sheet.projection.rounds["heats"] = [
        Line(RegistrationId("reg_1"), Bib("1"), HeatId("heat_1"), 1, qualification="Q"),
        Line(RegistrationId("reg_2"), Bib("2"), HeatId("heat_1"), 2, qualification="undecided"),
        Line(RegistrationId("reg_3"), Bib("3"), HeatId("heat_1"), 3),
    ]
    assert flagged(sheet, event, "1", "2", "4") == {"reg_2", "reg_4"}
    fixed = Qualifier(registration=RegistrationId("reg_2"), how="qJ")
    sheet.record(QualifiersFixed(event=event, round="heats", qualifiers=(fixed,)))
    assert flagged(sheet, event, "1", "2", "4") == {"reg_1", "reg_4"}


def test_nobody_is_flagged_in_a_first_round_or_where_nothing_says_who_advances() -> None:
    sheet, event = field(rounds=(RoundSpec(name="heats"), RoundSpec(name="final")))
    assert flagged(sheet, event, "1", round="heats") == set()
    assert flagged(sheet, event, "1") == set()


def test_a_second_chance_is_flagged_for_those_who_are_through_already() -> None:
    plan = (
        RoundSpec(name="heats", advance=Advance(places=1)),
        RoundSpec(name="again", source="non_qualifiers", advance=Advance(places=1)),
        RoundSpec(name="final", source="byes"),
    )
    sheet, event = field(rounds=plan)
    sheet.projection.rounds["heats"] = [Line(RegistrationId("reg_1"), Bib("1"), HeatId("heat_1"), 1, qualification="Q")]
    assert flagged(sheet, event, "1", "2", round="again") == {"reg_1"}
    assert flagged(sheet, event, "1", "2", "3") == set()


def test_r107_two_start_lines_with_one_gun_are_groups_of_one_heat() -> None:
    sheet, event = field()
    lines = tuple(Place(Bib(bib), group=group) for bib, group in (("1", "A"), ("2", "A"), ("3", "B")))
    (heat,) = start_lists.put_heats(sheet, event, "final", [HeatList(1, lines)]).heats
    assert [(one.position, one.group) for one in heat.starters] == [(1, "A"), (2, "A"), (3, "B")]


def test_who_has_a_confirmed_crossing_stays_in_the_heat() -> None:
    sheet, event = field()
    (heat,) = place(sheet, event, "1:1 2:2")
    sheet.record(CrossingConfirmed(heat=heat, registration=RegistrationId("reg_2"), at=GUN))
    with pytest.raises(ResultsDepend, match="bib 2 in heat 1"):
        place(sheet, event, "1:1")
