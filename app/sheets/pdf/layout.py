"""One sheet on its pages: head, records, tables, and what stands below."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final
from unicodedata import normalize

from app.sheets.pdf import cards, certificates, foot, head
from app.sheets.pdf.clean import Unprintable
from app.sheets.pdf.colours import legible
from app.sheets.pdf.columns import Grid, Measured, measure, written
from app.sheets.pdf.document import Document
from app.sheets.pdf.flow import MARGIN, Flow
from app.sheets.pdf.page import SIZES
from app.sheets.pdf.shaping import Setter
from app.sheets.pdf.table import draw
from app.sheets.sheet import Column, Sheet, Table
from app.sheets.words import words

_SIZES: Final = (8.5, 8.0, 7.5)
"""Type of the cells: the largest that the columns have room for."""
_SMALLER: Final = (7.0, 6.5)
"""On a page that is turned already."""
_RECORDS: Final = 7.5
_LAYOUTS: Final = {**dict.fromkeys(cards.SHAPES, cards.lay_out), "certificates": certificates.lay_out}
"""Of documents that are no sheets of one table under another."""


def lay_out(document: Document, sheet: Sheet) -> None:
    try:
        some = any(table.rows for table in sheet.tables)
        layout = _LAYOUTS.get(sheet.name, _lay_out) if some else _lay_out
        layout(document, replace(sheet, look=legible(sheet.look)))
    except Unprintable as lack:
        raise Unprintable(lack.character, _where(sheet, lack.character)) from None


def name_of(sheet: Sheet) -> str:
    """`100 Metres Men – Final – RESULTS`"""
    return " – ".join(part for part in (sheet.subject, sheet.title) if part)


def _where(sheet: Sheet, character: str) -> str:
    """The row that a character stands in, for whoever has to find it."""
    for table in sheet.tables:
        for row in table.rows:
            said = " ".join(written(cell) for cell in row.cells if cell not in (None, ""))
            if character in normalize("NFC", said):
                return f"the row {said[:80]!r}"
    return f"the text of {name_of(sheet)[:80]!r}"


def _lay_out(document: Document, sheet: Sheet) -> None:
    tables = [table.printed() for table in sheet.tables]
    measured = list(_measured(document.setter, tables))
    upright, turned = (side - 2 * MARGIN for side in SIZES[sheet.look.paper])
    wide = not all(any(one.grid(upright, size) for size in _SIZES) for one in measured)
    width = turned if wide else upright
    flow = Flow(document, sheet.look.paper, wide, sheet.look.colour, lambda flow: head.again(flow, sheet))
    part = document.tags.add("Sect", document.root)
    head.first(flow, sheet, part)
    if sheet.records and sheet.records.rows:
        records = _narrow(sheet.records.printed())
        draw(flow, records, _grid(measure(flow.setter, [records]), width, (_RECORDS,)), part)
        flow.at += 8
    grids = {one.columns: _grid(one, width, (*_SIZES, *_SMALLER) if wide else _SIZES) for one in measured}
    for i, table in enumerate(tables):
        flow.at += 8 if i else 0
        if table.columns:
            draw(flow, table, grids[table.columns], part)
    foot.last(flow, sheet, words(sheet.language), part)


def _narrow(table: Table) -> Table:
    """No wider than what it says."""
    columns = tuple(replace(column, wide=False) for column in table.columns)
    return replace(table, columns=columns, title="")


def _measured(setter: Setter, tables: Iterable[Table]) -> Iterator[Measured]:
    """Those of the same columns together, so that heats stand under one another."""
    alike: dict[tuple[Column, ...], list[Table]] = {}
    for table in tables:
        alike.setdefault(table.columns, []).append(table)
    return (measure(setter, group) for group in alike.values())


def _grid(measured: Measured, width: float, sizes: Iterable[float]) -> Grid:
    """In the largest type that it has room for; in the smallest if it has none."""
    smallest = 0.0
    for size in sizes:
        grid = measured.grid(width, size)
        if grid is not None:
            return grid
        smallest = size
    return measured.squeezed(width, smallest)
