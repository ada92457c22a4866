"""The same results by reportlab's canvas: cells at set places, page by page with a head.

It measures no column, breaks no line, tags nothing, orders nothing from right to left, and does not embed what draws
Chinese.

    python -m bench.canvas out.pdf     what is timed, once
"""

import sys
from importlib.resources import files

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from bench.runners import HEADS, RIGHT, Cells, rows

EDGES = (31, 65, 102, 272, 306, 343, 391, 448, 505, 561)
"""Of the canvas's columns, in points."""
PER_PAGE = 54
FONTS = {
    "Latin": "NotoSans-Regular.ttf",
    "Bold": "NotoSans-Bold.ttf",
    "Arabic": "NotoSansArabic-Regular.ttf",
    "Hebrew": "NotoSansHebrew-Regular.ttf",
}


def draw(out: str) -> None:
    fonts = files("app").joinpath("sheets/pdf/fonts")
    for name, file in FONTS.items():
        pdfmetrics.registerFont(TTFont(name, str(fonts.joinpath(file))))
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(out, pagesize=A4)
    drawn = rows()
    pages = -(-len(drawn) // PER_PAGE)
    for page in range(pages):
        canvas.setFont("Bold", 14)
        canvas.drawString(31, 799, "National Championships 10 km")
        canvas.drawRightString(561, 28, f"Page {page + 1} of {pages}")
        canvas.setFont("Bold", 8)
        _line(canvas, HEADS, 765)
        canvas.setFont("Latin", 8)
        for i, cells in enumerate(drawn[page * PER_PAGE : (page + 1) * PER_PAGE], 1):
            _line(canvas, cells, 765 - 13 * i)
        canvas.showPage()
    canvas.save()


def _line(canvas: Canvas, cells: Cells, y: float) -> None:
    canvas.line(31, y - 3, 561, y - 3)
    for i, cell in enumerate(cells):
        if i in RIGHT:
            canvas.drawRightString(EDGES[i + 1] - 6, y, cell)
        elif (font := _font(cell)) is None:
            canvas.drawString(EDGES[i], y, cell)
        else:
            canvas.setFont(font, 8)
            canvas.drawString(EDGES[i], y, cell)
            canvas.setFont("Latin", 8)


def _font(cell: str) -> str | None:
    """Of the script of a name, where it is not the one that is set."""
    last = max(cell, default="")
    ranges = (("\u0590", "\u05ff", "Hebrew"), ("\u0600", "\u06ff", "Arabic"), ("\u4e00", "\u9fff", "STSong-Light"))
    return next((font for low, high, font in ranges if low <= last <= high), None)


if __name__ == "__main__":
    draw(sys.argv[1])
