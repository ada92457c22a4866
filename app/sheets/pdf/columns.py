"""How wide the columns of a table are: measured from what stands in them. What has room is not broken."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.sheets.pdf.shaping import Setter
from app.sheets.pdf.wrapping import longest
from app.sheets.sheet import Cell, Column, Table

HEAD: Final = 0.82
"""Size of the heads, of that of the cells."""
STRONG: Final = frozenset({"place", "rank", "mark"})
"""What a reader looks for first is set bold."""
GAP: Final = 8.0
_WIDEST_GAP: Final = 26.0
_LEAST: Final = 96.0
"""A wide column is not made narrower than this for others, in points, while a page can be turned."""
_SLACK: Final = 0.5


@dataclass(frozen=True, slots=True)
class Grid:
    """`lefts` and `widths` of the columns, in points, for text of this `size`."""

    size: float
    lefts: tuple[float, ...]
    widths: tuple[float, ...]

    @property
    def right(self) -> float:
        return self.lefts[-1] + self.widths[-1]


@dataclass(frozen=True, slots=True)
class Measured:
    """What columns ask for, in points at size 1: all of it, and at least."""

    columns: tuple[Column, ...]
    natural: tuple[float, ...]
    words: tuple[float, ...]

    def grid(self, width: float, size: float) -> Grid | None:
        """None if the columns need more room, or smaller type."""
        gaps = GAP * (len(self.columns) - 1)
        natural = [one * size + _SLACK for one in self.natural]
        least = [self._least(i, size) for i in range(len(natural))]
        if sum(least) + gaps > width:
            return None
        return _placed(self.columns, _shared(natural, least, width - gaps), width, size)

    def squeezed(self, width: float, size: float) -> Grid:
        """In the room that there is: every column may break, anywhere."""
        room = width - GAP * (len(self.columns) - 1)
        least = [min(one * size + _SLACK, room / len(self.columns)) for one in self.natural]
        return _placed(self.columns, _shared([one * size for one in self.natural], least, room), width, size)

    def _least(self, i: int, size: float) -> float:
        natural = self.natural[i] * size + _SLACK
        if not self.columns[i].wide:
            return natural
        return min(natural, max(_LEAST, min(self.words[i] * size + _SLACK, 2 * _LEAST)))


def measure(setter: Setter, tables: Sequence[Table]) -> Measured:
    """Tables of the same columns, which are to stand under one another."""
    columns = tables[0].columns
    natural, words = [], []
    for i, column in enumerate(columns):
        bold = column.key in STRONG
        cells = {written(row.cells[i]) for table in tables for row in table.rows if row.kind != "note"}
        head = setter.width(column.title, bold=True) * HEAD
        natural.append(max([head, *(setter.width(cell, bold) for cell in cells)]) / 1000)
        words.append(max([head, *(longest(setter, cell, bold) for cell in cells)]) / 1000 if column.wide else 0.0)
    return Measured(columns, tuple(natural), tuple(words))


def written(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _shared(natural: Sequence[float], least: Sequence[float], room: float) -> list[float]:
    """Everyone the least; what is left goes to those that ask for more, evenly, until they have what they ask for."""
    widths = list(least)
    wanting = [i for i in range(len(widths)) if natural[i] > widths[i]]
    left = room - sum(widths)
    while wanting and left > 0.01:
        share = left / len(wanting)
        for i in wanting:
            widths[i] += min(share, natural[i] - widths[i])
        wanting = [i for i in wanting if natural[i] - widths[i] > 0.01]
        left = room - sum(widths)
    return widths


def _placed(columns: Sequence[Column], widths: list[float], width: float, size: float) -> Grid:
    """Room to spare goes between the columns first, then to the wide ones. A table without such stays narrow."""
    joints = sum(1 for column in columns[1:] if column.title)
    spare = width - sum(widths) - GAP * (len(widths) - 1)
    gap = min(_WIDEST_GAP - GAP, spare / joints) if joints else 0.0
    wide = [i for i, column in enumerate(columns) if column.wide]
    for i in wide:
        widths[i] += (spare - gap * joints) / len(wide)
    lefts, at = [], 0.0
    for i, column in enumerate(columns):
        if i:
            at += GAP + (gap if column.title else 0.0)
        lefts.append(at)
        at += widths[i]
    return Grid(size, tuple(lefts), tuple(widths))
