"""The first sheet of an XLSX workbook as rows of text: what its cells show, nothing run.

A formula is the value that was saved with it. A workbook is a ZIP archive of XML; sizes are checked before anything is
unpacked, and entities are refused. Source: ECMA-376, part 1, 18.3 (sheets), 18.4 (strings), 18.8 (styles).
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Final
from xml.parsers import expat

from app.domain.refusals import Invalid

MOST_BYTES: Final = 128 << 20
"""Unpacked, of each part that is read."""
MOST_RATIO: Final = 200
"""A sheet of repeated cells packs to a hundredth; a bomb to a thousandth and less."""
MOST_ROWS: Final = 200_000
MOST_COLUMNS: Final = 200
MOST_CELLS: Final = 4_000_000
"""With those left empty before one: rows of a single cell far on the right are small in the file alone."""
_SMALL: Final = 1 << 20
"""Whatever is smaller unpacked does no harm."""
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)
_DATE_FORMATS: Final = frozenset({14, 15, 16, 17, 22, 27, 30, 36, 50, 57})
_TIME_FORMATS: Final = frozenset({18, 19, 20, 21, 45, 46, 47})
_LITERAL: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
EPOCH: Final = date(1899, 12, 30)
_EPOCH_1904: Final = date(1904, 1, 1)
_DAY_US: Final = 86_400_000_000

Start = Callable[[str, dict[str, str]], None]
Row = tuple[int, list[str]]


def rows(data: bytes) -> Iterator[Row]:
    """Rows that hold something, each with its number as the program shows it. `Invalid` for what is no workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from _Workbook(archive).rows()
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError) as problem:
        raise Invalid("", "not_xlsx", "the file is no XLSX workbook, or it is locked with a password") from problem
    except (expat.ExpatError, ValueError, ArithmeticError) as problem:
        raise Invalid(
            "", "not_xlsx", f"the workbook is damaged: {problem}. Save it again, or save it as CSV"
        ) from problem


class _Workbook:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = set(archive.namelist())

    def rows(self) -> Iterator[Row]:
        sheet = self._first_sheet()
        strings = _Strings()
        if "xl/sharedStrings.xml" in self._names:
            self._parse("xl/sharedStrings.xml", strings)
        styles = _Styles()
        if "xl/styles.xml" in self._names:
            self._parse("xl/styles.xml", styles)
        cells = _Cells(strings.found, styles, self._starts_1904())
        self._parse(sheet, cells)
        yield from cells.found

    def _first_sheet(self) -> str:
        """By the workbook's own order; where that cannot be followed, the one that is called the first."""
        book, relations = _Attributes("sheet"), _Attributes("Relationship")
        for part, into in (("xl/workbook.xml", book), ("xl/_rels/workbook.xml.rels", relations)):
            if part not in self._names:
                raise Invalid("", "not_xlsx", "the file is no XLSX workbook: save it as .xlsx or as CSV")
            self._parse(part, into)
        first = next(
            (value for name, value in (book.found[0] if book.found else {}).items() if name.endswith(":id")), ""
        )
        for one in relations.found:
            target = one.get("Target", "").removeprefix("/").removeprefix("xl/")
            if one.get("Id") == first and f"xl/{target}" in self._names:
                return f"xl/{target}"
        if "xl/worksheets/sheet1.xml" in self._names:
            return "xl/worksheets/sheet1.xml"
        raise Invalid("", "no_sheet", "the workbook has no sheet with cells: save the list as the first sheet")

    def _starts_1904(self) -> bool:
        about = _Attributes("workbookPr")
        self._parse("xl/workbook.xml", about)
        return any(one.get("date1904") in ("1", "true") for one in about.found)

    def _parse(self, part: str, handler: "_Handler") -> None:
        about = self._archive.getinfo(part)
        if about.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Invalid("", "not_xlsx", f"{part} is packed as in no workbook: save it again, or save it as CSV")
        packed = max(about.compress_size, 1)
        if about.file_size > MOST_BYTES or (about.file_size > _SMALL and about.file_size > MOST_RATIO * packed):
            message = f"{part} of the workbook unpacks to {about.file_size >> 20:,} MiB: save the list alone, or as CSV"
            raise Invalid("", "too_much", message)
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.StartElementHandler, parser.EndElementHandler = handler.start, handler.end
        parser.CharacterDataHandler = handler.text
        with self._archive.open(part) as file:
            parser.ParseFile(file)


def _refuse_doctype(*_: object) -> None:
    raise Invalid("", "not_xlsx", "the workbook declares a document type, which no spreadsheet does: save it again")


class _Handler:
    def start(self, tag: str, given: dict[str, str]) -> None: ...

    def end(self, tag: str) -> None: ...

    def text(self, words: str) -> None: ...


