from collections import Counter
from dataclasses import replace

import pytest

from app.domain.facts import Qualifier, QualifiersFixed, RoundDrawn, Starter
from app.domain.ids import AthleteId, Bib, EventId, HeatId, RegistrationId
from app.domain.meet import Advance, RoundSpec
from app.domain.refusals import Contradicts, NotFound, ResultsDepend
from app.domain.units import Duration
from app.operations import events, registrations, rounds, starts
from tests.operations.fakes import GUN, FakeSheet, Line
from tests.operations.scenes import HEATS_AND_FINAL, SPRINT, draw, open_meet, place, register, road_race, sprint


def bibs(sheet: FakeSheet, starters: tuple[Starter, ...]) -> list[str]:
    return [sheet.state.registrations[starter.registration].entry.bib for starter in starters]


# ── on the road ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_on_the_road_each_wave_has_one_open_heat() -> None:
    sheet, event = road_race()
    for bib, wave in (("1", "10"), ("2", "2"), ("3", None), ("4", "2")):
        register(sheet, event, bib, wave=wave)
    assert [(heat.number, heat.wave, heat.open) for heat in draw(sheet, event)] == [
        (1, None, True),
        (2, "2", True),
        (3, "10", True),
    ]


def test_a_road_race_may_be_drawn_before_anybody_is_registered() -> None:
    sheet, event = road_race()
    assert [heat.wave for heat in draw(sheet, event)] == [None]


def test_drawn_again_after_the_gun_the_heats_of_the_road_stay() -> None:
    sheet, event = road_race()
    register(sheet, event, "1")
    (heat,) = draw(sheet, event)
    starts.start(sheet, heat.heat, GUN)
    before = len(sheet.facts)
    assert draw(sheet, event) == (heat,)
    assert len(sheet.facts) == before


def test_a_start_list_made_elsewhere_that_was_started_is_not_replaced_by_waves() -> None:
    sheet, event = road_race()
    register(sheet, event, "1")
    (heat,) = place(sheet, event, "1")
    starts.start(sheet, heat, GUN)
    with pytest.raises(ResultsDepend):
        draw(sheet, event)


# ── on the track ─────────────────────────────────────────────────────────────────────────────────────────────────────


def field(count: int, **given: object) -> tuple[FakeSheet, EventId]:
    sheet, event = sprint(**given)
    for n in range(1, count + 1):
        register(sheet, event, str(n), seed_mark=f"{10 + n / 100:.2f}")
    return sheet, event


def test_a_field_that_fits_the_lanes_runs_one_heat_with_the_inside_lane_free() -> None:
    sheet, event = field(7)
    (heat,) = draw(sheet, event)
    assert [starter.lane for starter in heat.starters] == [2, 3, 4, 5, 6, 7, 8]
    assert sorted(bibs(sheet, heat.starters)) == [str(n) for n in range(1, 8)]


def test_a_larger_field_is_spread_by_seed_marks_over_as_few_heats_as_there_is_room_for() -> None:
    sheet, event = field(16, rounds=HEATS_AND_FINAL)
    heats = draw(sheet, event, "heats")
    assert [len(heat.starters) for heat in heats] == [8, 8]
    best = next(heat for heat in heats if "1" in bibs(sheet, heat.starters))
    assert set(bibs(sheet, best.starters)) == {"1", "4", "5", "8", "9", "12", "13", "16"}


def test_the_same_seed_draws_the_same_heats_and_another_one_keeps_their_ids() -> None:
    sheet, event = field(16, rounds=HEATS_AND_FINAL)
    first = draw(sheet, event, "heats", seed=7)
    before = len(sheet.facts)
    assert draw(sheet, event, "heats", seed=7) == first
    assert len(sheet.facts) == before
    other = draw(sheet, event, "heats", seed=8)
    assert [heat.heat for heat in other] == [heat.heat for heat in first]
    assert other != first
    assert isinstance(sheet.facts[-1], RoundDrawn)
    assert sheet.facts[-1].seed == 8


def test_runners_of_one_nation_are_kept_apart() -> None:
    sheet, event = sprint(rounds=(RoundSpec(name="heats", heats=3, advance=Advance(places=2)), RoundSpec(name="final")))
    for n in range(1, 7):
        register(sheet, event, str(n), seed_mark=f"10.0{n}", nation="NOR" if n in (1, 6) else f"N{n}")
    heats = draw(sheet, event, "heats")
    nations = [
        Counter(sheet.people[AthleteId(f"ath_{bib}")].nation for bib in bibs(sheet, heat.starters)) for heat in heats
    ]
    assert max(max(count.values()) for count in nations) == 1


