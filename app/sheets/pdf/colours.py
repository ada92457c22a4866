"""Colours of a meet. A text that nobody can read is refused where the colour is chosen, not found out on the day."""

from dataclasses import replace
from typing import Final

from app.domain.refusals import Invalid
from app.sheets.colours import ENOUGH, PAPER, contrast, is_colour, readable
from app.sheets.sheet import PLAIN, Look

QUIET: Final = "#59636e"
"""Lines of lesser weight: 6 to 1 on paper."""
HAIR: Final = "#d5dbe1"


def legible(look: Look) -> Look:
    """With a colour of the program's own for one that could not be read."""
    return replace(look, colour=readable(look.colour, PLAIN.colour), accent=readable(look.accent, PLAIN.accent))


def check_colours(colours: dict[str, str]) -> None:
    """Name of the field → colour. All are used for text on white and as the ground of white text.

    >>> check_colours({"colour": "#0b3c5d"})
    >>> check_colours({"accent": "#ffd400"})
    Traceback (most recent call last):
    app.domain.refusals.refusal.Invalid: accent #ffd400 has a contrast of 1.4 to 1 with white: 4.5 or more is legible
    """
    for name, colour in colours.items():
        if not is_colour(colour):
            raise Invalid(f"/{name}", "not_a_colour", f"{name} is written as #rrggbb: #0b3c5d")
        found = contrast(colour, PAPER)
        if found < ENOUGH:
            shown = int(found * 10) / 10
            message = f"{name} {colour} has a contrast of {shown} to 1 with white: {ENOUGH} or more is legible"
            raise Invalid(f"/{name}", "illegible_colour", message)
