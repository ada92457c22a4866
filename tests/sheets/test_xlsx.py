"""A workbook, read back from its XML: what is a number there, what is text, and how it prints."""

import io
import zipfile
from dataclasses import dataclass, replace
from xml.etree import ElementTree

import pytest

from app.sheets import FORMATS
from app.sheets.sheet import Column, Kind, Sheet
from app.sheets.xlsx import typed
from tests.sheets.golden import sheets
from tests.sheets.meets import MEET
from tests.sheets.test_hostile import FORMULAS, MARKUP
from tests.sheets.test_hostile import sheet as hostile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass
class Read:
    """One worksheet: cells by address, text or the number as it is stored; and its XML."""

    cells: dict[str, str | float]
    formulas: int
    links: int
    xml: ElementTree.Element


def read(made: bytes, number: int = 1) -> Read:
    with zipfile.ZipFile(io.BytesIO(made)) as book:
        shared = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        texts = ["".join(part.text or "" for part in one.iter(f"{MAIN}t")) for one in shared.iter(f"{MAIN}si")]
        xml = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
    cells: dict[str, str | float] = {}
    for cell in xml.iter(f"{MAIN}c"):
        value = cell.findtext(f"{MAIN}v")
        if value is not None:
            cells[cell.attrib["r"]] = texts[int(value)] if cell.get("t") == "s" else float(value)
    return Read(cells, len(list(xml.iter(f"{MAIN}f"))), len(list(xml.iter(f"{MAIN}hyperlink"))), xml)


def workbook(*made: Sheet) -> Read:
    return read(FORMATS["xlsx"].render(made))


def test_marks_are_durations_and_places_numbers() -> None:
    cells = workbook(*sheets("track", "heat", "m100/round-1/1", "results")).cells
    place, mark = cells["A10"], cells["F10"]
    assert (place, cells["D10"], cells["E10"]) == (1.0, "HOLM Rune", "NOR")
    assert isinstance(mark, float)
    assert round(mark * 86_400, 6) == 10.21
    assert cells["F15"] == "DQ TR16.8"


@pytest.mark.parametrize(
    ("kind", "text", "value", "shown"),
    [
        ("duration", "10.21", 10.21 / 86_400, "[s].00"),
        ("duration", "10.2h", 10.2 / 86_400, '[s].0"h"'),
        ("duration", "2:31", 151 / 86_400, "[m]:ss"),
        ("duration", "1:02:03", 3_723 / 86_400, "[h]:mm:ss"),
        ("decimal", "-1.3", -1.3, "+0.0;-0.0;0.0"),
        ("integer", "12", 12.0, "0"),
    ],
)
def test_a_number_is_shown_as_it_was_written(kind: Kind, text: str, value: float, shown: str) -> None:
    number, format = typed(text, Column("x", kind=kind))
    assert (number, format) == (pytest.approx(value), shown)


@pytest.mark.parametrize("text", ["DNF", "1e5", "=1+1", "10.21?", "٣", "1_000", "4:61", ""])
def test_what_is_no_number_stays_text(text: str) -> None:
    kinds: tuple[Kind, ...] = ("integer", "decimal", "duration")
    for kind in kinds:
        assert typed(text, Column("x", kind=kind)) == (text, "@")


def test_a_bib_keeps_its_zeros() -> None:
    assert typed("007", Column("bib")) == ("007", "@")


def test_no_name_becomes_a_formula_or_a_link() -> None:
    for name in (*FORMULAS, *MARKUP):
        page = workbook(hostile(name))
        assert (page.formulas, page.links) == (0, 0)
        assert name in page.cells.values()


def test_the_head_stays_in_sight_and_stands_on_every_page() -> None:
    made = FORMATS["xlsx"].render(sheets("road", "event", "10k", "results"))
    xml = read(made).xml
    (pane,) = xml.iter(f"{MAIN}pane")
    assert (pane.get("state"), pane.get("topLeftCell")) == ("frozen", "A9")
    with zipfile.ZipFile(io.BytesIO(made)) as book:
        assert "$8:$8</definedName>" in book.read("xl/workbook.xml").decode()
    setup = xml.find(f"{MAIN}pageSetup")
    assert setup is not None
    assert (setup.get("orientation"), setup.get("paperSize"), setup.get("fitToHeight")) == ("landscape", "9", "0")


def test_the_same_sheet_is_the_same_bytes() -> None:
    one = sheets("track", "event", "m100", "summary")
    assert FORMATS["xlsx"].render(one) == FORMATS["xlsx"].render(one)


def test_a_book_has_a_worksheet_for_each_sheet_none_named_twice() -> None:
    book = sheets("track", "meet", MEET, "book")
    with zipfile.ZipFile(io.BytesIO(FORMATS["xlsx"].render(book))) as file:
        root = ElementTree.fromstring(file.read("xl/workbook.xml"))
    names = [one.attrib["name"] for one in root.iter(f"{MAIN}sheet")]
    assert len(names) == len(set(names)) == len(book)
    assert max(map(len, names)) <= 31


def test_a_worksheet_is_never_called_what_spreadsheets_refuse() -> None:
    made = [replace(hostile("A"), subject=subject) for subject in ("History", "[a]:*?/\\'b", "🏃" * 40, "🏃" * 40)]
    with zipfile.ZipFile(io.BytesIO(FORMATS["xlsx"].render(made))) as file:
        root = ElementTree.fromstring(file.read("xl/workbook.xml"))
    names = [one.attrib["name"] for one in root.iter(f"{MAIN}sheet")]
    assert names == ["History 2", "a       b", "🏃" * 13, f"{'🏃' * 13} 2"]


def test_the_foot_of_a_page_takes_no_orders_from_the_text() -> None:
    foot = workbook(replace(hostile("A"), issued="Issued &D at &P")).xml.findtext(f".//{MAIN}oddFooter")
    assert foot == "&LIssued &&D at &&P&R&P / &N"
