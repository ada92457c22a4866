"""R10, R17, R50, R98: records broken in a meet, race by race."""

from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.records import Takes
from app.rules.broken_records import Best, Performance, broken, broken_records
from app.rules.marks import parse_mark
from app.rules.record_lists import RETRO, WORLD
from app.rules.records import Runner, barred
from app.rules.wind import WindFlag
from tests.rules.record_scenes import NR, codes, event, listed, race, record, runner


@pytest.mark.parametrize(("mark", "code"), [("9.78", ["NR"]), ("9.79", ["=NR"]), ("9.80", None)])
def test_r10_official_marks_are_compared(mark: str, code: list[str] | None) -> None:
    assert codes([race(("7", mark))], NR).get("final 7") == code


def test_several_codes_stand_in_the_order_of_printing() -> None:
    every = [
        record(code, "9.90", of)
        for code, of in (("MR", None), ("NR", "NOR"), ("CR", None), ("AR", "EUR"), ("WR", None))
    ]
    found = codes([race(("7", "9.80"))], *every, record("KR", "9.85"), record("WR", "9.90", category="M35"))
    assert found == {"final 7": ["WR", "AR", "CR", "NR", "MR", "KR"]}


def test_a_new_one_and_an_equalled_one_stand_side_by_side() -> None:
    assert codes([race(("7", "9.79"))], NR, record("CR", "9.81"), record("WR", "9.58")) == {"final 7": ["CR", "=NR"]}


def test_a_national_record_is_for_its_nation_and_an_areas_for_the_area() -> None:
    kenyan = race(("9", "9.70"), who=runner("KEN", "AFR"))
    assert codes([kenyan], NR, record("AR", "9.90", of="EUR"), record("AR", "9.71", of="AFR")) == {"final 9": ["AR"]}


def test_a_category_has_records_of_its_own() -> None:
    masters = record("WR", "10.50", category="M50")
    assert codes([race(("7", "10.50"))], masters) == {}
    old = race(("7", "10.50"), ("8", "10.49"), who=runner("NOR", categories=["M50"]))
    assert codes([old], masters) == {"final 8": ["M50 WR"]}


def test_r71_on_the_road_women_have_records_of_mixed_races() -> None:
    fast = Runner(sex="W")
    mixed, women = (
        race(("7", "28:45"), who=fast, spec=event(10_000, "road", sex), method="transponder") for sex in ("X", "W")
    )
    assert broken_records([mixed], [WORLD]) == {("final", "7"): ["WR"]}
    assert broken_records([women], [WORLD]) == {}
    only = replace(WORLD, records=tuple(replace(r, field="women_only") for r in WORLD.records if r.field == "mixed"))
    assert broken_records([mixed], [only]) == {}
    assert broken_records([women], [only]) == {("final", "7"): ["WR"]}


@pytest.mark.parametrize("wind", get_args(WindFlag))
def test_r17_too_much_wind_or_none_read_breaks_no_record(wind: WindFlag) -> None:
    assert codes([race(("7", "9.50"), wind=wind)], NR) == {}
    assert codes([race(("7", "9.50"), wind=wind)], NR, takes=Takes(wind=False)) == {"final 7": ["NR"]}
    assert barred(Takes(), "track", 100, "photo_finish", wind) == wind


@pytest.mark.parametrize(("leg_m", "found"), [(200, {}), (400, {"final 7": ["NR"]})])
def test_r71_of_a_relay_the_whole_distance_counts(leg_m: int, found: dict[str, list[str]]) -> None:
    relay = replace(event(leg_m), relay_legs=4)
    held = replace(NR, distance_m=leg_m, relay_legs=4, mark_us=parse_mark("3:10.00"))
    assert codes([race(("7", "1:20.0"), method="hand", spec=relay)], held) == found


def test_a_hand_time_breaks_no_record_and_leads_to_none() -> None:
    by_hand = race(("7", "9.7"), id="heat", method="hand")
    assert codes([by_hand, race(("8", "9.78"), order=2)], NR) == {"final 8": ["NR"]}


