"""Colours that can be read: what a meet asks for, unless it would hide the text (WCAG 2.2, 1.4.3)."""

import re
from typing import Final

_COLOUR: Final = re.compile(r"#[0-9a-f]{6}", re.ASCII | re.IGNORECASE)
ENOUGH: Final = 4.5
"""Contrast of text (level AA)."""
INK: Final = "#14181c"
PAPER: Final = "#ffffff"
BLACK: Final = "#000000"


def is_colour(text: str) -> bool:
    """`#rrggbb`"""
    return _COLOUR.fullmatch(text) is not None


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white).

    >>> round(contrast("#000000", "#ffffff"))
    21
    """
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def on(background: str) -> str:
    """Paper, ink or black: what can be read on a colour. White or black always can, with 4.58 at the least."""
    return next((text for text in (PAPER, INK) if contrast(text, background) >= ENOUGH), BLACK)


def readable(colour: str, default: str) -> str:
    """A colour for text on white paper: the one asked for, or the default where that could not be read."""
    return colour if is_colour(colour) and contrast(colour, PAPER) >= ENOUGH else default


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.03928 else float(((part + 0.055) / 1.055) ** 2.4)
