from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from app.domain.ids import AthleteId, Bib, Chip, EventId, RegistrationId
from app.domain.refusals import Invalid
from app.domain.units import Instant
from app.operations import chips, events, registrations, roster
from app.operations.roster import Report
from app.operations.roster_hints import RowError
from app.operations.roster_rows import sex_of
from tests.operations.fakes import FakeSheet
from tests.operations.scenes import ROAD, SPRINT, draw, open_meet, register, road_race

HEAD = "bib,family_name,given_name,sex,age,category,chips\n"
LIST = HEAD + "1,Holm,Rune,M,40,M40,C1 C2\n2,Ågren,Zoë,W,,,C3\n"


def imported(sheet: FakeSheet, event: EventId, text: str | bytes, **how: Any) -> Report:
    data = text.encode() if isinstance(text, str) else text
    return roster.import_roster(sheet, event, data, **how)


def counts(report: Report) -> tuple[int, int, int]:
    return report.created, report.updated, report.unchanged


def test_a_list_registers_everybody_with_chips_and_category() -> None:
    sheet, event = road_race()
    report = imported(sheet, event, LIST)
    assert (counts(report), report.errors, report.import_id) == ((2, 0, 0), (), "imp_1")
    assert sheet.people[AthleteId("ath_2")].family_name == "Ågren"
    assert sheet.state.registrations[RegistrationId("reg_1")].entry.category == "M40"
    assert set(sheet.state.chips) == {"C1", "C2", "C3"}


def test_the_same_file_twice_changes_nothing() -> None:
    sheet, event = road_race()
    imported(sheet, event, LIST)
    before = len(sheet.facts)
    assert counts(imported(sheet, event, LIST)) == (0, 0, 2)
    assert len(sheet.facts) == before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_the_file_may_come_from_any_spreadsheet(encoding: str, delimiter: str, newline: str) -> None:
    sheet, event = road_race()
    text = LIST.replace(",", delimiter).replace("\n", newline)
    assert counts(imported(sheet, event, text.encode(encoding))) == (2, 0, 0)
    assert sheet.people[AthleteId("ath_2")].given_name == "Zoë"


def test_titles_are_read_in_any_order_and_spelling_and_unknown_ones_are_listed() -> None:
    sheet, event = road_race()
    report = imported(sheet, event, 'Shirt size;"Family Name";SEX;Bib\nXL;"Holm; Rune";f;1\n\n;;;\n')
    assert (counts(report), report.ignored_columns) == ((1, 0, 0), ("Shirt size",))
    assert (sheet.people[AthleteId("ath_1")].family_name, sheet.people[AthleteId("ath_1")].sex) == ("Holm; Rune", "W")


@pytest.mark.parametrize(
    ("header", "pointer", "hint"),
    [
        ("family_name,sex,Number", "/bib", "rename the column 'Number'"),
        ("bib,family_name,Class", "/sex", "rename the column 'Class'"),
        ("bib,sex,Name", "/family_name", "rename the column 'Name'"),
        ("bib,sex,familyname", "/family_name", "rename the column 'familyname'"),
        ("bib,sex", "/family_name", "add it"),
    ],
)
def test_a_column_that_must_be_there_is_asked_for(header: str, pointer: str, hint: str) -> None:
    sheet, event = road_race()
    with pytest.raises(Invalid, match=hint) as refused:
        imported(sheet, event, header + "\n1,Holm,M\n")
    assert (refused.value.pointer, refused.value.code) == (pointer, "missing_column")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "no_header"),
        (b"\n1,2\n", "no_header"),
        (HEAD.encode() + b'1,"Holm,Rune,M,,,\n', "not_csv"),
        (b"bib,sex,family_name\n1,M,\x81\x8d\n", "unknown_encoding"),
        (b"bib,Bib,sex,family_name\n1,1,M,Holm\n", "column_twice"),
    ],
)
def test_what_is_no_table_is_refused_whole(data: bytes, code: str) -> None:
    sheet, event = road_race()
    with pytest.raises(Invalid) as refused:
        imported(sheet, event, data)
    assert refused.value.code == code
    assert sheet.state.registrations == {}


