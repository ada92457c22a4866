"""Reads: an antenna saw a tag. The hot path carries them as plain tuples, in lists, in log order.

A read's identity is (source, epoch, source_seq), for ever. Exactly one of `chip` and `bib` is set.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, overload

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


Row = tuple[int, int, str | None, str | None, int, str | None]
"""The fields of a `ReadRow`, plain."""


@dataclass(frozen=True, slots=True, eq=False)
class ReadColumns(Sequence[Row]):
    """Many rows kept as the six columns of a `ReadRow`. A row is made when somebody looks at it."""

    columns: Sequence[Sequence[Any]]

    def __len__(self) -> int:
        return len(self.columns[0])

    @overload
    def __getitem__(self, index: int) -> Row: ...

    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...

    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        found: Any = [column[index] for column in self.columns]
        return list(zip(*found, strict=True)) if isinstance(index, slice) else tuple(found)


@dataclass(frozen=True, slots=True)
class ReadRows:
    """A run of reads in log order, and which source each epoch belongs to."""

    rows: Sequence[Row]
    sources: Mapping[int, SourceId]
    ahead: Mapping[int, int] = field(default_factory=dict)
    """When those that are `AHEAD_US` or more ahead were received, by position. They are few."""
