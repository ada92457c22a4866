"""The lines behind `=`: a results sheet as it is printed, `1 7 17.49 (.483)   =2 4 17.5   – 9 DQ TR17.3`.

A runner begins with a place (or `–` for none) and a bib; what follows may be told in any order, or left out.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from app.cli.script.statements import Line
from app.cli.script.words import Word, Words
from app.rules.records import ORDER
from app.timing.results import FLAGS, STATES

OTHERS: Final = "..."
"""Ends a sheet of which only the beginning is told."""
PLACE: Final = re.compile(r"=?[1-9]\d*|[–-]", re.ASCII)
MARK: Final = re.compile(r"~?[\d:]*\d[.:]\d+h?|\d+\.\dh", re.ASCII)
THOUSANDTHS: Final = re.compile(r"\(\.\d{3}\)", re.ASCII)
STATUSES: Final = ("OK", "DNF", "DQ", "DNS")
QUALIFICATIONS: Final = ("Q", "q", "qR", "qJ", "qD", "undecided")
DETAILS: Final[Mapping[str, str]] = {
    "heat": "the number of the heat",
    "lane": "the lane",
    "by": "what the place rests on: image, judge, chip or hand",
    "reaction": "the reaction time, with three decimals",
    "gun": "the gun time",
    "net": "the net time",
    "sex": "the place within the sex",
    "in": "the place within the category",
    "category": "the category",
    "wave": "the wave",
    "team": "the team",
    "timed": "how the time was taken",
}
"""A word and what stands behind it."""
RECORDS: Final = ("PB", "SB", "=PB", "=SB", "w", "NWI", *(f"{sign}{code}" for code in ORDER for sign in ("", "=")))
WORDS: Final = frozenset((*FLAGS, *STATES, *RECORDS, "unflagged", "not_qualified", "mixed_timing"))
"""Flags, states and what stands beside a mark: words alone."""
ALLOWED: Final = "a place and a bib, a mark, (.483), a status, Q or q, a flag, or one of " + ", ".join(DETAILS)


class Odd(Exception):
    """A word that does not belong there, and what would."""

    def __init__(self, column: int, allowed: str) -> None:
        super().__init__(allowed)
        self.column, self.allowed = column, allowed


def runners(number: int, words: Words) -> Iterator[Line]:
    """The runners of one line, `Odd` for what cannot be read."""
    rest = list(words)
    while rest:
        head = rest.pop(0)
        if not PLACE.fullmatch(head.text):
            raise Odd(head.column, "a place, as 1, =2 or – for none")
        if not rest:
            raise Odd(head.column + len(head.text), "a bib behind the place")
        place = None if head.text in "–-" else head.text
        yield _runner(number, place, rest.pop(0).text, rest)


def _runner(number: int, place: str | None, bib: str, rest: list[Word]) -> Line:
    """Takes the words up to the next place off `rest`."""
    found: dict[str, str] = {}
    extras: list[tuple[str, str]] = []
    while rest and not PLACE.fullmatch(rest[0].text):
        word = rest.pop(0)
        name = _part(word.text)
        if name is not None:
            found[name] = word.text
            if word.text == "DQ" and rest and _is_rule(rest[0].text):
                found["rule"] = rest.pop(0).text
        elif word.text in DETAILS and rest:
            extras.append((word.text, rest.pop(0).text))
        elif word.text in WORDS:
            extras.append((word.text, word.text))
        else:
            raise Odd(word.column, ALLOWED)
    return Line(number, place, bib, extras=tuple(extras), **found)


def _part(text: str) -> str | None:
    if MARK.fullmatch(text):
        return "mark"
    if THOUSANDTHS.fullmatch(text):
        return "thousandths"
    if text in STATUSES:
        return "status"
    return "qualification" if text in QUALIFICATIONS else None


def _is_rule(text: str) -> bool:
    """What may be the rule behind `DQ`: nothing else that could stand there."""
    return not PLACE.fullmatch(text) and _part(text) is None and text not in WORDS and text not in DETAILS
