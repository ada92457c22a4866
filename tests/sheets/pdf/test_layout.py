"""Where things stand on the page."""

import pytest

from app.sheets.sheet import Column, Look, Row, Signature, Table
from tests.sheets.pdf.reading import Text, at, overlaps, printed, said
from tests.sheets.pdf.samples import ADDRESS, DIGEST, RECORDS, heat, lines, row, sheet

LONG = "VAN DER BERGHE-KRISTOFFERSEN Åse"
"""More than thirty characters."""
A4, LETTER = (595.28, 841.89), (612.0, 792.0)


def column(found: list[Text], head: str, cells: list[str]) -> tuple[Text, list[Text]]:
    return at(found, head), [at(found, cell) for cell in cells]


def test_nine_lanes_of_long_names_stand_side_by_side() -> None:
    found = printed(
        heat([f"{LONG} {i}" for i in range(9)], records=RECORDS, address=ADDRESS, signatures=(Signature("Referee"),))
    )
    assert overlaps(found) == []
    assert len({one.base for one in found if one.text.startswith(LONG)}) == 9
    assert {one.page for one in found} == {1}


def test_figures_stand_under_one_another_at_their_right_edge() -> None:
    head, cells = column(printed(heat(["A", "B", "C"])), "RESULT", ["10.21", "10.22", "10.23"])
    assert {round(one.right, 1) for one in cells} == {round(head.right, 1)}
    assert len({round(cell.width, 2) for cell in cells}) == 1


def test_names_begin_at_the_left_edge_of_their_column() -> None:
    head, cells = column(printed(heat(["HOLM Rune", "ADEYO Samuel"])), "NAME", ["HOLM Rune", "ADEYO Samuel"])
    assert {one.left for one in cells} == {head.left}


def test_a_name_that_has_no_room_goes_on_in_a_second_line() -> None:
    splits = tuple(Column(f"split {i}", f"{i} KM", "right") for i in range(1, 8))
    columns = (Column("name", "NAME", wide=True), Column("club", "CLUB", wide=True), *splits)
    words = ("VAN DER BERGHE-KRISTOFFERSEN", "Åse Marianne")
    found = printed(sheet([Table(columns, (row(" ".join(words), "Athletic Club " * 3, *["1:02:03"] * 7),))]))
    first, second = (next(one for one in found if part in one.text) for part in ("VAN", "Marianne"))
    assert first.left == second.left
    assert 0 < first.base - second.base < 2 * first.size
    assert overlaps(found) == []


def test_heads_come_again_on_every_page_and_pages_are_counted() -> None:
    found = printed(sheet([lines(400)]))
    pages = max(one.page for one in found)
    assert pages > 5
    assert [one.page for one in found if one.text == "NAME"] == list(range(1, pages + 1))
    for page in range(1, pages + 1):
        assert at([one for one in found if one.page == page], f"Page {page} of {pages}").base < 40
    assert [one.text for one in found if one.text.startswith("RUNNER")] == [f"RUNNER Number {i}" for i in range(1, 401)]


def test_heads_are_read_aloud_once() -> None:
    found = [one for one in printed(sheet([lines(120)])) if one.text == "NAME"]
    assert [one.tag for one in found] == ["TH", "Artifact", "Artifact"]


@pytest.mark.parametrize("before", range(41, 53))
def test_a_row_stays_with_the_line_under_it(before: int) -> None:
    found = printed(sheet([lines(before, every=before)]))
    assert at(found, f"RUNNER Number {before}").page == at(found, f"note on {before}").page


@pytest.mark.parametrize("before", range(41, 53))
def test_the_title_of_a_heat_stays_with_its_rows(before: int) -> None:
    second = lines(9, name="SECOND {}")
    found = printed(sheet([lines(before), Table(second.columns, second.rows, "Heat 2 of 3")]))
    pages = {one.page for one in found if one.text.startswith(("Heat 2", "SECOND"))}
    assert len(pages) == 1


def test_heats_stand_under_one_another_though_their_names_differ_in_length() -> None:
    tables = [lines(3, name=name) for name in ("A {}", f"{LONG} {{}}")]
    found = [one for one in printed(sheet(tables)) if one.text == "RESULT"]
    assert len(found) == 2
    assert found[0].right == found[1].right


def test_columns_of_heats_are_as_wide_as_the_widest_of_them_asks_for() -> None:
    columns = (Column("bib", "BIB", "right"), Column("mark", "RESULT", "right"), Column("nation", "NAT"))
    found = printed(sheet([Table(columns, (row(bib, "10.21", "NOR"),)) for bib in ("VERYLONGBIB-0042", "7")]))
    assert at(found, "VERYLONGBIB-0042").right == pytest.approx(at(found, "7").right, abs=0.1)


