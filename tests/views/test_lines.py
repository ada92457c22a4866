"""Lines of standings, results and start lists, field by field."""

from dataclasses import replace

import pytest

from app.domain.facts import Brought, HeatDrawn, RoundDrawn, Starter
from app.domain.ids import Bib, RegistrationId
from app.domain.state import MeetState
from app.timing.heats import HeatResult
from app.views.audience import Audience, Item
from app.views.results import result_items
from app.views.standings import standing_item, standing_items
from app.views.starters import starter_items
from tests.domain.log import ANNA, ANNA_DASH, ANNA_ROAD, BEA, BEA_DASH, DASH, FIELD, HEAT_1, ROAD, entered
from tests.views.people import ENTRY, PEOPLE, RESULT, STANDING, lines, meet, wind


def _line(audience: Audience, state: MeetState, row: HeatResult) -> Item:
    (item,) = result_items(audience, state, PEOPLE, lines(state, row))
    return item


def test_a_line_of_the_standings() -> None:
    assert standing_item("public", meet(), PEOPLE, STANDING) == {
        "place": 1,
        "place_sex": 1,
        "place_category": 1,
        "bib": "7",
        "name": "HOLM Rune",
        "sex": "W",
        "category": "W30",
        "nation": "NOR",
        "club": "Bergen Bakover",
        "team": "Northlake",
        "role": "competitor",
        "wave": "A",
        "round": "final",
        "heat_id": HEAT_1,
        "status": "OK",
        "rule": None,
        "state": "finished",
        "mark": "12.35",
        "elapsed_us": 12_345_000,
        "gun_us": 12_345_000,
        "net_us": 12_300_000,
        "gap_us": None,
        "gap": None,
        "pace": "2:04/km",
        "halves": None,
        "splits": [
            {
                "point": "50 m",
                "elapsed_us": 6_100_000,
                "mark": "6.10",
                "place": 1,
                "net_us": None,
                "net_mark": None,
                "lap_us": 6_100_000,
                "lap_mark": "6.10",
            }
        ],
        "flags": ["no_start_read"],
        "age_grade": None,
        "percent_of_best": None,
        "points": None,
        "timed_by": None,
        "resolution_us": None,
        "registration_id": ANNA_DASH,
        "athlete_id": ANNA,
    }


def test_questions_for_officials_are_not_published() -> None:
    assert standing_item("organizer", meet(), PEOPLE, STANDING)["flags"] == list(STANDING.flags)
    assert _line("public", meet(wind(0)), RESULT)["flags"] == []


def test_lines_come_in_the_order_given() -> None:
    last = replace(STANDING, place=2, registration=BEA_DASH, athlete=BEA, bib=Bib("8"))
    assert [line["bib"] for line in standing_items("public", meet(), PEOPLE, [last, STANDING])] == ["8", "7"]
    assert result_items("public", meet(), PEOPLE, lines(meet())) == []


def test_a_line_of_a_heats_results() -> None:
    assert _line("organizer", meet(wind(0)), RESULT) == {
        "heat": 1,
        "heat_id": HEAT_1,
        "place": 1,
        "rank": 2,
        "bib": "7",
        "lane": 3,
        "name": "HOLM Rune",
        "sex": "W",
        "nation": "NOR",
        "club": "Bergen Bakover",
        "team": "Northlake",
        "status": "OK",
        "rule": None,
        "state": "finished",
        "order_source": None,
        "mark": "12.35",
        "elapsed_us": 12_345_000,
        "thousandths": "(.345)",
        "wind_mps": "0.0",
        "reaction_us": 143_000,
        "qualification": "Q",
        "records": ["SB"],
        "flags": ["ghost_read"],
        "timed_by": "photo_finish",
        "timing_note": None,
        "resolution_us": 1_000,
        "legs": [],
        "registration_id": ANNA_DASH,
        "athlete_id": ANNA,
    }