class _Attributes(_Handler):
    """The attributes of every element of a name."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.found: list[dict[str, str]] = []

    def start(self, tag: str, given: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == self._name:
            self.found.append(given)


class _Strings(_Handler):
    """Texts that cells refer to by number: runs of them joined, without how they are pronounced."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._parts: list[str] = []
        self._in_text = False
        self._spoken = False

    def start(self, tag: str, given: dict[str, str]) -> None:
        match tag.rpartition(":")[2]:
            case "si":
                self._parts = []
            case "rPh":
                self._spoken = True
            case "t":
                self._in_text = not self._spoken

    def end(self, tag: str) -> None:
        match tag.rpartition(":")[2]:
            case "si":
                self.found.append("".join(self._parts))
            case "rPh":
                self._spoken = False
            case "t":
                self._in_text = False

    def text(self, words: str) -> None:
        if self._in_text:
            self._parts.append(words)


class _Styles(_Handler):
    """Which styles of cells show days or times."""

    def __init__(self) -> None:
        self._formats: dict[int, str] = {}
        self._of_style: list[int] = []
        self._in_cells = False

    def start(self, tag: str, given: dict[str, str]) -> None:
        match tag.rpartition(":")[2]:
            case "numFmt":
                self._formats[int(given.get("numFmtId", "0"))] = given.get("formatCode", "")
            case "cellXfs":
                self._in_cells = True
            case "xf" if self._in_cells:
                self._of_style.append(int(given.get("numFmtId", "0")))

    def end(self, tag: str) -> None:
        if tag.rpartition(":")[2] == "cellXfs":
            self._in_cells = False

    def shows(self, style: int) -> str:
        """`date`, `time` or nothing."""
        number = self._of_style[style] if 0 <= style < len(self._of_style) else 0
        code = _LITERAL.sub(
            lambda found: found[0] if found[0][:2] in ("[h", "[m", "[s") else "", self._formats.get(number, "")
        )
        code = code.casefold()
        if number in _DATE_FORMATS or "y" in code or "d" in code:
            return "date"
        return "time" if number in _TIME_FORMATS or "h" in code or "s" in code else ""


@dataclass(slots=True)
class _Cells(_Handler):
    strings: list[str]
    styles: _Styles
    starts_1904: bool
    found: list[Row] = field(default_factory=list)
    _row: list[str] = field(default_factory=list)
    _number: int = 0
    _column: int = 0
    _kind: str = "n"
    _style: int = 0
    _parts: list[str] = field(default_factory=list)
    _in_value: bool = False
    _cells: int = 0

    def start(self, tag: str, given: dict[str, str]) -> None:
        match tag.rpartition(":")[2]:
            case "row":
                self._number = int(given.get("r") or self._number + 1)
                self._row, self._column = [], 0
            case "c":
                place = _REFERENCE.fullmatch(given.get("r", ""))
                self._column = _column(place[1]) if place else self._column + 1
                self._kind, self._style, self._parts = given.get("t", "n"), int(given.get("s") or 0), []
            case "v" | "t":
                self._in_value = True

    def end(self, tag: str) -> None:
        match tag.rpartition(":")[2]:
            case "v" | "t":
                self._in_value = False
            case "c":
                self._put("".join(self._parts))
            case "row" if any(map(str.strip, self._row)):
                self._cells += len(self._row)
                if len(self.found) == MOST_ROWS or self._cells > MOST_CELLS:
                    message = f"the sheet has more than {MOST_ROWS:,} rows or {MOST_CELLS:,} cells: divide it"
                    raise Invalid("", "too_much", message)
                self.found.append((self._number, self._row))

    def text(self, words: str) -> None:
        if self._in_value:
            self._parts.append(words)

    def _put(self, value: str) -> None:
        if not value:
            return
        if self._column > MOST_COLUMNS:
            message = f"row {self._number} has cells beyond column {MOST_COLUMNS}: delete what is not of the list"
            raise Invalid("", "too_much", message)
        self._row += [""] * (self._column - len(self._row))
        self._row[self._column - 1] = self._shown(value)

    def _shown(self, value: str) -> str:
        match self._kind:
            case "s":
                index = int(value)
                return self.strings[index] if 0 <= index < len(self.strings) else ""
            case "b":
                return "TRUE" if value == "1" else "FALSE"
            case "e":
                raise Invalid("", "error_in_cell", f"row {self._number} holds the error {value}: correct its formula")
            case "n":
                return self._number_shown(value)
        return value

    def _number_shown(self, value: str) -> str:
        """Whole numbers without a dot, others as short as they are exact; days in ISO 8601, times as marks."""
        number = float(value)
        shows = self.styles.shows(self._style)
        if shows == "date":
            return ((_EPOCH_1904 if self.starts_1904 else EPOCH) + timedelta(days=number)).isoformat()
        if shows == "time":
            return _time(int(Decimal(value) * _DAY_US / 1_000 + Decimal("0.5")) * 1_000)
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def _column(letters: str) -> int:
    """`A` → 1, `AA` → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _time(us: int) -> str:
    """`14:05.2`, `1:02:03`: a time of a day is a duration here."""
    seconds, rest = divmod(us, 1_000_000)
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    decimals = f".{rest:06}".rstrip("0") if rest else ""
    return f"{hours}:{minute:02}:{second:02}{decimals}" if hours else f"{minute}:{second:02}{decimals}"
