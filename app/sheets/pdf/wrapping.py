"""Text in lines of a given width: broken between words, or anywhere in a word that is too long for a line alone."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice
from typing import Final

from app.sheets.pdf.shaping import Setter

_WORDS: Final = re.compile(r"[^\s\-–/]*[\-–/]*\s*")
_FREE: Final = re.compile(
    r"(?<=[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])(?=[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])"
)
"""Between kana and ideographs a line may end anywhere. Hangul is written in words."""
_NARROW: Final = 100
"""Hardly any letter is narrower, in thousandths of the size."""


def wrapped(setter: Setter, text: str, width: float, bold: bool = False, most: int = 0) -> list[str]:
    """`width` is in thousandths of the size. Of more lines than `most` (0: any number) the last ends in an ellipsis."""
    if setter.width(text, bold) <= width:
        return [text]
    lines = list(islice(_broken(setter, text, width, bold), most + 1 if most else None))
    if most and len(lines) > most:
        return [*lines[: most - 1], _cut(setter, lines[most - 1], width, bold)]
    return lines or [""]


def _broken(setter: Setter, text: str, width: float, bold: bool) -> Iterator[str]:
    now = ""
    for word in _words(text):
        if now and setter.width((now + word).rstrip(), bold) <= width:
            now += word
            continue
        for part in _pieces(setter, word, width, bold):
            if now:
                yield now.rstrip()
            now = part
    if now.strip():
        yield now.rstrip()


def longest(setter: Setter, text: str, bold: bool = False) -> int:
    """The width of the widest word, which a column is broken at last."""
    return max((setter.width(word.strip(), bold) for word in _words(text)), default=0)


def _words(text: str) -> Iterator[str]:
    for found in _WORDS.finditer(text):
        yield from (part for part in _FREE.split(found[0]) if part)


def _pieces(setter: Setter, word: str, width: float, bold: bool) -> Iterator[str]:
    while word:
        size = _fitting(setter, word, width, bold)
        yield word[:size]
        word = word[size:]


def _fitting(setter: Setter, word: str, width: float, bold: bool) -> int:
    """How many characters fit, one at least: a mark stays with its letter."""
    low, high = 1, min(len(word), int(width / _NARROW) + 1)
    if setter.width(word[:high].rstrip(), bold) <= width:
        low = high
    while low < high:
        middle = (low + high + 1) // 2
        if setter.width(word[:middle], bold) <= width:
            low = middle
        else:
            high = middle - 1
    while 1 < low < len(word) and _leans(word[low]):
        low -= 1
    return low


def _leans(character: str) -> bool:
    return unicodedata.category(character)[0] == "M" or character in "\u200c\u200d"


def _cut(setter: Setter, line: str, width: float, bold: bool) -> str:
    """With the mark that says that there is more."""
    while line and setter.width(line + "…", bold) > width:
        line = line[:-1].rstrip()
    return line + "…"
