"""The order of lines on a sheet (R46)."""

from collections.abc import Sequence
from typing import Final, Literal

from app.domain.facts import Status

Block = Literal["placed", "racing", "DNF", "DQ", "guest", "DNS"]

BLOCKS: Final[tuple[Block, ...]] = ("placed", "racing", "DNF", "DQ", "guest", "DNS")
"""Companies differ; an organizer may want DQ last."""

SheetKey = tuple[int, int, int, int, int, tuple[int, str]]


def bib_key(bib: str) -> tuple[int, str]:
    """Numbers in the order of numbers, before bibs with letters."""
    return (int(bib), bib) if bib.isascii() and bib.isdigit() else (2**63, bib)


def sheet_key(
    bib: str,
    place: int | None,
    status: Status | None,
    *,
    lane: int | None = None,
    reached_m: int = 0,
    reached_us: int = 0,
    guest: bool = False,
    blocks: Sequence[Block] = BLOCKS,
) -> SheetKey:
    """Sort key: by place, inside a tie by lane, then bib; unfinished by how far and how fast, others by bib."""
    block = _block(place, status, guest)
    far = (-reached_m, reached_us) if block in ("racing", "DNF", "guest") else (0, 0)
    return blocks.index(block), place or 0, *far, lane or 0, bib_key(bib)


def _block(place: int | None, status: Status | None, guest: bool) -> Block:
    if status == "DNS":
        return "DNS"
    if guest:
        return "guest"
    if place is not None:
        return "placed"
    return status if status in ("DNF", "DQ") else "racing"