def test_without_lanes_runners_have_positions_by_lot_and_a_long_race_takes_many() -> None:
    sheet, event = field(20, start="mass", distance_m=10_000)
    (heat,) = draw(sheet, event)
    assert [(starter.lane, starter.position) for starter in heat.starters] == [(None, n) for n in range(1, 21)]


def test_heats_are_as_many_as_the_round_asks_for() -> None:
    sheet, event = field(6, rounds=(RoundSpec(name="final", heats=2),))
    assert [len(heat.starters) for heat in draw(sheet, event)] == [3, 3]
    sheet, event = field(6, rounds=(RoundSpec(name="final", per_heat=2),))
    assert [len(heat.starters) for heat in draw(sheet, event)] == [2, 2, 2]


def test_more_runners_than_lanes_do_not_fit_into_the_heats_asked_for() -> None:
    sheet, event = field(9, rounds=(RoundSpec(name="final", heats=1),))
    with pytest.raises(Contradicts, match="9 runners do not fit into 1 heat of 8 lanes"):
        draw(sheet, event)


def test_an_empty_field_is_not_drawn_and_who_withdrew_is_left_out() -> None:
    sheet, event = sprint()
    with pytest.raises(Contradicts, match="register runners first"):
        draw(sheet, event)
    (gone, _) = register(sheet, event, "1", "2")
    registrations.withdraw(sheet, gone)
    assert bibs(sheet, draw(sheet, event)[0].starters) == ["2"]


def test_a_round_is_not_drawn_again_once_a_heat_was_started() -> None:
    sheet, event = field(3)
    starts.start(sheet, draw(sheet, event)[0].heat, GUN)
    with pytest.raises(ResultsDepend, match="the draw of 'final'"):
        draw(sheet, event, seed=2)


def test_a_round_that_the_event_does_not_have_is_not_found() -> None:
    sheet, event = field(3)
    with pytest.raises(NotFound, match="no round 'semi'"):
        draw(sheet, event, "semi")


def test_a_heat_is_withdrawn_only_while_no_result_depends_on_it() -> None:
    sheet, event = field(9, rounds=HEATS_AND_FINAL)
    one, other = draw(sheet, event, "heats")
    starts.start(sheet, one.heat, GUN)
    with pytest.raises(ResultsDepend, match="heat 1"):
        rounds.withdraw_heat(sheet, one.heat)
    rounds.withdraw_heat(sheet, other.heat)
    with pytest.raises(NotFound):
        rounds.withdraw_heat(sheet, other.heat)


# ── later rounds ─────────────────────────────────────────────────────────────────────────────────────────────────────


def through(sheet: FakeSheet, event: EventId, round: str, *results: tuple[str, int, float, str]) -> None:
    """(bib, place, seconds, `Q`, `q`, or `-`) of everyone in the round, and its qualifiers fixed."""
    by_bib = sheet.state.events[event].by_bib
    lines = [
        Line(
            by_bib[Bib(bib)],
            Bib(bib),
            HeatId("heat"),
            spot,
            "OK",
            Duration(round_us(seconds)),
            None if how == "-" else how,
        )
        for bib, spot, seconds, how in results
    ]
    sheet.projection.rounds[round] = lines
    fixed = tuple(Qualifier(registration=one.registration, how=one.qualification) for one in lines if one.qualification)
    sheet.record(QualifiersFixed(event=event, round=round, qualifiers=fixed))


def round_us(seconds: float) -> int:
    return round(seconds * 1_000_000)


def heats_run() -> tuple[FakeSheet, EventId]:
    sheet, event = field(6, rounds=HEATS_AND_FINAL)
    draw(sheet, event, "heats")
    through(
        sheet,
        event,
        "heats",
        ("1", 1, 10.5, "Q"),
        ("2", 2, 10.1, "q"),
        ("3", 1, 10.9, "Q"),
        ("4", 3, 10.3, "q"),
        ("5", 4, 11.0, "-"),
        ("6", 5, 11.2, "-"),
    )
    return sheet, event


def test_a_final_is_drawn_from_the_qualifiers_with_the_winners_in_the_middle_lanes() -> None:
    sheet, event = heats_run()
    (final,) = draw(sheet, event, "final")
    lanes = {bib: starter.lane for bib, starter in zip(bibs(sheet, final.starters), final.starters, strict=True)}
    assert set(lanes) == {"1", "2", "3", "4"}
    assert set(lanes.values()) == {3, 4, 5, 6}


