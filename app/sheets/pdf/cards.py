"""Cards, to be cut apart: labels for bibs, cards for lanes, time slips."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.sheets.colours import INK
from app.sheets.pdf.colours import HAIR, QUIET
from app.sheets.pdf.columns import HEAD, written
from app.sheets.pdf.document import Document
from app.sheets.pdf.page import SIZES, Page
from app.sheets.pdf.shaping import Setter
from app.sheets.pdf.tags import Tag
from app.sheets.pdf.wrapping import longest, wrapped
from app.sheets.sheet import Sheet, Table

_EDGE: Final = 24.0
_FOOT: Final = 44.0
_PAD: Final = 10.0


@dataclass(frozen=True, slots=True)
class Shape:
    """`across` and `down` a page; what is set largest, and the part of the width that it has; size of the name."""

    across: int
    down: int
    hero: str
    share: float
    name: float
    small: float


SHAPES: Final[Mapping[str, Shape]] = {
    "bib-labels": Shape(3, 8, "bib", 0.40, 11.0, 7.5),
    "lane-cards": Shape(1, 2, "lane", 0.42, 34.0, 15.0),
    "time-slips": Shape(2, 5, "mark", 0.42, 13.0, 7.5),
}


@dataclass(frozen=True, slots=True)
class _Card:
    document: Document
    page: Page
    left: float
    top: float
    width: float
    height: float
    tag: Tag

    def text(self, said: str, left: float, base: float, size: float, ink: str, *, bold: bool = False) -> None:
        with self.page.tagged(self.document.tags.add("P", self.tag)):
            self.page.text(left, base, self.document.setter.line(said, bold), size, ink)


def fitted(setter: Setter, said: str, width: float, size: float, most: int = 1) -> tuple[list[str], float]:
    """Lines of bold type and their size: smaller by and by, down to a half, until there are no more than `most`."""
    for tenths in range(10, 5, -1):
        now = size * tenths / 10
        lines = wrapped(setter, said, width * 1000 / now, bold=True)
        if len(lines) <= most and longest(setter, said, bold=True) * now <= width * 1000:
            return lines, now
    return wrapped(setter, said, width * 2000 / size, bold=True, most=most), size / 2


def lay_out(document: Document, sheet: Sheet) -> None:
    shape = SHAPES[sheet.name]
    page_width, page_height = SIZES[sheet.look.paper]
    width, height = (page_width - 2 * _EDGE) / shape.across, (page_height - _EDGE - _FOOT) / shape.down
    part = document.tags.add("Sect", document.root)
    page = document.page(page_width, page_height)
    for i, table in enumerate(sheet.tables):
        down, across = divmod(i % (shape.across * shape.down), shape.across)
        if i and not down and not across:
            page.pack()
            page = document.page(page_width, page_height)
        place = (_EDGE + across * width, _EDGE + down * height, width, height)
        card = _Card(document, page, *place, document.tags.add("Sect", part))
        page.frame(*place, 0.5, HAIR)
        _draw(card, shape, sheet, table.printed())
        document.drawn(len(table.rows))


def _draw(card: _Card, shape: Shape, sheet: Sheet, table: Table) -> None:
    said = {column.key: written(cell) for column, cell in zip(table.columns, table.rows[0].cells, strict=True)}
    left, room = card.left + _PAD, card.width * shape.share - 1.5 * _PAD
    right, space = left + room + _PAD, card.width * (1 - shape.share) - 1.5 * _PAD
    hero, most = said.pop(shape.hero, ""), min(card.height * 0.55, room * 0.8)
    size = min(most, room * 1000 / max(card.document.setter.width(hero, bold=True), 1))
    card.text(hero, left, card.top + card.height / 2 + size * 0.36, size, sheet.look.colour, bold=True)
    at = _above(card, sheet, right, space, shape.small)
    lines, size = fitted(card.document.setter, said.pop("name", ""), space, shape.name, most=2)
    for line in lines:
        at += size * 1.15
        card.text(line, right, at, size, INK, bold=True)
    facts = [(column.title, said[column.key]) for column in table.columns if said.get(column.key)]
    at = _facts(card, facts, right, at + shape.small * 0.5, space, shape.small)
    _under(card, table, right, at + shape.small * 0.4, space, shape.small)


def _above(card: _Card, sheet: Sheet, left: float, width: float, size: float) -> float:
    """What it is of, and where."""
    at = card.top + _PAD
    for said, ink in ((sheet.subject or sheet.title, sheet.look.accent), (sheet.meet, QUIET)):
        line = wrapped(card.document.setter, said, width * 1000 / (size * HEAD), bold=True, most=1)[0]
        at += size * HEAD * 1.3
        card.text(line, left, at, size * HEAD, ink, bold=True)
    return at + size * 0.3


def _facts(card: _Card, facts: Sequence[tuple[str, str]], left: float, at: float, width: float, size: float) -> float:
    """`NAT NOR   CLUB Bergen …`, one after another as far as there is room."""
    setter, x = card.document.setter, 0.0
    at += size * 1.3
    for title, value in facts:
        short = setter.width(title, bold=True) * size * HEAD / 1000 + (3 if title else 0)
        line = wrapped(setter, value, (width - short) * 1000 / size, most=1)[0]
        wide = short + setter.width(line) * size / 1000
        if x and x + wide > width:
            x, at = 0.0, at + size * 1.4
        if at > card.top + card.height - size * 0.5:
            break
        if title:
            card.text(title, left + x, at, size * HEAD, QUIET, bold=True)
        card.text(line, left + x + short, at, size, INK)
        x += wide + size
    return at


def _under(card: _Card, table: Table, left: float, at: float, width: float, size: float) -> None:
    """The lines under the row, in two columns: times on the way."""
    setter, notes = card.document.setter, table.rows[1:]
    down = max(1, int((card.top + card.height - _PAD / 2 - at) / (size * 1.25)))
    for i, row in enumerate(notes[: 2 * down]):
        side, line = divmod(i, max(down if len(notes) > down else len(notes), 1))
        said = "  ".join(written(cell) for cell in row.cells if cell not in (None, ""))
        cut = wrapped(setter, said, (width / 2 - 6) * 1000 / size, most=1)[0]
        card.text(cut, left + side * width / 2, at + (line + 1) * size * 1.25, size, QUIET)