def test_a_record_of_an_earlier_race_is_the_one_to_break() -> None:
    heat_1 = race(("7", "9.75"), id="heat 1", order=1)
    heat_2 = race(("8", "9.75"), ("9", "9.77"), id="heat 2", order=2)
    final = race(("7", "9.76"), ("8", "9.74"), day="2026-06-15", order=0)
    expected = {"heat 1 7": ["NR"], "heat 2 8": ["=NR"], "final 8": ["NR"]}
    assert codes([heat_1, heat_2, final], NR) == expected
    assert codes([final, heat_2, heat_1], NR) == expected


def test_in_one_race_the_best_mark_alone_is_the_record() -> None:
    assert codes([race(("7", "9.75"), ("8", "9.76"), ("9", "9.75"))], NR) == {"final 7": ["NR"], "final 9": ["NR"]}


def test_the_second_may_break_what_the_first_cannot() -> None:
    swiss = Performance(id="1", runner=runner("SUI"), official_us=parse_mark("9.60"), method="photo_finish")
    final = race(("7", "9.75"))
    assert codes([replace(final, performances=(swiss, *final.performances))], NR) == {"final 7": ["NR"]}


def test_an_equalled_record_stays_what_it_was() -> None:
    first, second = race(("7", "9.79"), id="heat"), race(("7", "9.79"), order=2)
    assert codes([first, second], NR) == {"heat 7": ["=NR"], "final 7": ["=NR"]}


def test_where_no_list_has_a_record_there_is_none_to_break() -> None:
    assert codes([race(("7", "9.50"))]) == {}
    assert codes([race(("7", "9.50"))], record("NR", "9.79", of="NOR", date="2026-06-14")) == {}


def test_lists_are_looked_at_one_by_one() -> None:
    both = [listed(NR), listed(record("MR", "9.90"), takes=Takes(photo_finish_to_m=0))]
    by_hand = race(("7", "9.7"), method="hand")
    assert broken_records([by_hand], both) == {("final", "7"): ["MR"]}


@given(st.lists(st.tuples(st.integers(950, 1_000), st.booleans()), min_size=1, max_size=8))
def test_records_only_ever_get_better(heats: list[tuple[int, bool]]) -> None:
    races = [
        race(("7", f"{hundredths // 100}.{hundredths % 100:02}"), id=str(n), order=n, wind="w" if windy else None)
        for n, (hundredths, windy) in enumerate(heats)
    ]
    best, expected = 979, {}
    for number, (hundredths, windy) in enumerate(heats):
        if not windy and hundredths <= best:
            expected[f"{number} 7"] = ["NR" if hundredths < best else "=NR"]
            best = hundredths
    assert codes(races, NR) == expected


def test_r98_a_best_backwards_needs_no_wind_and_may_be_taken_by_hand() -> None:
    sprint = event(direction="backward")
    found = broken_records([race(("7", "13.1"), method="hand", spec=sprint, wind="NWI")], [RETRO, WORLD])
    assert found == {("final", "7"): ["WB"]}


def test_what_was_broken_says_what_stood_before_and_where_that_was_set() -> None:
    heat, final = race(("7", "9.75"), id="heat"), race(("8", "9.74"), order=2)
    first, second = broken([heat, final], [listed(NR)])
    assert (first.performance, first.before) == ("7", Best(NR.mark_us, (NR,)))
    assert (second.before.mark_us, second.before.race, second.before.performance) == (parse_mark("9.75"), "heat", "7")
    assert second.before.records == ()
    assert (second.code, second.list, second.contest) == ("NR", "list", NR.contest)


def test_two_lists_with_the_same_code_print_it_once() -> None:
    one, other = listed(record("MR", "9.90")), replace(listed(record("MR", "9.95")), name="other")
    assert broken_records([race(("7", "9.80"))], [one, other]) == {("final", "7"): ["MR"]}


def test_r5_what_is_automatic_at_one_end_only_is_no_record_on_a_track() -> None:
    far = event(10_000)
    held = replace(NR, distance_m=10_000, mark_us=parse_mark("28:00"))
    assert codes([race(("7", "27:50"), method="semi", spec=far)], held) == {}
    assert codes([race(("7", "27:50"), method="photo_finish", spec=far)], held) == {"final 7": ["NR"]}
