"""Text from outside as it may be written: nothing that steers a screen, breaks a line, or cannot be encoded.

Names come from outside. Control characters and marks of direction are taken out, half a surrogate pair is U+FFFD.

>>> plain("ABE\\u202eB\\x00  X\\ud800")
'ABEB X\\ufffd'
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

_STEERING: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]"
)
_BLANK: Final = re.compile(r"[ \t\n\v\f\r\x85\u2028\u2029]+")
_HALF: Final = re.compile("[\ud800-\udfff]")
_NOT_CHARACTERS: Final = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")
SHORT: Final = 60


def plain(value: object) -> str:
    """One line of text; empty for None."""
    if value is None:
        return ""
    text = str(value)
    return _again(text) if len(text) <= SHORT else _plain(text)


def all_plain(values: Sequence[object]) -> list[str]:
    """`plain` of each. Where none needs it, one look at all of them is enough."""
    texts = ["" if value is None else str(value) for value in values]
    return texts if _is_plain("|".join(texts)) else list(map(plain, texts))


def _plain(text: str) -> str:
    if _is_plain(text):
        return text
    text = _HALF.sub("\ufffd", _BLANK.sub(" ", _STEERING.sub("", text)))
    return _NOT_CHARACTERS.sub("\ufffd", text)


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable() and "  " not in text


_again: Final = lru_cache(maxsize=10_000)(_plain)
"""Nations, clubs, marks and places come again with every line."""


def width(text: str) -> int:
    """Columns that a terminal takes for it: two for wide letters, none for combining ones."""
    return len(text) if text.isascii() else sum(map(_width_of, text))


@lru_cache(maxsize=2_000)
def _width_of(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def wrapped(text: str, most: int) -> list[str]:
    """Lines of at most `most` columns, broken at blanks, or inside of a word that is longer than a line."""
    lines, line = [], ""
    for word in text.split(" ") if text else [""]:
        joined = f"{line} {word}" if line else word
        if width(joined) <= most:
            line = joined
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, most)
        lines += full
    return [*lines, line]


def _pieces(word: str, most: int) -> Iterator[str]:
    piece, taken = "", 0
    for letter in word:
        one = _width_of(letter)
        if piece and taken + one > most:
            yield piece
            piece, taken = "", 0
        piece, taken = piece + letter, taken + one
    yield piece
