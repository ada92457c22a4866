"""What documents say, rule by rule, on the small meets."""

from dataclasses import replace

import pytest

from app.domain.ids import EventId, HeatId
from app.sheets import FORMATS
from app.sheets.documents.events import EVENTS
from app.sheets.documents.heats import HEATS
from app.sheets.documents.meets import MEETS
from app.sheets.sheet import Table
from tests.sheets.golden import CASES, sheets
from tests.sheets.meets import MEET, Small, retro_championship, road_race, track_championship
from tests.sheets.one_sheet import HEAT, column, sheet, tied
from tests.timing.builders import Script, track


def test_equal_hundredths_have_their_thousandths_beside_them_r9() -> None:
    assert column(HEAT.tables[0], "thousandths")[:4] == [None, "(.213)", "(.218)", None]


def test_a_record_that_is_equalled_has_its_code_behind_the_result_r50() -> None:
    assert column(HEAT.tables[0], "records")[0] == "=CR =SB"


def test_paper_has_the_status_where_the_mark_would_stand_r51() -> None:
    table = HEAT.tables[0].printed()
    assert column(table, "mark")[4:] == ["DNF", "DQ TR16.8", "DNS"]
    assert {"status", "rule", "flags", "club"}.isdisjoint(one.key for one in table.columns)
    assert [row.kind for row in table.rows] == ["plain"] * 4 + ["out"] * 3


def test_programs_have_every_column_r51() -> None:
    assert column(HEAT.tables[0], "status") == ["OK"] * 4 + ["DNF", "DQ", "DNS"]
    assert column(HEAT.tables[0], "mark")[4:] == [None] * 3


def test_laps_are_differences_of_printed_times_with_place_and_leader_r53() -> None:
    leaders, laps = sheet("track", "heat", "w1500/final/1", "laps").tables
    assert [row.cells for row in leaders.rows][:2] == [
        ("300 m", "8", "KAMAU Grace", "0:51"),
        ("700 m", "8", "KAMAU Grace", "2:01"),
    ]
    assert laps.rows[0].cells == (
        "21",
        "0:51/0:51/2",
        "2:01/1:10/2",
        "3:11/1:10/1",
        "4:15.13/1:04.13/1",
        "1:04.13",
    )


def test_the_lap_chart_stands_on_the_results_of_a_distance_race_only() -> None:
    distance = sheet("track", "heat", "w1500/final/1", "results")
    assert [table.key for table in distance.tables] == ["rows", "intermediate_times", "lap_chart"]
    assert [table.key for table in HEAT.tables] == ["rows"]


def test_empty_lanes_are_rows_of_a_start_list_r57() -> None:
    table = sheet("track", "heat", "m100/final/1", "start-list").tables[0]
    assert [row.kind for row in table.rows] == ["plain"] * 6 + ["empty"] * 3
    assert column(table, "name")[6:] == ["(empty)"] * 3


def test_a_start_list_says_from_which_heat_and_how_r57() -> None:
    table = sheet("track", "heat", "m100/final/1", "start-list").tables[0]
    assert column(table, "from")[:6] == ["Heat 1 Q", "Heat 1 Q", "Heat 2 Q", "Heat 2 Q", "Heat 1 q", "Heat 1 q"]
    assert column(table, "pb")[:2] == ["10.23", "10.05"]


def test_a_start_list_is_no_result() -> None:
    one = sheet("track", "heat", "m100/final/1", "start-list")
    assert (one.standing, one.digest, one.signatures) == ("", None, ())


def test_the_runners_of_a_relay_stand_below_their_team_in_running_order_r79() -> None:
    table = sheet("track", "heat", "w4x100/final/1", "results").tables[0]
    assert column(table, "name") == ["NORWAY", "1 BERG Liv", "2 VAREN Ida", "3 DAHL Mia", "4 MOE Eva", "SPAIN"]
    assert [row.kind for row in table.rows] == ["plain", *["note"] * 4, "out"]


