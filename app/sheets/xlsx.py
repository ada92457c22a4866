"""Sheets as a workbook: a worksheet for each, ready to print, numbers and durations as such, text as text.

Every cell says what it is when it is written, so that no name becomes a formula, a link or a number.
"""

import io
import re
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from itertools import zip_longest
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.rules.marks import parse_mark
from app.sheets.colours import INK, is_colour, on
from app.sheets.progress import Progress, silent
from app.sheets.sheet import PLAIN, Column, Sheet, Table
from app.sheets.words import words
from app.sheets.written import all_plain, plain, width

MOST_LETTERS: Final = 32_000
"""A cell holds 32,767."""
WIDEST: Final = 40
FINEST: Final = 3
"""Decimals of a second that spreadsheets show."""
_DAY: Final = 86_400_000_000
_NUMBER: Final = re.compile(r"[+-]?\d{1,9}(?:\.\d{1,6})?", re.ASCII)
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\']")
_PAPERS: Final = {"A4": 9, "Letter": 1}
LONG_AGO: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - the same bytes for the same sheet; workbooks know no zones


def render(sheets: Sequence[Sheet], drawn: Progress = silent) -> bytes:
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(file, options) as book:
        first = sheets[0]
        book.set_properties(
            {
                "title": plain(first.title),
                "subject": plain(first.subject),
                "author": plain(first.meet),
                "created": LONG_AGO,
            }
        )
        formats, names = Formats(book, first), set[str]()
        for sheet in sheets:
            page = book.add_worksheet(_name(sheet, names))
            Page(page, formats, sheet, drawn).write()
    return file.getvalue()


def _name(sheet: Sheet, taken: set[str]) -> str:
    """Of a worksheet: at most 31 letters, of which an emoji is two; none twice, without what is forbidden there."""
    letters = _FORBIDDEN.sub(" ", plain(sheet.subject or sheet.title)).encode("utf-16-le")[: 2 * 27]
    text = letters.decode("utf-16-le", "ignore").strip() or sheet.name
    name, number = text, 2
    while name.lower() in taken or name.lower() == "history":
        name, number = f"{text} {number}", number + 1
    taken.add(name.lower())
    return name


class Formats:
    """The formats of a workbook: each one made once, and shared by all that look alike."""

    def __init__(self, book: Workbook, sheet: Sheet) -> None:
        colour = sheet.look.colour if is_colour(sheet.look.colour) else PLAIN.colour
        self._book = book
        self._made: dict[tuple[str, str, bool], Format] = {}
        self.meet = book.add_format({"bold": True, "font_size": 11})
        self.subject = book.add_format({"bold": True, "font_size": 16})
        self.title = book.add_format({"bold": True, "font_color": "#4d5862"})
        self.plain = book.add_format({"font_color": INK})
        self.head = {
            align: book.add_format(
                {"bold": True, "bg_color": colour, "font_color": on(colour), "align": align, "text_wrap": True}
            )
            for align in ("left", "right", "center")
        }

    def cell(self, number: str, column: Column) -> Format:
        key = number, column.align, column.wide
        if key not in self._made:
            given = {"num_format": number, "align": column.align, "valign": "top", "text_wrap": column.wide}
            self._made[key] = self._book.add_format(given)
        return self._made[key]