@pytest.mark.parametrize(
    ("row", "column", "code", "suggestion"),
    [
        (",Holm,Rune,M,,,", "bib", "no_bib", None),
        ("1,Holm,Rune,,,,", "sex", "no_sex", None),
        ("1,Holm,Rune,G,,,", "sex", "not_a_sex", None),
        ("1,,,M,,,", "family_name", "no_name", None),
        ("1,Ho\x00lm,,M,,,", "family_name", "control_character", None),
        ("1,Ho\x1blm,,M,,,", "family_name", "control_character", None),
        (f"1,{'A' * 201},,M,,,", "family_name", "too_long", None),
        ("1,Holm,Rune,M,forty,,", "age", "not_an_age", None),
        ("1,Holm,Rune,M,200,,", "age", "out_of_range", None),
        ("1,Holm,Rune,M,,,,shifted", None, "too_many_cells", None),
    ],
)
def test_a_bad_cell_is_shown_by_row_and_column(row: str, column: str | None, code: str, suggestion: str | None) -> None:
    sheet, event = road_race()
    (error,) = imported(sheet, event, f"{HEAD}7,Moe,Kari,W,,,\n{row}\n").errors
    assert (error.row, error.column, error.code, error.suggestion) == (3, column, code, suggestion)


@pytest.mark.parametrize(
    ("title", "cell", "suggestion"),
    [
        ("birth_date", "31.2.1990", None),
        ("birth_date", "5.13.1990", None),
        ("birth_date", "5/3/1990", None),
        ("birth_date", "1990/5/3", "1990-05-03"),
        ("birth_date", "5/3/90", None),
        ("role", "gest", "guest"),
        ("publish_name", "initial", "initials"),
        ("pb", "fast", None),
    ],
)
def test_what_was_probably_meant_is_suggested(title: str, cell: str, suggestion: str | None) -> None:
    sheet, event = road_race()
    (error,) = imported(sheet, event, f"bib,sex,family_name,{title}\n1,M,Holm,{cell}\n").errors
    assert (error.row, error.column, error.suggestion) == (2, title, suggestion)


def test_dates_with_dots_are_read_day_first_and_the_file_is_told_once() -> None:
    sheet, event = road_race()
    report = imported(sheet, event, "bib,sex,family_name,birth_date\n1,M,Holm,12.05.1990\n2,W,Moe,3.5.1991\n")
    assert [person.birth_date for person in sheet.people.values()] == ["1990-05-12", "1991-05-03"]
    (told,) = report.warnings
    assert (told.row, told.column, told.code, told.suggestion) == (2, "birth_date", "day_first", "1990-05-12")
    assert told.message == "dates with dots are read day first in the whole file: 12.05.1990 as 1990-05-12"


@pytest.mark.parametrize(
    ("sex", "words"),
    [
        ("M", "m M male männlich MÄNNLICH ma\u0308nnlich homme Hombre maschio"),
        ("W", "w f F Female weiblich femme mujer Femmina"),
    ],
)
def test_a_sex_may_be_written_as_a_word(sex: str, words: str) -> None:
    assert {sex_of(word) for word in words.split()} == {sex}


