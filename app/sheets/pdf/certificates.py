"""Certificates: one to a page, everything in the middle."""

from typing import Final

from app.sheets.colours import INK
from app.sheets.pdf.cards import fitted
from app.sheets.pdf.colours import HAIR, QUIET
from app.sheets.pdf.columns import written
from app.sheets.pdf.document import Document
from app.sheets.pdf.logo import drawable, embed
from app.sheets.pdf.page import SIZES, Page
from app.sheets.pdf.tags import Tag
from app.sheets.pdf.wrapping import wrapped
from app.sheets.sheet import Sheet, Table

_EDGE: Final = 36.0
_FOOT: Final = 48.0
_LOGO: Final = 76.0
_SMALL: Final = 10.0


def lay_out(document: Document, sheet: Sheet) -> None:
    part = document.tags.add("Sect", document.root)
    for table in sheet.tables:
        page = document.page(*SIZES[sheet.look.paper])
        _frame(page, sheet)
        _draw(document, page, sheet, table.printed(), document.tags.add("Sect", part))
        page.pack()
        document.drawn(len(table.rows))


def _frame(page: Page, sheet: Sheet) -> None:
    for inset, weight, colour in ((0.0, 2.4, sheet.look.colour), (5.0, 0.6, HAIR)):
        edge = _EDGE + inset
        page.frame(edge, edge, page.width - 2 * edge, page.height - edge - _FOOT - inset, weight, colour)


def _draw(document: Document, page: Page, sheet: Sheet, table: Table, tag: Tag) -> None:
    said = {column.key: written(cell) for column, cell in zip(table.columns, table.rows[0].cells, strict=True)}
    mark, name = said.pop("mark", ""), said.pop("name", "")
    facts = [f"{one.title} {said[one.key]}".strip() for one in table.columns if said.get(one.key)]
    at = page.height * 0.26
    _logo(document, page, sheet)
    for kind, text, size, ink, most in (
        ("P", sheet.title, 15.0, sheet.look.accent, 1),
        ("P", sheet.meet, 24.0, sheet.look.colour, 2),
        ("P", sheet.where_when, _SMALL, QUIET, 1),
        ("H1", name, 38.0, INK, 2),
        ("P", sheet.subject, 16.0, INK, 2),
        ("P", mark, 60.0, sheet.look.colour, 1),
        *(("P", "   ·   ".join(facts[i : i + 4]), _SMALL, QUIET, 2) for i in range(0, len(facts), 4)),
    ):
        at = _centred(document, page, tag, (kind, text, size, ink, most), at + size * 0.55)
    _sign(document, page, sheet, tag)


def _centred(document: Document, page: Page, tag: Tag, text: tuple[str, str, float, str, int], at: float) -> float:
    """`text`: its tag, what it says, its size and colour, and the most lines of it. Where it ends."""
    kind, said, size, ink, most = text
    if not said:
        return at
    lines, size = fitted(document.setter, said, page.width - 4 * _EDGE, size, most)
    with page.tagged(document.tags.add(kind, tag)):
        for line in lines:
            at += size * 1.2
            whole = document.setter.line(line, bold=True)
            page.text((page.width - whole.width * size / 1000) / 2, at, whole, size, ink)
    return at


def _logo(document: Document, page: Page, sheet: Sheet) -> None:
    drawn = drawable(sheet.look.logo)
    if drawn is None:
        return
    scale = min(_LOGO / drawn.height, 2 * _LOGO / drawn.width)
    width, height = drawn.width * scale, drawn.height * scale
    ref = document.image(drawn.key, lambda file: embed(file, drawn))
    with page.untagged():
        page.image(f"I{drawn.key}", ref, (page.width - width) / 2, page.height * 0.22 - height, width, height)


def _sign(document: Document, page: Page, sheet: Sheet, tag: Tag) -> None:
    at, each = page.height - _FOOT - 60, (page.width - 4 * _EDGE) / max(len(sheet.signatures), 1)
    width = min(each - 20, 180)
    for i, one in enumerate(sheet.signatures):
        left = 2 * _EDGE + i * each + (each - width) / 2
        page.rule(left, left + width, at, 0.6, QUIET)
        with page.tagged(document.tags.add("P", tag)):
            for below, text, ink in ((11.0, one.role, QUIET), (22.0, one.name, INK)):
                line = document.setter.line(wrapped(document.setter, text, width * 1000 / 8, most=1)[0])
                page.text(left + (width - line.width * 8 / 1000) / 2, at + below, line, 8, ink)
