"""Workbooks: what their cells show, and what is refused before it is unpacked."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.refusals import Invalid
from app.interchange import xlsx
from tests.interchange.workbooks import of_texts, workbook


def shown(rows: str, about: str = "") -> list[tuple[int, list[str]]]:
    return list(xlsx.rows(workbook(rows, about)))


def cell(inside: str, kind: str = "", style: int = 0) -> str:
    kind = f' t="{kind}"' if kind else ""
    return shown(f'<row r="1"><c r="A1"{kind} s="{style}">{inside}</c></row>')[0][1][0]


def test_the_first_sheet_of_the_book_is_read_whatever_its_file_is_called() -> None:
    header = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="D1" t="s"><v>2</v></c></row>'
    assert shown(header + '<row r="4"><c r="B4" t="s"><v>3</v></c></row>') == [
        (1, ["bib", "family_name", "", "sex"]),
        (4, ["", "東"]),
    ]


@pytest.mark.parametrize(
    ("inside", "kind", "style", "text"),
    [
        ("<v>7</v>", "", 0, "7"),
        ("<v>7.0</v>", "n", 0, "7"),
        ("<v>10.02</v>", "", 0, "10.02"),
        ("<v>1</v>", "b", 0, "TRUE"),
        ("<is><t>007</t></is>", "inlineStr", 0, "007"),
        ("<f>HYPERLINK(&quot;http://x&quot;)</f><v>Ida</v>", "str", 0, "Ida"),
        ("<f>1+1</f><v>2</v>", "", 0, "2"),
        ("<v>34603</v>", "", 1, "1994-09-26"),
        ("<v>34603</v>", "", 2, "1994-09-26"),
        ("<v>9.8377314814814819E-3</v>", "", 3, "14:09.98"),
        ("<v>4.3090277777777776E-2</v>", "", 4, "1:02:03"),
        ("<v>3.5</v>", "", 5, "3.5"),
        ("<v>2026-06-06</v>", "d", 0, "2026-06-06"),
    ],
)
def test_a_cell_is_what_it_shows(inside: str, kind: str, style: int, text: str) -> None:
    assert cell(inside, kind, style) == text


def test_a_formula_that_was_never_computed_is_empty() -> None:
    assert shown('<row r="1"><c r="A1"><f>1+1</f></c></row>') == []


def test_days_may_be_counted_from_1904() -> None:
    row = '<row r="1"><c r="A1" s="1"><v>33141</v></c></row>'
    assert shown(row, ' date1904="1"') == [(1, ["1994-09-26"])]


def test_cells_without_an_address_follow_each_other() -> None:
    assert shown("<row><c><v>1</v></c><c/><c><v>3</v></c></row><row><c><v>4</v></c></row>") == [
        (1, ["1", "", "3"]),
        (2, ["4"]),
    ]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ('<row r="1"><c r="A1" t="e"><v>#REF!</v></c></row>', "error_in_cell"),
        ('<row r="1"><c r="XFD1"><v>1</v></c></row>', "too_much"),
        ('<row r="1"><c r="A1"><v>one</v></c></row>', "not_xlsx"),
        ('<row r="x"><c><v>1</v></c></row>', "not_xlsx"),
        ("<row>", "not_xlsx"),
        ('<row r="1"><c r="A1" s="1"><v>1e300</v></c></row>', "not_xlsx"),
        ('<row r="1"><c r="A1" s="3"><v>NaN</v></c></row>', "not_xlsx"),
    ],
)
def test_what_cannot_be_shown_is_refused(rows: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        shown(rows)
    assert refused.value.code == code


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    sheet = b"<worksheet><sheetData>" + b" " * (64 << 20) + b"</sheetData></worksheet>"
    data = workbook("", more={"xl/worksheets/sheet9.xml": sheet})
    assert len(data) < 200_000
    with pytest.raises(Invalid, match="unpacks to 64 MiB"):
        list(xlsx.rows(data))


def test_entities_are_refused() -> None:
    laugh = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><worksheet><sheetData/></worksheet>'
    with pytest.raises(Invalid, match="document type"):
        list(xlsx.rows(workbook("", more={"xl/worksheets/sheet9.xml": laugh})))


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    with pytest.raises(Invalid, match="more than 3 rows"):
        list(xlsx.rows(of_texts(("1",), ("2",), ("3",), ("4",))))


def test_cells_left_empty_before_one_count_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_CELLS", 50)
    assert shown('<row><c r="AX1"><v>1</v></c></row>')
    with pytest.raises(Invalid, match="more than 200,000 rows or 50 cells"):
        shown('<row><c r="AX1"><v>1</v></c></row><row><c r="A2"><v>1</v></c></row>')


def test_a_style_that_the_book_has_not_is_none() -> None:
    rows = '<row><c s="-100"><v>1</v></c><c s="100"><v>2</v></c></row>'
    assert shown(rows) == [(1, ["1", "2"])]


def test_what_no_spreadsheet_packs_so_is_refused() -> None:
    whole = io.BytesIO(of_texts(("bib", "sex")))
    other = io.BytesIO()
    with zipfile.ZipFile(whole) as given, zipfile.ZipFile(other, "w", zipfile.ZIP_LZMA) as made:
        for name in given.namelist():
            made.writestr(name, given.read(name))
    with pytest.raises(Invalid, match="packed as in no workbook"):
        list(xlsx.rows(other.getvalue()))


@pytest.mark.parametrize("missing", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
def test_a_book_without_its_parts_is_none(missing: str) -> None:
    with pytest.raises(Invalid) as refused:
        list(xlsx.rows(workbook("", more={missing: b""})))
    assert refused.value.code == "not_xlsx"


def test_a_list_without_strings_or_styles_is_read() -> None:
    parts = {"xl/sharedStrings.xml": b"", "xl/styles.xml": b""}
    rows = "<row><c><v>7</v></c></row>"
    assert list(xlsx.rows(workbook(rows, more=parts))) == [(1, ["7"])]


@given(st.data())
def test_a_damaged_workbook_is_refused_or_read_and_nothing_else(data: st.DataObject) -> None:
    whole = bytearray(of_texts(("bib", "sex"), ("7", "M")))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(whole[: data.draw(st.integers(0, len(whole)))])
    for file in (bytes(whole), cut):
        with suppress(Invalid):
            list(xlsx.rows(file))