def test_a_later_round_waits_until_its_qualifiers_are_fixed() -> None:
    sheet, event = field(6, rounds=HEATS_AND_FINAL)
    draw(sheet, event, "heats")
    with pytest.raises(Contradicts, match="who goes on from 'heats' is not fixed"):
        draw(sheet, event, "final")


def test_a_qualifier_who_withdrew_is_not_drawn() -> None:
    sheet, event = heats_run()
    registrations.withdraw(sheet, sheet.state.events[event].by_bib[Bib("1")])
    (final,) = draw(sheet, event, "final")
    assert set(bibs(sheet, final.starters)) == {"2", "3", "4"}


def test_one_more_than_the_lanes_in_a_final_is_for_an_official_to_place() -> None:
    sheet, event = field(9, rounds=HEATS_AND_FINAL)
    draw(sheet, event, "heats")
    through(sheet, event, "heats", *((str(n), 1, 10.0, "Q") for n in range(1, 10)))
    with pytest.raises(Contradicts, match="do not fit"):
        draw(sheet, event, "final")


def test_a_second_chance_is_for_those_left_out_and_its_qualifiers_join_the_others() -> None:
    plan = (
        RoundSpec(name="heats", advance=Advance(places=2)),
        RoundSpec(name="repechage", source="non_qualifiers", advance=Advance(places=1)),
        RoundSpec(name="final"),
    )
    sheet, event = field(5, rounds=plan)
    draw(sheet, event, "heats")
    through(sheet, event, "heats", ("1", 1, 10.1, "Q"), ("2", 2, 10.2, "Q"), ("3", 3, 10.3, "-"), ("4", 4, 10.4, "-"))
    again = draw(sheet, event, "repechage")
    assert [set(bibs(sheet, heat.starters)) for heat in again] == [{"3", "4"}]
    with pytest.raises(Contradicts, match="'repechage' is not fixed"):
        draw(sheet, event, "final")
    through(sheet, event, "repechage", ("3", 2, 10.5, "-"), ("4", 1, 10.4, "Q"))
    assert [set(bibs(sheet, heat.starters)) for heat in draw(sheet, event, "final")] == [{"1", "2", "4"}]


def test_who_had_a_bye_joins_the_qualifiers_where_the_round_says_so() -> None:
    plan = (RoundSpec(name="heats", advance=Advance(places=1)), RoundSpec(name="final", source="byes"))
    sheet, event = field(4, rounds=plan)
    place(sheet, event, "1:1 2:2", round="heats")
    through(sheet, event, "heats", ("1", 1, 10.1, "Q"), ("2", 2, 10.2, "-"))
    assert [set(bibs(sheet, heat.starters)) for heat in draw(sheet, event, "final")] == [{"1", "3", "4"}]


def test_above_400_m_the_ranking_of_the_entries_goes_on_unless_somebody_improved() -> None:
    sheet = open_meet()
    plan = (RoundSpec(name="heats", advance=Advance(places=4)), RoundSpec(name="final", heats=2))
    event = events.describe(sheet, replace(SPRINT, distance_m=800, start="mass", rounds=plan))
    for bib, mark in (("1", "1:50.00"), ("2", "1:51.00"), ("3", "1:52.00"), ("4", "1:53.00")):
        register(sheet, event, bib, seed_mark=mark)
    draw(sheet, event, "heats")
    through(
        sheet, event, "heats", ("1", 4, 115.0, "Q"), ("2", 3, 114.0, "Q"), ("3", 2, 113.0, "Q"), ("4", 1, 109.0, "Q")
    )
    heats = draw(sheet, event, "final")
    # Ranked 4, 1, 2, 3: serpentine puts the first and the last into one heat.
    assert {frozenset(bibs(sheet, heat.starters)) for heat in heats} == {frozenset("43"), frozenset("12")}


def test_a_later_round_on_the_road_is_one_heat_of_its_qualifiers() -> None:
    sheet, event = road_race(rounds=HEATS_AND_FINAL)
    register(sheet, event, *map(str, range(1, 41)))
    draw(sheet, event, "heats")
    through(sheet, event, "heats", *((str(n), n, 1800.0 + n, "Q" if n < 31 else "-") for n in range(1, 41)))
    (final,) = draw(sheet, event, "final")
    assert (len(final.starters), final.open) == (30, False)
    assert isinstance(final.starters[0].registration, str)
    assert RegistrationId("reg_40") not in {starter.registration for starter in final.starters}
