"""CSV as RFC 4180 has it: UTF-8, CRLF, a header row, quotes where they are needed.

Whoever opens it in a spreadsheet must not run what somebody entered as a name: a cell that a spreadsheet would take
for a formula is written after an apostrophe. A number with a sign is none.
"""

import csv
import io
import re
from collections.abc import Sequence
from typing import Final

from app.sheets.sheet import Cell, Sheet

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_NUMBER: Final = re.compile(r"[+-]\d+(\.\d+)?", re.ASCII)


def render(sheets: Sequence[Sheet]) -> bytes:
    """The first table of each sheet, with the machine names of its columns; an empty line before the next."""
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\r\n")
    for number, sheet in enumerate(sheets):
        if number:
            rows.writerow(())
        for table in sheet.tables[:1]:
            rows.writerow([column.key for column in table.columns])
            rows.writerows([safe(cell) for cell in row.cells] for row in table.rows if row.kind != "note")
    return text.getvalue().encode(errors="replace")


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
