"""A long document says how many of its rows are drawn, and each of them once."""

import pytest

from app.sheets import FORMATS
from app.sheets.sheet import Table
from tests.sheets.pdf.samples import lines, sheet

SLOW = [name for name, one in FORMATS.items() if one.slowly]
DOCUMENTS = ("results", "certificates", "bib-labels", "time-slips")


def told(format: str, document: str, *tables: Table) -> list[int]:
    slowly = FORMATS[format].slowly
    assert slowly
    said: list[int] = []
    slowly([sheet(tables, name=document)], said.append)
    return said


@pytest.mark.parametrize("format", SLOW)
@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_row_is_told_once(format: str, document: str) -> None:
    assert sum(told(format, document, lines(7), lines(30, every=4))) == 7 + 30 + 7


@pytest.mark.parametrize("format", SLOW)
def test_a_long_table_is_told_of_in_parts(format: str) -> None:
    parts = told(format, "results", lines(100))
    assert max(parts) < 50, "a third of them at most, where there are three columns"


@pytest.mark.parametrize("format", SLOW)
def test_who_asks_gets_the_same_bytes(format: str) -> None:
    one = FORMATS[format]
    made = [sheet([lines(20)])]
    assert one.slowly
    assert one.slowly(made, lambda rows: None) == one.render(made)
