"""A line of a script as words with their columns. `#` begins a comment, `·` ends a statement, a comma says nothing."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

SEPARATOR: Final = "·"
COMMENT: Final = "#"
_WORD: Final = re.compile(r"\S+")


class Word(NamedTuple):
    text: str
    column: int
    """From 1."""
    whole: str
    """With a comma at its end, where there is one."""


Words = Sequence[Word]


def statements(line: str) -> Iterator[list[Word]]:
    """The statements of one line, none of them empty."""
    found: list[Word] = []
    for word in _words(line):
        if word.text != SEPARATOR:
            found.append(word)
        elif found:
            yield found
            found = []
    if found:
        yield found


def _words(line: str) -> Iterator[Word]:
    for match in _WORD.finditer(line):
        if match[0].startswith(COMMENT):
            return
        yield Word(match[0].rstrip(",") or match[0], match.start() + 1, match[0])


def said(words: Words, *, whole: bool = False) -> str:
    """The words with one blank between; `whole` keeps their commas."""
    return " ".join(word.whole if whole else word.text for word in words)
