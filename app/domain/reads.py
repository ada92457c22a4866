"""Reads: an antenna saw a tag. The hot path carries them as plain tuples, in lists, in log order.

A read's identity is (source, epoch, source_seq), for ever. Exactly one of `chip` and `bib` is set.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from app.domain.ids import SourceId

AHEAD_US: Final = 60_000_000
"""A read later than this after it was received comes from a reader whose clock is ahead."""


class ReadRow(NamedTuple):
    """What a projection needs of one stored read."""

    seq: int
    epoch_no: int
    """The store's number for one (source, epoch)."""
    chip: str | None
    bib: str | None
    at_us: int
    """As the reader reported it, before any correction of its clock."""
    place: str | None
    """Set where the hardware itself says at which of its places it saw the tag; otherwise the source's place holds."""


@dataclass(frozen=True, slots=True)
class ReadRows:
    """A run of reads in log order, and which source each epoch belongs to.

    `rows` may hold plain tuples of the same six fields.
    """

    rows: Sequence[tuple[int, int, str | None, str | None, int, str | None]]
    sources: Mapping[int, SourceId]
    ahead: Mapping[int, int] = field(default_factory=dict)
    """When those that are `AHEAD_US` or more ahead were received, by position. They are few."""
