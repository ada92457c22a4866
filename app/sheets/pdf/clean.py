"""Text as it can be printed: composed, without what steers a screen, and with a number for what is no letter.

Names come from outside. A control character moves nothing on paper, a mark of direction (U+202E and its like) must not
turn a line around, and a pile of accents must not run over the line above: all of them go. A symbol that no font here
can draw, as an emoji, is shown by its number. A letter that no font can draw is refused: a name would be wrong.
"""

import unicodedata
from typing import ClassVar, Final

from app.domain.refusals import Contradicts
from app.sheets.pdf.faces import face_of, simple

_JOINERS: Final = "\u200c\u200d"
_MARKS: Final = {True: 2, False: 4}
"""On one letter: of those of Latin, Greek and Cyrillic (U+0300–U+036F), beside what is composed; and of any script."""


class Unprintable(Contradicts):
    """A sheet says what it cannot print; a blank would look like a name. `where` is the line that it stands in."""

    title: ClassVar[str] = "A character that cannot be printed"

    def __init__(self, character: str, where: str = "") -> None:
        name = unicodedata.name(character, "a letter without a name")
        there = f" in {where}" if where else ""
        message = f"no font here can print U+{ord(character):04X} ({name}){there}: spell it in another script"
        super().__init__("unprintable", message)
        self.character = character
        self.where = where


def clean(text: str) -> str:
    """
    >>> clean("Nguye\\u0302\\u0303n\\tVan\\u202e"), clean("Zo\\u00eb \\U0001f3c3")
    ('Nguyễn Van', 'Zoë [U+1F3C3]')
    """
    if simple(False).keys() >= set(text):
        return text
    kept: list[str] = []
    marks = 0
    for character in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(character)
        marks = marks + 1 if kind in ("Mn", "Me") else 0
        if kind == "Cc":
            kept.append(" " if character.isspace() else "")
        elif kind == "Cf":
            kept.append(character if character in _JOINERS else "")
        elif marks <= _MARKS["\u0300" <= character <= "\u036f"] and not _varies(character):
            kept.append(_shown(character, kind))
    return "".join(kept)


def _varies(character: str) -> bool:
    """Variation selectors ask for another drawing of the character before."""
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def _shown(character: str, kind: str) -> str:
    if face_of(character, bold=False) is not None:
        return character
    if kind[0] in "LMN":
        raise Unprintable(character)
    if kind[0] == "Z":
        return " "
    return f"[U+{ord(character):04X}]"