def test_a_long_subject_is_set_smaller() -> None:
    subjects = "100 Metres", "3000 Metres Steeplechase Under-20 Women – Semi-Final – Heat 2"
    assert [at(printed(sheet([], subject=one)), one).size for one in subjects] == [18.0, 14.0]


def test_many_columns_turn_the_page() -> None:
    splits = tuple(Column(f"split {i}", f"{i}00 M", "right") for i in range(4, 18))
    table = Table((Column("name", "NAME", wide=True), *splits), (row(LONG, *["12:05.80"] * 14),))
    found = printed(sheet([table]), sheet([lines(3)]))
    turned = [one for one in found if one.page == 2]
    assert max(one.right for one in turned) > A4[0]
    assert max(one.right for one in turned) <= A4[1] - 39
    assert max(one.right for one in found if one.page == 3) < A4[0]
    assert overlaps(turned) == []


def test_more_columns_than_a_page_can_hold_are_broken_and_not_lost() -> None:
    columns = tuple(Column(f"c{i}", f"COL{i}", "right") for i in range(40))
    found = printed(sheet([Table(columns, (row(*[f"1:02:{i:02}" for i in range(40)]),))]))
    assert overlaps(found) == []
    assert max(one.right for one in found) <= A4[1] - 39
    cells = sorted((one for one in found if one.tag == "TD"), key=lambda one: (round(one.left), -one.base))
    assert "1:02:3" in "".join(one.text for one in cells)


@pytest.mark.parametrize(("paper", "size"), [("A4", A4), ("Letter", LETTER)])
def test_everything_is_within_the_margins_of_the_paper(paper: str, size: tuple[float, float]) -> None:
    full = heat(
        [LONG] * 9,
        look=Look(paper="Letter" if paper == "Letter" else "A4"),
        records=RECORDS,
        address=ADDRESS,
        notes=("A note. " * 40,),
        legend=tuple((f"C{i}", "what it means, at length") for i in range(30)),
        changes=tuple(f"Bib {i}: 10.2{i} → 10.3{i}" for i in range(5)),
        signatures=(
            Signature("Referee", "Anna Gruber"),
            Signature("Chief photo finish judge"),
            Signature("Chief timekeeper"),
            Signature("Competition secretary"),
        ),
    )
    found = printed(full)
    assert all(one.left >= 39 and one.right <= size[0] - 39 and 15 < one.base < size[1] - 30 for one in found)
    assert overlaps(found) == []


def test_who_is_out_has_no_place_and_is_set_in_plain_type() -> None:
    rows = (row(1, "HOLM Rune", "10.21"), Row((None, "RAMOS Iván", "DQ TR16.8"), "out"))
    found = printed(sheet([Table(lines(0).columns, rows)]))
    assert overlaps(found) == []
    assert at(found, "DQ TR16.8").right == pytest.approx(at(found, "10.21").right, abs=0.05)


def test_a_line_under_a_row_has_the_room_up_to_the_edge() -> None:
    legs = "BERG Liv 0.156 – VAREN Ida – DAHL Mia – MOE Eva"
    columns = (*lines(0).columns, *(Column(f"c{i}", f"C{i}") for i in range(4)))
    table = Table(columns, (row(1, "NORWAY", "42.90", "a", "b", "c", "d"), Row((None, legs, *[None] * 5), "note")))
    found = printed(sheet([table]))
    assert at(found, legs).left == at(found, "NORWAY").left
    assert overlaps(found) == []


def test_a_table_of_narrow_columns_is_not_drawn_apart() -> None:
    columns = (Column("rank", "RANK", "right"), Column("nation", "NAT"), Column("gold", "G", "right"))
    found = printed(sheet([Table(columns, (row(1, "NOR", 3),))]))
    assert at(found, "3").right < 200


def test_columns_without_a_title_stand_close_to_the_one_that_they_belong_to() -> None:
    found = printed(heat(["A"]))
    assert 0 < at(found, "Q").left - at(found, "10.21").right < 12


def test_a_sheet_without_rows_is_a_sheet_all_the_same() -> None:
    empty = [Table(lines(0).columns, ()), Table((), ())]
    found = printed(sheet(empty, notes=("This race has not started.",)), sheet([]))
    assert "This race has not started." in said(found)
    assert "NAME" in said(found)


def test_state_time_and_digest_are_on_every_page() -> None:
    found = printed(sheet([lines(200)]))
    for page in {one.page for one in found}:
        on = [one for one in found if one.page == page]
        assert any("OFFICIAL v2" in one.text for one in on)
        assert any(DIGEST in one.text and "Issued at 18:17" in one.text for one in on)


def test_a_sheet_speaks_its_language() -> None:
    found = printed(sheet([lines(3)], language="de", changes=("7: 10.21 → 10.22",)))
    assert at(found, "Seite 1 von 1")