class Page:
    """One sheet on one worksheet, from the top."""

    def __init__(self, page: Worksheet, formats: Formats, sheet: Sheet, drawn: Progress = silent) -> None:
        self._page = page
        self._formats = formats
        self._sheet = sheet
        self._drawn = drawn
        self._row = 0
        self._most: list[int] = []

    def write(self) -> None:
        sheet, formats = self._sheet, self._formats
        self._line(sheet.meet, formats.meet)
        self._line(sheet.where_when, formats.plain)
        self._line(sheet.subject or sheet.title, formats.subject)
        self._line("   ".join(part for part in (sheet.title, sheet.standing) if part), formats.title)
        for line in sheet.lines:
            self._line(line, formats.plain)
        tables = [table.printed(numbers=True) for table in sheet.tables]
        if sheet.records is not None:
            self._rows(sheet.records.printed())
        heads = [self._table(table) for table in tables]
        self._below()
        for index, letters in enumerate(self._most):
            self._page.set_column(index, index, min(WIDEST, letters + 2))
        self._printing(heads, len(tables[0].columns) if tables else 0)

    def _line(self, text: str, format: Format) -> None:
        if text:
            self._page.write_string(self._row, 0, plain(text)[:MOST_LETTERS], format)
            self._row += 1

    def _table(self, table: Table) -> int:
        """The row that its heads stand in."""
        self._row += 1
        self._line(table.title, self._formats.meet)
        head = self._row
        for index, column in enumerate(table.columns):
            self._page.write_string(head, index, plain(column.title), self._formats.head[column.align])
        self._row += 1
        heads = [width(column.title) for column in table.columns]
        self._most = [max(pair) for pair in zip_longest(self._most, heads, self._rows(table), fillvalue=0)]
        return head

    def _rows(self, table: Table) -> list[int]:
        """Letters of the longest cell of each column."""
        most, rows, columns = [], len(table.rows), len(table.columns)
        for index, column in enumerate(table.columns):
            texts = all_plain([row.cells[index] for row in table.rows])
            most.append(max(map(width, set(texts)), default=0))
            write = self._texts if column.kind == "text" else self._typed
            write(index, column, texts)
            self._drawn(rows * (index + 1) // columns - rows * index // columns)
        self._row += rows
        return most

    def _texts(self, index: int, column: Column, texts: Sequence[str]) -> None:
        write, format = self._page.write_string, self._formats.cell("@", column)
        for row, text in enumerate(texts, self._row):
            if text:
                write(row, index, text[:MOST_LETTERS], format)

    def _typed(self, index: int, column: Column, texts: Sequence[str]) -> None:
        page, format = self._page, self._formats.cell
        for row, text in enumerate(texts, self._row):
            if text:
                value, shown = typed(text, column)
                write = page.write_string if isinstance(value, str) else page.write_number
                write(row, index, value, format(shown, column))

    def _below(self) -> None:
        sheet, say = self._sheet, words(self._sheet.language)
        self._row += 1
        for note in sheet.notes:
            self._line(note, self._formats.plain)
        if sheet.changes:
            self._line(say("word.changes"), self._formats.meet)
        for change in sheet.changes:
            self._line(change, self._formats.plain)
        for code, meaning in sheet.legend:
            self._line(f"{code}  {meaning}", self._formats.plain)
        self._line(sheet.issued, self._formats.plain)
        self._line(f"{say('word.digest')} {sheet.digest}" if sheet.digest else "", self._formats.plain)
        for one in sheet.signatures:
            self._line(f"{say.signed(one.role, one.name)} ____________", self._formats.plain)

    def _printing(self, heads: Sequence[int], columns: int) -> None:
        """The heads of the only table stay in sight and on every page; pages are as wide as the table."""
        page, sheet = self._page, self._sheet
        if len(heads) == 1:
            page.freeze_panes(heads[0] + 1, 0)
            page.repeat_rows(heads[0])
        page.set_paper(_PAPERS[sheet.look.paper])
        if columns > MOST_UPRIGHT:
            page.set_landscape()
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        page.set_footer(f"&L{_footer(sheet.issued)}&R&P / &N")
        page.hide_gridlines(2)


MOST_UPRIGHT: Final = 10
"""Columns on upright paper."""


def _footer(text: str) -> str:
    return plain(text).replace("&", "&&")[:200]


def typed(text: str, column: Column) -> tuple[str | float, str]:
    """What a spreadsheet can count with, and how it is shown; whatever is no number stays text, as it is written.

    >>> typed("+0.3", Column("wind", kind="decimal"))
    (0.3, '+0.0;-0.0;0.0')
    """
    text = text[:MOST_LETTERS]
    if column.kind in ("integer", "decimal") and _NUMBER.fullmatch(text):
        return float(text), _decimals(text)
    if column.kind == "duration":
        duration = _duration(text)
        if duration is not None:
            return duration
    return text, "@"


def _decimals(text: str) -> str:
    if text.isdecimal():
        return "0"
    _, dot, after = text.partition(".")
    shown = "0" + (f".{'0' * len(after)}" if dot else "")
    return f"+{shown};-{shown};{shown}" if text[0] in "+-" else shown


def _duration(text: str) -> tuple[float, str] | None:
    """Days, as spreadsheets count, and a format that shows the mark as it was: hand times keep their `h`."""
    bare = text.removesuffix("h")
    try:
        days = parse_mark(bare) / _DAY
    except ValueError:
        return None
    _, _, after = bare.partition(".")
    if len(after) > FINEST:
        return None
    return days, _shape(bare.count(":"), len(after), hand=bare != text)


@lru_cache(maxsize=50)
def _shape(colons: int, decimals: int, *, hand: bool) -> str:
    fraction = f".{'0' * decimals}" if decimals else ""
    return f"{('[s]', '[m]:ss', '[h]:mm:ss')[colons]}{fraction}" + ('"h"' if hand else "")
