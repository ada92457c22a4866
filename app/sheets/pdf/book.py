"""What a book begins with: its contents, with the page of each sheet."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from app.sheets.colours import INK
from app.sheets.pdf import head
from app.sheets.pdf.colours import HAIR, legible
from app.sheets.pdf.document import Bookmark, Document, destination
from app.sheets.pdf.flow import MARGIN, Flow
from app.sheets.pdf.page import Page
from app.sheets.pdf.tags import Tag
from app.sheets.pdf.wrapping import wrapped
from app.sheets.sheet import Sheet
from app.sheets.words import words

_SIZE: Final = 9.0
_PITCH: Final = 17.0


def parted(sheets: Sequence[Sheet]) -> tuple[Sheet | None, Sequence[Sheet]]:
    """The sheet that a book begins with, and the others. Several without one get one of their own."""
    if len(sheets) < 2:
        return None, sheets
    if sheets[0].name == "contents":
        return sheets[0], sheets[1:]
    first, say = sheets[0], words(sheets[0].language)
    cover = replace(first, name="contents", title=say("title.book"), subject="", lines=(), standing="", digest=None)
    return cover, sheets


def contents(document: Document, sheet: Sheet) -> list[Sheet]:
    """Puts the contents before all pages that there are. The sheet that stands for each of its pages."""
    cover, say = replace(sheet, look=legible(sheet.look), address=None), words(sheet.language)
    before = len(document.pages)
    flow = Flow(document, cover.look.paper, False, cover.look.colour, lambda flow: head.again(flow, cover))
    part = document.tags.add("Sect", document.root)
    document.root.kids.insert(0, document.root.kids.pop())
    head.first(flow, cover, part)
    flow.paragraph(say("title.contents"), 9.0, document.tags.add("H2", part), bold=True, ink=cover.look.accent)
    flow.at += 6
    list = document.tags.add("TOC", part)
    places = [_place(flow) for _ in document.bookmarks]
    shift = len(document.pages) - before
    numbers = {page.ref: number for number, page in enumerate(document.pages[:before], 1 + shift)}
    for (page, at), mark in zip(places, document.bookmarks, strict=True):
        _line(document, page, at, mark, numbers[mark.page.ref], document.tags.add("TOCI", list))
    document.pages[:] = document.pages[before:] + document.pages[:before]
    return [cover] * shift


def _place(flow: Flow) -> tuple[Page, float]:
    """The page of the next line, and its baseline."""
    if not flow.fits(_PITCH):
        flow.turn()
    flow.at += _PITCH
    return flow.page, flow.at - 5


def _line(document: Document, page: Page, at: float, mark: Bookmark, number: int, item: Tag) -> None:
    setter, right = document.setter, page.width - MARGIN
    count = setter.line(str(number))
    edge = right - count.width * _SIZE / 1000
    said = wrapped(setter, mark.title, (edge - MARGIN - 20) * 1000 / _SIZE, most=1)[0]
    link = document.tags.add("Link", item)
    with page.tagged(link):
        page.text(MARGIN, at, setter.line(said), _SIZE, INK)
        page.text(edge, at, count, _SIZE, INK)
    page.rule(MARGIN, right, at + 5, 0.35, HAIR)
    box = (MARGIN, at - _PITCH + 5, right - MARGIN, _PITCH)
    page.link(box, link, mark.title, f"/Dest{destination(mark.page)}")
