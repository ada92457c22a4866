"""Sheets as plain text in fixed columns, as wide as they need, for terminals, mail and notice boards.

Wide letters (CJK) take two columns. Long names break over lines; nothing is cut off.
"""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final

from app.sheets.sheet import Column, Row, Sheet, Table
from app.sheets.words import words
from app.sheets.written import plain, width, wrapped

LEAST: Final = 78
MOST: Final = 118
WIDEST: Final = 30
"""Of a column; longer cells go on below."""
GAP: Final = "  "


def render(sheets: Sequence[Sheet]) -> bytes:
    return "\n\n".join("\n".join(line.rstrip() for line in _lines(sheet)) for sheet in sheets).encode() + b"\n"


def _lines(sheet: Sheet) -> Iterator[str]:
    tables = [table.printed() for table in sheet.tables]
    across = min(MOST, max([LEAST, *(_across(_widths(table), table) for table in tables)]))
    yield from _apart(plain(sheet.meet).upper(), plain(sheet.where_when), across)
    yield from _apart(plain(sheet.title), plain(sheet.standing), across)
    yield from wrapped(plain(sheet.subject), across) if sheet.subject else ()
    for line in sheet.lines:
        yield from wrapped(plain(line), across)
    if sheet.records is not None:
        yield from _table(sheet.records.printed(), head=False)
    for table in (one for one in tables if one.rows):
        yield from ("", plain(table.title)) if table.title else ("",)
        yield from _table(table)
    yield from _below(sheet, across)


def _below(sheet: Sheet, across: int) -> Iterator[str]:
    say = words(sheet.language)
    if sheet.notes:
        yield ""
    for note in sheet.notes:
        yield from wrapped(plain(note), across)
    if sheet.changes:
        yield ""
        yield say("word.changes")
        for change in sheet.changes:
            yield from (f"  {line}" for line in wrapped(plain(change), across - 2))
    if sheet.legend:
        yield ""
        yield from _flow([f"{plain(code)} {plain(meaning)}" for code, meaning in sheet.legend], across)
    yield ""
    digest = f"{say('word.digest')} {sheet.digest}" if sheet.digest else ""
    yield from _apart(plain(sheet.issued), digest, across)
    if sheet.signatures:
        yield ""
        yield from _flow([f"{plain(say.signed(one.role, one.name))} ____________" for one in sheet.signatures], across)


def _flow(parts: Sequence[str], across: int) -> Iterator[str]:
    """As many on a line as fit, none of them broken."""
    line = ""
    for part in parts:
        joined = f"{line}   {part}" if line else part
        if line and width(joined) > across:
            yield line
            joined = part
        line = joined
    yield line


def _apart(left: str, right: str, across: int) -> Iterator[str]:
    """One text at each side, or one below the other where they do not fit."""
    room = across - width(left) - width(right)
    if right and room >= 2:
        yield f"{left}{' ' * room}{right}"
        return
    yield from wrapped(left, across)
    if right:
        yield from wrapped(right, across)


def _table(table: Table, *, head: bool = True) -> Iterator[str]:
    widths = _widths(table)
    if head and table.columns:
        yield _joined(
            [_aligned(column.title, column, room) for column, room in zip(table.columns, widths, strict=True)]
        )
    for row in table.rows:
        yield from _row(row, table.columns, widths)


def _row(row: Row, columns: Sequence[Column], widths: Sequence[int]) -> Iterator[str]:
    cells = [wrapped(plain(cell), room) for cell, room in zip(row.cells, widths, strict=True)]
    for parts in zip_longest(*cells, fillvalue=""):
        yield _joined([_aligned(part, column, room) for part, column, room in zip(parts, columns, widths, strict=True)])


def _widths(table: Table) -> list[int]:
    return [
        max(1, min(WIDEST, max([width(column.title), *(width(plain(row.cells[i])) for row in table.rows)])))
        for i, column in enumerate(table.columns)
    ]


def _across(widths: Sequence[int], table: Table) -> int:
    return sum(widths) + len(GAP) * (len(table.columns) - 1) + 1


def _joined(parts: Sequence[str]) -> str:
    return f" {GAP.join(parts)}"


def _aligned(text: str, column: Column, room: int) -> str:
    space = " " * max(0, room - width(text))
    if column.align == "center":
        half = len(space) // 2
        return f"{space[:half]}{text}{space[half:]}"
    return f"{space}{text}" if column.align == "right" else f"{text}{space}"