@pytest.mark.parametrize(
    ("mark", "wind_mm_per_s", "records"),
    [
        ("12.35", 2_000, ["SB"]),
        ("12.30", 0, ["=PB"]),
        ("12.29", 0, ["PB"]),
        ("12.50", 0, []),
        ("12.29", 2_001, ["w"]),
        ("12.29", None, []),
        ("12.20h", 0, []),
        (None, 0, []),
    ],
)
def test_bests_beside_a_mark(mark: str | None, wind_mm_per_s: int | None, records: list[str]) -> None:
    by_hand = mark is not None and mark.endswith("h")
    row = replace(RESULT, mark=mark, method="hand" if by_hand else "photo_finish")
    item = _line("public", meet(wind(wind_mm_per_s)), row)
    assert item["records"] == records


def test_r17_a_wind_that_is_due_and_was_not_read_is_said_so() -> None:
    assert _line("public", meet(), RESULT)["flags"] == ["NWI"]
    assert _line("public", meet(), replace(RESULT, mark=None))["flags"] == []


def test_r13_a_possible_false_start_is_a_question_for_officials() -> None:
    asked = replace(RESULT, flags=("possible_false_start",))
    assert _line("organizer", meet(wind(0)), asked)["flags"] == ["possible_false_start"]
    assert _line("public", meet(wind(0)), asked)["flags"] == []


def test_r102_a_crossing_that_is_only_proposed_has_a_question_mark_in_every_time_of_its_split() -> None:
    sure, proposed = STANDING.splits[0], replace(STANDING.splits[0], point="80 m", mark="9.10?", elapsed_us=9_100_000)
    row = replace(STANDING, splits=(sure, proposed), start_us=45_000)
    told = [
        [split[name] for name in ("mark", "net_mark", "lap_mark")]
        for split in standing_item("public", meet(), PEOPLE, row)["splits"]
    ]
    assert told == [["6.10", "6.06", "6.10"], ["9.10?", "9.06?", "3.00?"]]


def test_r69_the_pace_of_a_time_at_a_proposed_crossing_or_by_hand_is_that_of_the_time() -> None:
    for text in ("12.35?", "12.35h"):
        assert standing_item("public", meet(), PEOPLE, replace(STANDING, mark=text))["pace"] == "2:04/km"


@pytest.mark.parametrize(("by_hand", "records"), [((), ["PB"]), (("pb",), ["SB"]), (("pb", "sb"), [])])
def test_a_best_that_was_taken_by_hand_is_not_compared(by_hand: tuple[Brought, ...], records: list[str]) -> None:
    state = meet(replace(ENTRY, hand=by_hand), wind(0))
    assert _line("public", state, replace(RESULT, mark="12.29"))["records"] == records


def test_a_disqualified_runner_has_a_rule_and_no_records() -> None:
    out = replace(RESULT, status="DQ", rule="TR17.3", place=None)
    item = _line("public", meet(), out)
    assert (item["status"], item["rule"], item["records"]) == ("DQ", "TR17.3", [])


def test_a_start_list_is_in_order_of_lanes() -> None:
    starters = (Starter(registration=BEA_DASH, lane=5), Starter(registration=ANNA_DASH, lane=4))
    state = meet(RoundDrawn(event=DASH, round="final", heats=(HeatDrawn(heat=HEAT_1, number=1, starters=starters),)))
    lines = starter_items("public", state, PEOPLE, state.heats[HEAT_1])
    assert [(line["lane"], line["bib"], line["pb"]) for line in lines] == [(4, "7", "12.30"), (5, "8", None)]


def test_an_open_heat_lists_everybody_of_its_wave_by_number() -> None:
    late = entered(RegistrationId("reg_late"), ROAD, BEA, "10")
    state = meet(late)
    lines = starter_items("organizer", state, PEOPLE, state.heats[FIELD])
    assert [(line["bib"], line["registration_id"]) for line in lines] == [("7", ANNA_ROAD), ("10", "reg_late")]
