from dataclasses import replace
from typing import Any

import pytest

from app.domain.facts import AthleteDescribed, EventDescribed, MeetDescribed, SourceDescribed
from app.domain.meet import TimingPoint
from app.domain.refusals import Contradicts, Invalid, MeetIsClosed, NotFound, ResultsDepend
from app.domain.units import Duration
from app.operations import events, meets, sources, starts
from app.operations.records import list_records, lists_of
from app.rules.record_lists import RETRO
from tests.operations.fakes import GUN, FakeSheet
from tests.operations.scenes import MEET, ROAD, draw, open_meet, register, road_race


def test_a_meet_is_opened_private_with_its_name_trimmed() -> None:
    sheet = open_meet(name="  Spring meet ")
    assert sheet.facts == [MeetDescribed(spec=MEET)]
    assert MEET.visibility == "private"


@pytest.mark.parametrize(
    ("given", "pointer", "code"),
    [
        ({"timezone": "Middle/Earth"}, "/timezone", "unknown_timezone"),
        ({"timezone": "localtime"}, "/timezone", "unknown_timezone"),
        ({"starts_on": "2026-02-30"}, "/starts_on", "not_a_date"),
        ({"starts_on": "20260503"}, "/starts_on", "not_a_date"),
        ({"ends_on": "2026-05-02"}, "/ends_on", "ends_before_it_starts"),
        ({"lanes": 0}, "/lanes", "out_of_range"),
        ({"lap_m": 5}, "/lap_m", "out_of_range"),
        ({"name": "  "}, "/name", "empty"),
    ],
)
def test_a_meet_that_cannot_be_is_refused_at_the_field(given: dict[str, Any], pointer: str, code: str) -> None:
    sheet = FakeSheet()
    with pytest.raises(Invalid) as refused:
        meets.open_meet(sheet, replace(MEET, **given))
    assert (refused.value.pointer, refused.value.code) == (pointer, code)
    assert sheet.facts == []


def test_a_change_that_changes_nothing_records_nothing() -> None:
    sheet = open_meet()
    meets.change(sheet, {"name": "Spring meet"})
    assert len(sheet.facts) == 1


def test_a_field_that_must_have_a_value_cannot_be_cleared_but_another_can() -> None:
    sheet = open_meet(venue="Bislett")
    with pytest.raises(Invalid, match="lanes cannot be null"):
        meets.change(sheet, {"lanes": None})
    meets.change(sheet, {"venue": None})
    assert sheet.state.spec == MEET


def test_other_dates_make_other_ages_from_birth_dates_but_not_from_ages() -> None:
    sheet, event = road_race()
    register(sheet, event, "1", birth_date="1990-12-31")
    register(sheet, event, "2", age=40)
    meets.change(sheet, {"starts_on": "2027-05-02", "ends_on": "2027-05-02"})
    described = [fact for fact in sheet.facts[-2:] if isinstance(fact, AthleteDescribed)]
    assert [(fact.athlete, fact.ages and fact.ages.race_day) for fact in described] == [("ath_1", 36)]


def test_another_lap_moves_the_points_of_courses_that_nobody_described() -> None:
    sheet = open_meet()
    spec = replace(ROAD, surface="track", distance_m=800)
    ends = (TimingPoint(name="gun", distance_m=0, place="gun"), TimingPoint(name="line", distance_m=800, place="line"))
    default, own = events.describe(sheet, spec), events.describe(sheet, replace(spec, points=ends))
    meets.change(sheet, {"lap_m": 200})
    assert [p.distance_m for p in sheet.state.events[default].spec.points] == [0, 200, 400, 600, 800]
    assert sheet.state.events[own].spec.points == ends


def test_bibs_become_meet_wide_only_while_each_names_one_athlete() -> None:
    sheet = open_meet(bib_scope="event")
    one, other = events.describe(sheet, ROAD), events.describe(sheet, replace(ROAD, name="5 km", distance_m=5_000))
    register(sheet, one, "1")
    register(sheet, other, "1", family_name="Somebody else")
    with pytest.raises(Contradicts) as refused:
        meets.change(sheet, {"bib_scope": "meet"})
    assert (refused.value.code, refused.value.ids) == ("bibs_shared", ("1",))


def test_a_real_meet_never_becomes_a_rehearsal() -> None:
    with pytest.raises(Contradicts, match="from the start or never"):
        meets.change(open_meet(), {"rehearsal": True})


def test_a_closed_meet_is_read_only_until_it_is_reopened() -> None:
    sheet = open_meet()
    meets.close(sheet)
    with pytest.raises(MeetIsClosed):
        meets.change(sheet, {"name": "Another name"})
    with pytest.raises(MeetIsClosed):
        meets.close(sheet)
    meets.reopen(sheet)
    meets.change(sheet, {"name": "Another name"})
    with pytest.raises(Contradicts, match="nothing to reopen"):
        meets.reopen(sheet)


def test_a_meet_is_withdrawn_only_while_no_result_depends_on_it() -> None:
    sheet, event = road_race()
    (heat,) = draw(sheet, event)
    starts.start(sheet, heat.heat, GUN)
    with pytest.raises(ResultsDepend, match="heat 1 of '10 km'"):
        meets.withdraw(sheet)
    fresh = open_meet()
    meets.withdraw(fresh)
    with pytest.raises(NotFound):
        meets.change(fresh, {"name": "Another name"})


def test_a_copy_has_the_set_up_and_nothing_that_happened() -> None:
    model, event = road_race(code="10K")
    register(model, event, "1")
    draw(model, event)
    gone = events.describe(model, replace(ROAD, name="5 km", distance_m=5_000))
    events.withdraw(model, gone)
    sources.put(model, "mat-1", sources.Station(place="finish", offset_us=Duration(5)))
    meets.change(model, {"visibility": "public"})
    list_records(model, [RETRO])
    copy = FakeSheet()
    meets.clone(copy, model.state, {"name": "Next year"}, lists_of(model))
    assert copy.state.spec == replace(MEET, name="Next year")
    assert [fact.spec.code for fact in copy.facts if isinstance(fact, EventDescribed)] == ["10K"]
    assert [fact.offset_us for fact in copy.facts if isinstance(fact, SourceDescribed)] == [0]
    assert (copy.state.registrations, copy.state.heats, copy.people) == ({}, {}, {})
    assert lists_of(copy) == (RETRO,)


def test_a_copy_of_a_meet_without_records_lists_none() -> None:
    model, copy = open_meet(), FakeSheet()
    meets.clone(copy, model.state, {}, lists_of(model))
    assert copy.facts == [MeetDescribed(spec=MEET)]
