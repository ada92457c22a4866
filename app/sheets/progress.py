"""How far the drawing of a long document is."""

from collections.abc import Callable

Progress = Callable[[int], None]
"""Told how many rows more are drawn. What it raises ends the drawing."""


def silent(rows: int) -> None:
    """For those who do not ask."""
