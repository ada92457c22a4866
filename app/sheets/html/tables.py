"""Tables of a sheet as HTML. Names stand in elements of their own, so that Hebrew beside Latin stays in its cell."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape
from typing import Final

from app.sheets.sheet import Cell, Column, Row, Table
from app.sheets.written import plain

_CLASS: Final = re.compile(r"[^a-z0-9_-]")


def text(value: object) -> str:
    return escape(plain(value))


def table(whole: Table, *, links: bool = False) -> Iterator[str]:
    """With `links`, row n leads to the n-th sheet of the book."""
    shown = whole.printed()
    if not shown.rows:
        return
    yield f'<div class="scroll"><table{_kind(shown.columns)}>'
    if whole.title:
        yield f"<caption><bdi>{text(whole.title)}</bdi></caption>"
    yield f"<thead><tr>{''.join(_heads(shown.columns))}</tr></thead>"
    yield "<tbody>"
    for number, row in enumerate(shown.rows, 1):
        yield _row(row, shown.columns, f"#sheet-{number}" if links else None)
    yield "</tbody></table></div>"


def _kind(columns: Sequence[Column]) -> str:
    """Where runners have marks, a phone shows only what it has room for beside them."""
    return ' class="marks"' if {"name", "mark"} <= {one.key for one in columns} else ""


def _heads(columns: Sequence[Column]) -> Iterator[str]:
    """A column without a title stands under the one on its left."""
    index = 0
    while index < len(columns):
        one, span = columns[index], 1
        while index + span < len(columns) and not columns[index + span].title:
            span += 1
        across = f' colspan="{span}"' if span > 1 else ""
        align = "" if one.align == "left" or span > 1 else f" {one.align}"
        if one.align == "right" and span > 1:
            yield f'<th scope="col" class="{_name(one)} right">{text(one.title)}</th>'
            yield f'<td class="{_name(one)}" colspan="{span - 1}"></td>'
        else:
            yield f'<th scope="col" class="{_name(one)}{align}"{across}>{text(one.title)}</th>'
        index += span


def _row(row: Row, columns: Sequence[Column], link: str | None) -> str:
    first = _winner(row, columns)
    cells = "".join(
        _cell(cell, column, link, first=i == first)
        for i, (cell, column) in enumerate(zip(row.cells, columns, strict=True))
    )
    return f"<tr>{cells}</tr>" if row.kind == "plain" else f'<tr class="{row.kind}">{cells}</tr>'


def _winner(row: Row, columns: Sequence[Column]) -> int | None:
    """Where a first place stands: the rank over the heats goes before the place in one."""
    found = sorted(((one.key, i) for i, one in enumerate(columns) if one.key in ("rank", "place")), reverse=True)
    return found[0][1] if found and row.kind == "plain" and row.cells[found[0][1]] in (1, "=1") else None


def _cell(cell: Cell, column: Column, link: str | None, *, first: bool) -> str:
    said = text(cell)
    if column.wide and said:
        said = f"<bdi>{said}</bdi>"
    if link and said and column.key == "subject":
        said = f'<a href="{link}">{said}</a>'
    return f'<td class="{_classes(column)}{" first" if first else ""}">{said}</td>'


@lru_cache(maxsize=1_000)
def _classes(column: Column) -> str:
    more = (column.align if column.align != "left" else "", "wide" if column.wide else "")
    untitled = "" if column.title else "untitled"
    return " ".join(part for part in (_name(column), *more, untitled) if part)


def _name(column: Column) -> str:
    """Names of points are the organizer's: of `split 5 km` the first word is told."""
    return f"c-{_CLASS.sub('', column.key.split(' ')[0].lower())}"


def records_block(records: Table, label: str) -> Iterator[str]:
    """A line for each record, without heads: what they are is known (R50)."""
    shown = records.printed()
    yield f'<div class="scroll"><table class="records-block" aria-label="{text(label)}"><tbody>'
    for row in shown.rows:
        yield _row(row, shown.columns, None)
    yield "</tbody></table></div>"


def cards(tables: Sequence[Table]) -> Iterator[str]:
    """Each table to be cut out: what its first row says, then the lines below it."""
    yield '<div class="cards">'
    for each in (one for one in tables if one.rows):
        shown = each.printed()
        first, *notes = shown.rows
        said = [
            f'<div class="{_name(column)}"><dt>{text(column.title)}</dt><dd><bdi>{text(cell)}</bdi></dd></div>'
            for column, cell in zip(shown.columns, first.cells, strict=True)
            if cell is not None
        ]
        below = (tuple(text(cell) for cell in row.cells if cell is not None) for row in notes)
        said += [f"<div><dt>{parts[0]}</dt><dd>{' '.join(parts[1:])}</dd></div>" for parts in below if parts]
        yield f'<dl class="card">{"".join(said)}</dl>'
    yield "</div>"