def test_a_nation_by_its_name_is_taken_as_its_code_and_each_is_told_once() -> None:
    sheet, event = road_race()
    names = ["Deutschland", "GER", "Germany", "ALLEMAGNE", "DEU", "Germany", "Germani", "GB", "CA", "Me\u0301xico"]
    rows = "".join(f"{n},M,Holm,{nation}\n" for n, nation in enumerate(names, 1))
    report = imported(sheet, event, "bib,sex,family_name,nation\n" + rows)
    assert [person.nation for person in sheet.people.values()] == 6 * ["GER"] + ["Germani", "GB", "CA", "MEX"]
    assert [(one.row, one.code, one.suggestion) for one in report.warnings] == [
        *((row, "nation_by_name", "GER") for row in (2, 4, 5, 6)),
        (8, "unknown_nation", "GER"),
        (9, "unknown_nation", None),
        (10, "unknown_nation", "CAN"),
        (11, "nation_by_name", "MEX"),
    ]
    assert report.warnings[0].message == "'Deutschland' is no code of a nation (such as NOR): it is taken as GER"
    assert report.warnings[4].message.endswith("write GER. It is kept as written")


def test_one_bad_row_stores_nothing_unless_it_may_be_skipped() -> None:
    sheet, event = road_race()
    text = LIST + "3,Moe,Kari,?,,,C4\n"
    report = imported(sheet, event, text)
    assert (counts(report), len(report.errors), sheet.state.registrations, sheet.people) == ((0, 0, 0), 1, {}, {})
    report = imported(sheet, event, text, on_error="skip")
    assert (counts(report), len(report.errors), len(sheet.state.registrations)) == ((2, 0, 0), 1, 2)


def test_a_dry_run_says_what_would_happen_and_stores_nothing() -> None:
    sheet, event = road_race()
    assert counts(imported(sheet, event, LIST, dry_run=True)) == (2, 0, 0)
    assert (sheet.state.registrations, sheet.people) == ({}, {})


def test_a_corrected_list_updates_by_bib_and_leaves_what_its_empty_cells_leave() -> None:
    sheet, event = road_race()
    imported(sheet, event, LIST)
    report = imported(sheet, event, HEAD + "1,Holm,Runar,M,,M45,\n2,Ågren,Zoë,W,30,,C3 C9\n")
    assert counts(report) == (0, 2, 0)
    assert sheet.people[AthleteId("ath_1")].given_name == "Runar"
    assert sheet.state.registrations[RegistrationId("reg_1")].entry.category == "M45"
    assert sheet.state.athletes[AthleteId("ath_1")].ages is not None
    assert "C9" in sheet.state.chips


def test_an_external_id_finds_the_runner_under_a_new_bib_and_frees_the_old_one() -> None:
    sheet, event = road_race()
    head = "external_id,bib,sex,family_name\n"
    imported(sheet, event, head + "a,1,M,Holm\n")
    assert counts(imported(sheet, event, head + "a,2,M,Holm\nb,1,M,Moe\n")) == (1, 1, 0)
    assert sheet.state.events[event].by_bib == {"2": "reg_1", "1": "reg_2"}


def test_a_bib_of_this_event_is_not_given_to_another_external_id() -> None:
    sheet, event = road_race()
    head = "external_id,bib,sex,family_name\n"
    imported(sheet, event, head + "a,1,M,Holm\n")
    (error,) = imported(sheet, event, head + "b,1,M,Holm\n").errors
    assert (error.column, error.code) == ("external_id", "identity_differs")


def test_a_runner_known_from_another_event_must_be_the_same_person() -> None:
    sheet = open_meet()
    one, other = events.describe(sheet, ROAD), events.describe(sheet, replace(SPRINT, sex="X"))
    imported(sheet, one, LIST)
    report = imported(sheet, other, "bib,family_name,sex\n1,Somebody,M\n2,Ågren,W\n", on_error="skip")
    assert (counts(report), [(e.row, e.column, e.code) for e in report.errors]) == (
        (1, 0, 0),
        [(2, "family_name", "identity_differs")],
    )
    assert len(sheet.state.athletes) == 2


