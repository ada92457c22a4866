"""Sheets as PDF, ready to be hung out: A4 or Letter, every script, tagged, and the same bytes for the same sheets."""

from collections.abc import Sequence

from app.sheets.pdf.book import contents, parted
from app.sheets.pdf.clean import Unprintable
from app.sheets.pdf.colours import check_colours
from app.sheets.pdf.document import Bookmark, Document
from app.sheets.pdf.foot import every
from app.sheets.pdf.layout import lay_out, name_of
from app.sheets.pdf.logo import check_logo
from app.sheets.progress import Progress, silent
from app.sheets.sheet import Sheet
from app.sheets.words import words

__all__ = ["Unprintable", "check_colours", "check_logo", "render"]


def render(sheets: Sequence[Sheet], drawn: Progress = silent) -> bytes:
    """One sheet, or a book of several (one at least): with contents, page numbers over all of it, and bookmarks.

    Raises `Unprintable` for a letter that no font can draw.
    """
    document = Document(drawn=drawn)
    cover, inside = parted(sheets)
    owners: list[Sheet] = []
    for sheet in inside:
        before = len(document.pages)
        lay_out(document, sheet)
        owners += [sheet] * (len(document.pages) - before)
        document.bookmarks.append(Bookmark(name_of(sheet), document.pages[before]))
    if cover:
        owners = contents(document, cover) + owners
    for number, (page, sheet) in enumerate(zip(document.pages, owners, strict=True), 1):
        every(page, document.setter, sheet, words(sheet.language), number, len(owners))
    first = sheets[0]
    return document.written(" – ".join(part for part in (name_of(first), first.meet) if part), first.language)
