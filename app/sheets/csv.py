"""CSV as RFC 4180 has it: UTF-8, CRLF, a header row, quotes where they are needed.

Whoever opens it in a spreadsheet must not run what somebody entered as a name: a cell that a spreadsheet would take
for a formula is written after an apostrophe. A number with a sign is none.
"""

import csv
import io
import re
from collections.abc import Sequence
from typing import Final

from app.sheets.sheet import Cell, Sheet, Table

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_NUMBER: Final = re.compile(r"[+-]\d+(\.\d+)?", re.ASCII)


def render(sheets: Sequence[Sheet]) -> bytes:
    """The rows of each sheet, with the machine names of their columns; an empty line before the next sheet."""
    text = io.StringIO(newline="")
    written = csv.writer(text, lineterminator="\r\n")
    for number, sheet in enumerate(sheets):
        if number:
            written.writerow(())
        for part, table in enumerate(rows_of(sheet)):
            if not part:
                written.writerow([safe(column.key) for column in table.columns])
            written.writerows(
                [safe(cell) for cell in row.cells] for row in table.rows if row.kind not in ("note", "empty")
            )
    return text.getvalue().encode(errors="replace")


def rows_of(sheet: Sheet) -> list[Table]:
    """The parts of the first table: CSV holds one."""
    return [table for table in sheet.tables if table.key == sheet.tables[0].key]


def safe(cell: Cell) -> Cell:
    """
    >>> safe("=1+1"), safe("+0.3"), safe(None), safe("Müller")
    ("'=1+1", '+0.3', '', 'Müller')
    """
    if cell is None:
        return ""
    if isinstance(cell, str) and cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell
