"""What is cut apart: each runner on a card of their own, with what is looked for from afar set large."""

import pytest

from app.sheets.sheet import Column, Row, Signature, Table
from tests.sheets.pdf.reading import Text, overlaps, printed, said
from tests.sheets.pdf.samples import sheet

HEROES = {"bib-labels": "4217", "lane-cards": "8", "time-slips": "1:02:03.45", "certificates": "1:02:03.45"}
"""Document → what stands largest on its cards."""
PER_PAGE = {"bib-labels": 24, "lane-cards": 2, "time-slips": 10, "certificates": 1}
LONG = "BRANDT-WASSERFALLEN-ZURBRIGGEN Luca Maximilian"


def cards(document: str, count: int, name: str = LONG, splits: int = 0) -> list[Text]:
    columns = (
        Column("lane", "LN", "right"),
        Column("bib", "BIB", "right"),
        Column("name", "NAME", wide=True),
        Column("club", "CLUB", wide=True),
        Column("mark", "RESULT", "right"),
    )
    notes = tuple(Row((None, None, f"{i} km", None, f"{i}:00"), "note") for i in range(1, splits + 1))
    one = Table(columns, (Row((8, "4217", name, "Athletic Club of Northlake", "1:02:03.45")), *notes))
    return printed(sheet([one] * count, name=document, signatures=(Signature("Referee"), Signature("Secretary"))))


@pytest.mark.parametrize("document", HEROES)
def test_what_is_looked_for_is_the_largest(document: str) -> None:
    largest = max(cards(document, 1), key=lambda text: text.size)
    assert largest.text == HEROES[document]


@pytest.mark.parametrize("document", HEROES)
@pytest.mark.parametrize("name", [LONG, "X" * 300, "李" * 300, "عبد الله محمد", "🏃 " * 99, "", "many words " * 50])
def test_nothing_runs_into_another_whatever_the_name(document: str, name: str) -> None:
    found = cards(document, 3, name, splits=30)
    assert overlaps(found) == []
    assert all(one.left > 20 and one.right < 576 for one in found)


@pytest.mark.parametrize("document", HEROES)
def test_cards_fill_a_page_and_go_on_with_the_next(document: str) -> None:
    count = PER_PAGE[document]
    assert max(text.page for text in cards(document, count)) == 1
    found = cards(document, count + 1)
    assert [text.page for text in found if text.text == HEROES[document]] == [1] * count + [2]


@pytest.mark.parametrize("document", HEROES)
@pytest.mark.parametrize("tables", [[], [Table((Column("bib", "BIB"),), ())]])
def test_where_there_is_nobody_yet_the_sheet_says_so(document: str, tables: list[Table]) -> None:
    assert "Nobody has finished yet." in said(
        printed(sheet(tables, name=document, notes=("Nobody has finished yet.",)))
    )


def test_a_long_mark_is_whole_on_a_slip() -> None:
    assert "1:02:03.45" in said(cards("time-slips", 1))


def test_a_slip_has_the_times_on_the_way() -> None:
    found = said(cards("time-slips", 1, splits=9))
    assert all(f"{i} km  {i}:00" in found for i in range(1, 10))


def test_a_certificate_is_signed() -> None:
    assert "Referee|Secretary" in said(cards("certificates", 1))


def test_a_document_of_cards_without_runners_is_a_sheet() -> None:
    assert "RESULTS" in said(printed(sheet([], name="bib-labels")))