def test_the_summary_ranks_over_all_heats_with_wind_r56() -> None:
    first = sheet("track", "event", "m100", "summary").tables[0]
    assert list(zip(column(first, "rank"), column(first, "heat"), column(first, "wind"), strict=True))[:5] == [
        (1, 1, "+0.7"),
        (2, 1, "+0.7"),
        (3, 1, "+0.7"),
        (4, 2, "-0.1"),
        (4, 2, "-0.1"),
    ]


def test_hand_times_are_said_to_be_that_r8() -> None:
    one = sheet("retro", "heat", "b100/final/1", "results")
    assert one.notes == ("Hand timing: times to 0.1 s, marked h.",)
    assert ("h", "hand timing") in one.legend


def test_a_heat_that_has_not_started_is_a_clear_sheet_with_its_starters() -> None:
    one = sheet("retro", "heat", "b800/final/1", "results")
    assert one.notes == ("This race has not started.",)
    assert column(one.tables[0], "bib") == ["1", "2", "3"]
    assert [table.rows for table in sheet("retro", "heat", "b800/final/1", "laps").tables] == [()]


def test_road_results_have_gun_net_gap_pace_and_splits_r51() -> None:
    table = sheet("road", "event", "10k", "results").tables[0]
    titles = [one.title for one in table.printed().columns]
    assert titles == [
        "PL",
        "PL-SEX",
        "CAT-PL",
        "BIB",
        "NAME",
        "CAT",
        "NAT",
        "CLUB",
        "GUN",
        "",
        "NET",
        "GAP",
        "PACE",
        "5k",
        "2ND HALF",
        "",
    ]
    assert column(table, "gap")[:3] == [None, "+1:21", "+1:21"]


def test_road_results_by_group_are_one_table_for_programs() -> None:
    one = sheet("road", "event", "10k", "results-by-category")
    assert [table.title for table in one.tables] == ["M M-SEN", "M M40", "W W-SEN", "W W40"]
    assert {table.key for table in one.tables} == {"rows"}


def test_nations_are_named_on_entry_lists_and_medal_tables() -> None:
    entries = sheet("track", "event", "m100", "entries", "it").tables[0]
    assert column(entries, "country")[:2] == ["Kenya", "Svizzera"]
    assert column(sheet("track", "meet", MEET, "medals", "fr").tables[0], "country")[:3] == [
        "Norvège",
        "Kenya",
        "Tchéquie",
    ]


def test_shared_seconds_are_two_silver_medals_and_no_bronze_r58() -> None:
    table = sheet("track", "meet", MEET, "medals").tables[0]
    assert [row.cells for row in table.rows] == [
        (1, "NOR", "Norway", 4, 0, 0, 4),
        (2, "KEN", "Kenya", 0, 2, 0, 2),
        (3, "CZE", "Czechia", 0, 1, 0, 1),
        (3, "POL", "Poland", 0, 1, 0, 1),
        (5, "FRA", "France", 0, 0, 1, 1),
    ]


def test_shared_places_share_points_r59() -> None:
    table = sheet("track", "meet", MEET, "placing").tables[0]
    assert dict(zip(column(table, "nation"), column(table, "points"), strict=True))["CZE"] == "6.5"


def test_the_book_begins_with_its_contents_in_the_order_of_its_sheets() -> None:
    contents, *book = sheets("track", "meet", MEET, "book")
    assert contents.title == "RESULTS BOOK"
    assert [row.cells[:2] for row in contents.tables[0].rows] == [(one.title, one.subject or one.meet) for one in book]


SMALL = sorted({case[:4] for case in CASES if case[0] != "ten_k"})


@pytest.mark.parametrize("case", SMALL, ids="-".join)
def test_spectators_never_see_birth_dates_or_names_that_are_not_public(case: tuple[str, str, str, str]) -> None:
    for one in sheets(*case):
        said = str((one.heading, one.lines, one.tables, one.notes))
        assert "2011" not in said
        assert "YOUNG" not in said


def test_officials_see_the_name() -> None:
    small = track_championship()
    assert "YOUNG Sam" in str(small.sheet("event", "m100", "entries", audience="organizer").tables)
    assert "S. Y." in str(small.sheet("event", "m100", "entries", audience="public").tables)