@pytest.mark.parametrize(("second", "code"), [("1,Moe,Kari,W,,,", "bib_twice"), ("2,Moe,Kari,W,,,C7 C1", "chip_twice")])
def test_rows_that_contradict_each_other_are_refused(second: str, code: str) -> None:
    sheet, event = road_race()
    (error,) = imported(sheet, event, f"{HEAD}1,Holm,Rune,M,,,C1\n{second}\n").errors
    assert isinstance(error, RowError)
    assert (error.row, error.code) == (3, code)


def test_what_is_there_twice_shows_beside_all_that_cannot_be_read() -> None:
    sheet, event = road_race()
    errors = imported(sheet, event, HEAD + "1,Holm,,G,,,A2\n2,Moe,,W,old,,A2\n2,Lie,,W,,,A3\n2,Lie,,W,,,A3\n").errors
    assert [(one.row, one.code) for one in errors] == [
        (2, "not_a_sex"),
        (3, "chip_twice"),
        (3, "not_an_age"),
        (4, "bib_twice"),
        (5, "bib_twice"),
        (5, "chip_twice"),
    ]
    assert errors[1].message == "chip A2 is in row 2 already: give each runner a chip of their own"


def test_a_row_that_is_there_twice_is_told_once() -> None:
    sheet, event = road_race()
    row = "a,1,Holm,M,A2\n"
    (error,) = imported(sheet, event, "external_id,bib,family_name,sex,chips\n" + row + row).errors
    assert error.message == "bib 1 is in row 2 already: give each runner one row"


def test_a_chip_that_was_handed_on_may_stand_beside_both_runners() -> None:
    sheet, event = road_race()
    both = HEAD + "1,Holm,,M,,,A2\n2,Moe,,W,,,A2\n"
    imported(sheet, event, HEAD + "1,Holm,,M,,,A2\n2,Moe,,W,,,\n")
    assert [one.code for one in imported(sheet, event, both).errors] == ["chip_twice"]
    (held,) = sheet.state.chips[Chip("A2")]
    chips.change(sheet, held, {"until": Instant(10)})
    chips.assign(sheet, Chip("A2"), Bib("2"), since=Instant(10))
    assert counts(imported(sheet, event, both)) == (0, 0, 2)


def test_one_external_id_in_two_rows_is_refused() -> None:
    sheet, event = road_race()
    (error,) = imported(sheet, event, "external_id,bib,sex,family_name\na,1,M,Holm\na,2,M,Holm\n").errors
    assert (error.row, error.code) == (3, "external_id_twice")


def test_who_has_withdrawn_is_not_brought_back_by_the_list_they_were_on() -> None:
    sheet, event = road_race()
    imported(sheet, event, LIST)
    registrations.withdraw(sheet, RegistrationId("reg_1"))
    assert counts(imported(sheet, event, LIST)) == (0, 0, 2)
    assert sheet.state.registrations[RegistrationId("reg_1")].withdrawn


def test_late_waves_of_a_list_get_their_heats() -> None:
    sheet, event = road_race()
    register(sheet, event, "1", wave="A")
    draw(sheet, event)
    imported(sheet, event, "bib,sex,family_name,wave\n2,M,Holm,B\n3,M,Moe,B\n4,M,Lie,C\n")
    assert [heat.drawn.wave for heat in sheet.state.heats.values()] == ["A", "B", "C"]


def test_one_bad_row_among_thirty_thousand_is_found_and_may_be_skipped() -> None:
    sheet, event = road_race()
    rows = [f"{n},Runner,{n},M,{18 + n % 60},,C{n}" for n in range(1, 30_001)]
    rows[16_000] = rows[16_000].replace(",M,", ",??,")
    text = HEAD + "\n".join(rows)
    report = imported(sheet, event, text)
    assert (counts(report), [(e.row, e.column) for e in report.errors]) == ((0, 0, 0), [(16_002, "sex")])
    assert counts(imported(sheet, event, text, on_error="skip")) == (29_999, 0, 0)
    assert Counter(type(fact).__name__ for fact in sheet.facts)["ChipAssigned"] == 29_999
