"""Lots that anybody can draw again (R23–R30): each draw has its own label, under which it is published."""

import pytest

from app.domain.ids import RegistrationId
from app.domain.meet import EventSpec
from app.rules.draw import Draw
from app.rules.lanes import by_lot, by_rank, lanes_in_use, positions_by_lot, race_of
from app.rules.rounding import THOUSANDTH
from app.rules.seeding import Advanced, Entrant, apart, ranked, ranked_again, seeded_heats
from tests.rules.shipped import WORLD

DRAW = Draw(7)
NAMES = "ABCDEFGH"


def test_equal_entrants_stand_in_the_order_of_the_lot_called_ranking() -> None:
    entrants = [Entrant(RegistrationId(name)) for name in NAMES]
    assert ranked(entrants, DRAW, THOUSANDTH) == DRAW.order(entrants, "ranking")
    assert ranked(entrants, DRAW, THOUSANDTH, "again") == DRAW.order(entrants, "again")


@pytest.mark.parametrize("how", ["Q", "q", "qR"])
def test_equal_qualifiers_stand_in_the_order_of_the_lot_called_ranking(how: str) -> None:
    qualifiers = [Advanced(RegistrationId(name), how, 1) for name in NAMES]
    assert ranked_again(qualifiers, DRAW, THOUSANDTH) == DRAW.order(qualifiers, "ranking")
    assert ranked_again(qualifiers, DRAW, THOUSANDTH, "again") == DRAW.order(qualifiers, "again")


def test_r24_by_place_then_by_time_or_lot_and_then_by_ruling() -> None:
    hows = [("qR", None), ("qD", None), ("Q", 2), ("q", None), ("Q", 1), ("qJ", None)]
    qualifiers = [Advanced(RegistrationId(f"{how}{place}"), how, place) for how, place in hows]
    found = [one.registration for one in ranked_again(qualifiers, DRAW, THOUSANDTH)]
    assert (found[:2], set(found[2:4]), set(found[4:])) == (["Q1", "Q2"], {"qDNone", "qNone"}, {"qRNone", "qJNone"})


def test_r27_heats_run_in_the_order_of_the_lot_called_heat_order() -> None:
    composed = [["A", "F", "G"], ["B", "E", "H"], ["C", "D"]]
    assert seeded_heats(NAMES, 3, lambda _: None, DRAW) == DRAW.order(composed, "heat order")


def test_r28_lanes_are_drawn_under_the_label_of_the_heat() -> None:
    assert by_lot(NAMES, range(1, 9), DRAW, "heat 2") == list(enumerate(DRAW.order(NAMES, "heat 2"), 1))
    assert by_lot("ABC", [1, 2, 3, 4], DRAW, "heat 2", preference=[3, 1, 9, 4, 2]) == list(
        zip((1, 3, 4), DRAW.order("ABC", "heat 2"), strict=True)
    )


def test_r29_each_group_of_lanes_is_a_draw_of_its_own_named_after_its_lanes() -> None:
    placed = by_rank(NAMES, ((4, 5), (3, 6), (1, 2, 7, 8)), DRAW, "final")
    drawn = [
        *zip((4, 5), DRAW.order("AB", "final (4, 5)"), strict=True),
        *zip((3, 6), DRAW.order("CD", "final (3, 6)"), strict=True),
        *zip((1, 2, 7, 8), DRAW.order("EFGH", "final (1, 2, 7, 8)"), strict=True),
    ]
    assert placed == sorted(drawn)


def test_lanes_come_from_the_inside_whoever_runs_in_them() -> None:
    """Runners need no order of their own."""
    runners = [{"bib": "1"}, {"bib": "2"}]
    assert [lane for lane, _ in by_rank(runners, ((3, 4),), DRAW, "final")] == [3, 4]
    assert [lane for lane, _ in by_rank(runners, ((4,), (3,)), DRAW, "final")] == [3, 4]


def test_r30_positions_on_the_line_are_drawn_under_their_label() -> None:
    assert positions_by_lot(NAMES, DRAW, "line") == list(enumerate(DRAW.order(NAMES, "line"), 1))


def test_a_track_of_eight_lanes_has_eight_to_draw_into() -> None:
    assert lanes_in_use(8, WORLD.lanes) == (1, 2, 3, 4, 5, 6, 7, 8)
    assert lanes_in_use(8, WORLD.lanes, out=(8, 9, 1)) == (2, 3, 4, 5, 6, 7)


def test_a_relay_of_two_is_no_race_on_the_straight() -> None:
    spec = EventSpec(
        name="2x100 m", distance_m=100, relay_legs=2, surface="track", sex="X", start="lanes", timing="photo_finish"
    )
    assert race_of(spec, WORLD.lanes) == "lap"


def test_nobody_is_kept_apart_where_there_are_no_heats() -> None:
    assert apart([], lambda _: "NOR") == []
    assert apart([[], []], lambda _: "NOR") == [[], []]
