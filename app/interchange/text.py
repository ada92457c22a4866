"""What all text formats have in common: encodings in, names that break no row, and delimited rows out and in."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal, TypedDict

from app.domain.refusals import Invalid

Cell = str | int | None
Encoding = Literal["utf-8", "windows-1252"]


class _Quotes(TypedDict):
    quoting: Literal[0, 3]
    quotechar: str | None
    strict: bool


class _Dialect(_Quotes):
    delimiter: str
    lineterminator: str


LONGEST: Final = 300
"""Characters of one cell. No name is longer; the cells of some receivers are shorter, and theirs say so."""
_FORMULA: Final = ("=", "+", "-", "@")
_NUMBER: Final = re.compile(r"[+-]\d+(\.\d+)?", re.ASCII)
_GUARDED: Final = re.compile(r"'(?=[=+\-@])")
_UNSEEN: Final = frozenset({"Cc", "Co", "Cs", "Zl", "Zp"})
"""Control characters, private ones, surrogates, breaks of lines."""
_MARKS: Final = "Cf"
"""What turns the direction of a line, hidden hyphens and the like."""
_QUOTED: Final[_Quotes] = {"quoting": csv.QUOTE_MINIMAL, "quotechar": '"', "strict": True}
_BARE: Final[_Quotes] = {"quoting": csv.QUOTE_NONE, "quotechar": None, "strict": False}
_JOINERS: Final = "\u200c\u200d"
"""Without them some scripts and emoji are other words."""


def decoded(data: bytes) -> str:
    """UTF-8 with or without its mark, else Windows-1252, which older programs still write. Lines end with `\\n`."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise Invalid("", "unknown_encoding", "the file is neither UTF-8 nor Windows-1252 text: save it as CSV UTF-8")


def recoded(utf8: bytes, encoding: Encoding) -> bytes:
    """Letters that Windows-1252 has not go without their accents, whatever else it has not is a question mark: a camera
    knows runners by number, and a name that reads nearly right is better than none.

    >>> recoded("Łukasz Çelik, Ngô Thị Ễm, 李".encode(), "windows-1252").decode("cp1252")
    'Lukasz Çelik, Ngô Thi Êm, ?'
    """
    return utf8 if encoding == "utf-8" else utf8.decode().translate(_FALLBACK).encode("cp1252")


def in_windows(character: str) -> bool:
    return bool(character.encode("cp1252", "ignore"))


class _Fallbacks(dict[int, str]):
    """Character → what stands for it in Windows-1252, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = _fallback(chr(code))
        return self[code]


def _fallback(character: str) -> str:
    """The letter with fewer of its marks; never another sign, which might part columns."""
    if in_windows(character):
        return character
    if unicodedata.combining(character):
        return ""
    plain = unicodedata.normalize("NFD", character)
    for length in range(len(plain) - 1, 0, -1):
        shorter = unicodedata.normalize("NFC", plain[:length])
        if len(shorter) == 1 and shorter.isalpha() and in_windows(shorter):
            return shorter
    return _STROKES.get(character, "?")


_STROKES: Final = dict(zip("ŁłĐđĦħŦŧıŊŋƏə", "LlDdHhTtiNnEe", strict=True))
"""Letters whose mark is part of them."""
_FALLBACK: Final = _Fallbacks()


def clean(text: str, instead: Mapping[str, str] | None = None, longest: int = LONGEST) -> str:
    """One line of what can be seen. `instead` replaces what the format has no escape for.

    >>> clean("Holm\\r\\n; Rune", {";": ","})
    'Holm , Rune'
    """
    seen = text if text.isascii() else unicodedata.normalize("NFC", text)
    if not seen.isprintable():
        seen = "".join(map(_seen, seen))
    for character, other in (instead or {}).items():
        seen = seen.replace(character, other)
    return " ".join(seen[: 4 * longest].split())[:longest].rstrip()


def guarded(text: str) -> str:
    """A spreadsheet must not run what somebody entered as a name; a number with a sign is none.

    >>> guarded("=1+1"), guarded("-0.4")
    ("'=1+1", '-0.4')
    """
    return f"'{text}" if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text) else text


def unguarded(text: str) -> str:
    return text[1:] if _GUARDED.match(text) else text


def written(
    rows: Iterable[Sequence[Cell]], delimiter: str = ",", newline: str = "\r\n", *, quotes: bool = True
) -> bytes:
    """UTF-8. Without `quotes`, cells hold no delimiter: whoever reads them knows no quotation marks."""
    text = io.StringIO(newline="")
    how: _Dialect = {"delimiter": delimiter, "lineterminator": newline, **(_QUOTED if quotes else _BARE)}
    writer = csv.writer(text, **how)
    writer.writerows([["" if cell is None else cell for cell in row] for row in rows])
    return text.getvalue().encode()


def finished(text: str) -> str:
    """The text, unless nothing ends its last line: then it is still being written, and has more to say."""
    if text and not text.endswith("\n"):
        message = "the last line of the file has no end: it is still being written. Send it again when it is whole"
        raise Invalid("", "unfinished", message)
    return text


def split(text: str, delimiter: str = ",", *, quotes: bool = True) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold something, each with its number from 1. `Invalid` where quotation marks do not match."""
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, **(_QUOTED if quotes else _BARE))
        for number, cells in enumerate(rows, 1):
            if any(map(str.strip, cells)):
                yield number, cells
    except csv.Error as problem:
        message = f"the file is no CSV: {problem}. Look for a quotation mark that is not closed"
        raise Invalid("", "not_csv", message) from problem


def records(data: bytes) -> Iterator[dict[str, str]]:
    """Rows of a file with a header, by title; empty cells are left out."""
    rows = split(decoded(data))
    titles = [title.strip() for title in next(rows, (0, []))[1]]
    for _, cells in rows:
        named = zip(titles, map(unguarded, map(str.strip, cells)), strict=False)
        yield {title: cell for title, cell in named if cell}


def cell(cells: Sequence[str], index: int) -> str:
    """One cell of a row that may end early."""
    return cells[index].strip() if index < len(cells) else ""


def whole(text: str) -> int | None:
    """>>> whole("3"), whole(" 07 "), whole("DNF"), whole("")
    (3, 7, None, None)
    """
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _seen(character: str) -> str:
    if character in _JOINERS:
        return character
    category = unicodedata.category(character)
    return "" if category == _MARKS else " " if category in _UNSEEN else character