@pytest.mark.parametrize("language", ["de", "fr", "it", "es"])
def test_marks_bibs_and_names_are_the_same_in_every_language(language: str) -> None:
    for key in ("bib", "name", "mark", "thousandths", "qualification", "reaction"):
        other = sheet("track", "heat", "m100/round-1/1", "results", language)
        assert column(other.tables[0], key) == column(HEAT.tables[0], key)


def test_an_undrawn_event_has_a_clear_sheet() -> None:
    small = retro_championship()
    small.script.event("later", small.script.state().events[EventId("b100")].spec)
    assert small.sheet("event", "later", "start-list").notes == ("This round has not been drawn yet.",)
    assert small.sheet("event", "later", "summary").notes == ("This round has not been drawn yet.",)
    assert small.sheet("event", "later", "entries").notes == ("There is nothing to list yet.",)


def test_every_document_of_an_event_without_entries_is_a_clear_sheet_in_every_format() -> None:
    small = Small(Script())
    small.script.event("e", track(100))
    empty = [small.sheets("event", "e", name) for name in EVENTS] + [small.sheets("meet", MEET, name) for name in MEETS]
    assert all(format.render(found) for found in empty for format in FORMATS.values())


def test_every_document_of_a_heat_that_nobody_runs_in_is_a_clear_sheet_in_every_format() -> None:
    small = Small(Script())
    small.script.event("e", track(100))
    small.script.heats((), event="e")
    empty = [small.sheets("heat", "e/final/1", name) for name in HEATS]
    assert all(format.render(found) for found in empty for format in FORMATS.values())


def test_shared_places_have_an_equals_sign_on_paper_where_the_rules_want_it_r44() -> None:
    made = tied()
    assert column(made.tables[0], "place") == [1, 2, 2, 4], "programs read numbers"
    assert column(made.tables[0].printed(), "place") == [1, "=2", "=2", 4]
    assert column(made.tables[0].printed(numbers=True), "place") == [1, 2, 2, 4]
    plain = tied(order={"shared_places": "4"})
    assert column(plain.tables[0].printed(), "place") == [1, 2, 2, 4]


def test_places_are_shared_among_those_they_are_counted_among_r44() -> None:
    found = sheet("track", "event", "m100", "summary").tables[0].printed()
    assert column(found, "rank")[3:5] == ["=4", "=4"]
    assert column(found, "place")[:5] == [1, 2, 3, "=1", "=1"]
    road = sheet("road", "event", "10k", "results").tables[0].printed()
    rows = zip(column(road, "place"), column(road, "place_sex"), column(road, "place_category"), strict=True)
    assert ("=2", "=2", 1) in rows


@pytest.mark.parametrize(("least", "lapped"), [(400, True), (800, False)])
def test_laps_are_on_the_results_of_races_as_long_as_the_rules_say_r18(least: int, lapped: bool) -> None:
    script = Script()
    script.event("e", replace(track(400), rules={"laps": {"lap_times_from_m": least}}))
    script.runner("1")
    heat = HeatId(script.heats(("1",))[0])
    assert (HEATS["results"].take(script.project(), heat).chart is not None) is lapped


def notes_under(table: Table) -> dict[object, object]:
    """Bib → what stands in the name's column on the line below."""
    bib, name = (next(i for i, one in enumerate(table.columns) if one.key == key) for key in ("bib", "name"))
    pairs = zip(table.rows, table.rows[1:], strict=False)
    return {before.cells[bib]: after.cells[name] for before, after in pairs if after.kind == "note"}


def test_who_did_not_arrive_on_the_road_has_where_and_when_they_were_seen_last() -> None:
    assert notes_under(sheet("road", "event", "10k", "results").tables[0]) == {"204": "last seen at 5k (22:15)"}


def test_who_was_seen_at_the_start_alone_was_seen_there_last() -> None:
    small = road_race()
    small.runner("10k", "205", "Gone, Gil", sex="M", age=30)
    small.script.read("start", "205", 61.2)
    small.script.read("finish", "nobody", 5_701)
    found = notes_under(small.sheet("event", "10k", "results").tables[0])
    assert found["205"] == "last seen at start (1:02)"
    assert set(found) == {"204", "205"}
