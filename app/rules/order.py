"""The order of lines on a sheet (R46)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

from app.domain.facts import Status
from app.rules.rounding import TimedBy

OrderSource = Literal["image", "judge", "chip", "hand"]
"""What the order at the line rests on (R109)."""
Block = Literal["placed", "racing", "DNF", "DQ", "guest", "entered", "DNS"]

BLOCKS: Final[tuple[Block, ...]] = get_args(Block)
_SEEN_BY: Final[Mapping[TimedBy, OrderSource]] = {
    "photo_finish": "image",
    "transponder": "chip",
    "hand": "hand",
    "semi": "hand",
}


def order_source(method: TimedBy, judged: bool) -> OrderSource:
    """`judged`: marks are equal, and the judge's word separates them. By chip alone it is provisional on the track."""
    return "judge" if judged else _SEEN_BY[method]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Companies differ; an organizer may want DQ last."""

    blocks: tuple[Block, ...]
    """Each once. A heat shows those who are entered among those who race."""
    shared_places: Literal["=4", "4"]
    """How a place is printed that several share (R44)."""


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
    blocks: Sequence[Block],
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
