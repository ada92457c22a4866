"""A table on paper: heads that come again on every page, rows that stay with the lines under them."""

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final

from app.sheets.colours import INK
from app.sheets.pdf.colours import HAIR, QUIET
from app.sheets.pdf.columns import HEAD, STRONG, Grid, written
from app.sheets.pdf.flow import Flow
from app.sheets.pdf.tags import COLUMN, Tag
from app.sheets.pdf.wrapping import wrapped
from app.sheets.sheet import Align, Row, RowKind, Table

PITCH: Final = 1.22
"""From line to line, of the size."""
_PAD: Final = 0.21
"""Above and below the lines of a row, of the size."""
_BASE: Final = 0.98
"""From the top of a line to its baseline, of the size."""
_MOST: Final = 4
"""Lines of a cell; an ellipsis says that there was more."""
_MOST_NOTE: Final = 12
_NOTE: Final = 0.92
_TOGETHER: Final = 12
"""Tables of so many rows are not parted."""
_INKS: Final[dict[RowKind, str]] = {"plain": INK, "out": QUIET, "empty": QUIET, "note": QUIET}


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines of text in a place of their own."""

    left: float
    width: float
    align: Align
    lines: tuple[str, ...]
    bold: bool = False


@dataclass(frozen=True, slots=True)
class _Set:
    """A row with its text in lines."""

    kind: RowKind
    blocks: tuple[_Block, ...]
    height: float


def draw(flow: Flow, table: Table, grid: Grid, parent: Tag) -> None:
    """Under what the page has already. Raises `Unprintable`."""
    groups = ([_row(flow, table, row, grid) for row in group] for group in _groups(table.rows))
    whole = len(table.rows) <= _TOGETHER
    first = list(groups) if whole else list(islice(groups, 2))
    title = grid.size * 2.3 if table.title else 0.0
    head = _head_height(table, grid)
    flow.need(title + head + sum(_height(group) for group in first))
    if table.title:
        _title(flow, table.title, grid, flow.tags.add("H2", parent))
    tag = flow.tags.add("Table", parent)
    _heads(flow, table, grid, tag)
    for group in chain(first, groups):
        if not flow.fits(_height(group)):
            _turn(flow, table, grid)
        for one in group:
            if not flow.fits(one.height):
                _turn(flow, table, grid)
            _draw_row(flow, one, grid, tag)
        flow.page.rule(flow.left, flow.left + grid.right, flow.at, 0.35, HAIR)
        flow.document.drawn(len(group))


def _height(group: Sequence[_Set]) -> float:
    return sum(one.height for one in group)


def _turn(flow: Flow, table: Table, grid: Grid) -> None:
    flow.turn()
    _heads(flow, table, grid, None)


def _groups(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """A row and the lines under it."""
    group: list[Row] = []
    for row in rows:
        if row.kind != "note" and group:
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _row(flow: Flow, table: Table, row: Row, grid: Grid) -> _Set:
    blocks = tuple(_note_blocks(flow, row, grid) if row.kind == "note" else _blocks(flow, table, row, grid))
    size = grid.size * (_NOTE if row.kind == "note" else 1)
    lines = max((len(block.lines) for block in blocks), default=1)
    return _Set(row.kind, blocks, size * (lines * PITCH + 2 * _PAD))


def _blocks(flow: Flow, table: Table, row: Row, grid: Grid) -> Iterator[_Block]:
    for column, cell, left, width in zip(table.columns, row.cells, grid.lefts, grid.widths, strict=True):
        bold = column.key in STRONG and row.kind == "plain"
        lines = wrapped(flow.setter, written(cell), width * 1000 / grid.size, bold, _MOST)
        yield _Block(left, width, column.align, tuple(lines), bold)


def _note_blocks(flow: Flow, row: Row, grid: Grid) -> Iterator[_Block]:
    """Each text begins at its column and has the room up to the next one."""
    said = [i for i, cell in enumerate(row.cells) if cell not in (None, "")]
    size = grid.size * _NOTE
    for i, after in zip(said, [*said, None][1:], strict=True):
        end = grid.right if after is None else grid.lefts[after] - 4
        width = end - grid.lefts[i]
        lines = wrapped(flow.setter, written(row.cells[i]), width * 1000 / size, most=_MOST_NOTE)
        yield _Block(grid.lefts[i], width, "left", tuple(lines))


def _draw_row(flow: Flow, row: _Set, grid: Grid, table: Tag) -> None:
    size = grid.size * (_NOTE if row.kind == "note" else 1)
    tag = flow.tags.add("TR", table)
    for block in row.blocks:
        cell = flow.tags.add("TD", tag)
        if block.lines != ("",):
            with flow.page.tagged(cell):
                _lines(flow, block, flow.at + size * _PAD, size, _INKS[row.kind])
        flow.tags.done(cell)
    flow.tags.done(tag)
    flow.at += row.height


def _lines(flow: Flow, block: _Block, top: float, size: float, ink: str) -> None:
    for i, text in enumerate(block.lines):
        line = flow.setter.line(text, block.bold)
        rest = block.width - line.width * size / 1000
        left = block.left + {"left": 0.0, "center": rest / 2, "right": rest}[block.align]
        flow.page.text(flow.left + left, top + size * (i * PITCH + _BASE), line, size, ink)


def _head_height(table: Table, grid: Grid) -> float:
    return grid.size * 1.9 if any(column.title for column in table.columns) else 0.0


def _heads(flow: Flow, table: Table, grid: Grid, tag: Tag | None) -> None:
    """Tagged where they stand first, and adornment where they come again."""
    height = _head_height(table, grid)
    if not height:
        return
    size = grid.size * HEAD
    row = flow.tags.add("TR", tag) if tag else None
    for column, left, width in zip(table.columns, grid.lefts, grid.widths, strict=True):
        text = wrapped(flow.setter, column.title, max(width, 1) * 1000 / size, bold=True, most=1)
        block = _Block(left, width, column.align, tuple(text), bold=True)
        cell = flow.tags.add("TH", row, COLUMN) if row else None
        with flow.page.tagged(cell) if cell and column.title else flow.page.untagged() if not cell else nullcontext():
            _lines(flow, block, flow.at + grid.size * 0.55, size, flow.colour)
    flow.at += height
    flow.page.rule(flow.left, flow.left + grid.right, flow.at, 0.9, flow.colour)


def _title(flow: Flow, title: str, grid: Grid, tag: Tag) -> None:
    size = grid.size * 1.12
    flow.at += grid.size * 2.3
    with flow.page.tagged(tag):
        line = flow.setter.line(wrapped(flow.setter, title, flow.width * 1000 / size, bold=True, most=1)[0], bold=True)
        flow.page.text(flow.left, flow.at - grid.size * 0.35, line, size, INK)
