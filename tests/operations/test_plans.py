import pytest

from app.domain.facts import EventDescribed
from app.domain.ids import Bib
from app.domain.meet import Advance, RoundSpec
from app.domain.refusals import Contradicts, Invalid, MeetIsClosed, ResultsDepend
from app.domain.units import Duration, Instant
from app.operations import events, finishes, meets, plans, registrations
from tests.operations.fakes import GUN
from tests.operations.scenes import draw, register, road_race, sprint


def test_r21_the_event_gets_the_rounds_of_the_table_for_its_active_entries() -> None:
    sheet, event = sprint()
    ids = register(sheet, event, *(str(n) for n in range(1, 18)))
    registrations.withdraw(sheet, ids[0])
    plan = plans.plan(sheet, event)
    assert (plan.entries, plan.lanes, plan.room) == (16, 8, 8)
    assert sheet.state.events[event].spec.rounds == (
        RoundSpec(name="round-1", heats=2, advance=Advance(places=3, times=2)),
        RoundSpec(name="final", heats=1),
    )
    assert (plan.under.ruleset, plan.planned.row) == ("world-athletics", "up_to 16")


def test_a_preview_stores_nothing() -> None:
    sheet, event = sprint()
    before = len(sheet.facts)
    plan = plans.preview(sheet.state, event, sheet.projection, 64)
    assert [round.heats for round in plan.planned.rounds] == [8, 3, 1]
    assert len(sheet.facts) == before


def test_a_plan_made_again_records_nothing_and_keeps_when_rounds_begin() -> None:
    sheet, event = sprint()
    plans.plan(sheet, event, 16)
    (first, final) = sheet.state.events[event].spec.rounds
    begins = RoundSpec(name=first.name, heats=2, advance=first.advance, scheduled_at=Instant(GUN))
    events.change(sheet, event, {"rounds": (begins, final)})
    before = len(sheet.facts)
    plans.plan(sheet, event, 16)
    assert len(sheet.facts) == before
    plans.plan(sheet, event, 24)
    assert isinstance(sheet.facts[-1], EventDescribed)
    assert sheet.state.events[event].spec.rounds[0].scheduled_at == GUN


def test_lanes_that_are_out_make_more_heats() -> None:
    sheet, event = sprint(lanes_out=(1, 8))
    plan = plans.plan(sheet, event, 12)
    assert (plan.lanes, plan.planned.rules) == (6, ("R20", "R22"))
    assert [round.heats for round in plan.planned.rounds] == [2, 1]


@pytest.mark.parametrize("left", [1, 2])
def test_where_nobody_would_be_left_behind_no_rounds_are_planned(left: int) -> None:
    sheet, event = sprint(lanes_out=tuple(range(left + 1, 9)))
    with pytest.raises(Contradicts, match="nobody is left behind") as refused:
        plans.plan(sheet, event, 12)
    assert refused.value.code == "too_few_lanes"
    assert len(plans.plan(sheet, event, left).planned.rounds) == 1
    assert len(plans.plan(sheet, event, left + 1).planned.rounds) == 2


def test_an_event_overrides_the_table() -> None:
    """R21: the tables are data."""
    table = [{"longest_m": 400, "final": 4, "plans": [{"up_to": 4, "rounds": []}, {"up_to": 8, "rounds": [
        {"heats": 2, "places": 2, "times": 0, "through": 4}]}]}]  # fmt: skip
    sheet, event = sprint(rules={"rounds": {"progressions": table}})
    plan = plans.plan(sheet, event, 8)
    assert [(round.heats, round.advance) for round in plan.planned.rounds] == [(2, Advance(places=2)), (1, None)]
    assert plan.under.overridden == ("rounds.progressions",)


def test_r21_a_table_that_does_not_add_up_is_refused_with_its_row() -> None:
    table = [{"longest_m": 400, "final": 8, "plans": [{"up_to": 16, "rounds": [
        {"heats": 2, "places": 3, "times": 3, "through": 8}]}]}]  # fmt: skip
    with pytest.raises(Invalid, match=r"2 heats × 3 places \+ 3 times are 9") as refused:
        sprint(rules={"rounds": {"progressions": table}})
    assert refused.value.at == "/rules/rounds/progressions/0/plans/0/rounds/0"


def test_there_must_be_somebody_to_plan_for() -> None:
    sheet, event = sprint()
    with pytest.raises(Invalid, match="nobody is entered yet"):
        plans.plan(sheet, event)
    with pytest.raises(Invalid, match="entries must be from 1"):
        plans.plan(sheet, event, 0)


def test_on_the_road_nothing_is_planned() -> None:
    sheet, event = road_race()
    with pytest.raises(Contradicts, match="on the road a wave is a heat"):
        plans.plan(sheet, event, 100)


def test_nothing_is_planned_once_results_are_there_nor_in_a_closed_meet() -> None:
    sheet, event = sprint()
    register(sheet, event, "7")
    (heat,) = draw(sheet, event)
    read = finishes.Finish(bib=Bib("7"), elapsed_us=Duration(10_020_000))
    finishes.read_finishes(sheet, heat.heat, "photo_finish", [read])
    with pytest.raises(ResultsDepend, match="the plan of '100 m'"):
        plans.plan(sheet, event)
    meets.close(sheet)
    with pytest.raises(MeetIsClosed):
        plans.plan(sheet, event)


def test_every_lane_cannot_be_out() -> None:
    sheet, event = sprint(lanes_out=(1, 2, 3, 4, 5, 6, 7, 8))
    with pytest.raises(Contradicts, match="every lane is left free"):
        plans.plan(sheet, event, 8)
