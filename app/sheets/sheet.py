"""One sheet, whatever it will be written in: a heading, the columns, a row for each runner."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Cell = str | int | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows` are as long as `columns`, in the order of the sheet. `heading` is what stands above them."""

    name: str
    heading: Mapping[str, Cell]
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    seq: int
    """Position in the meet's log that it was made at."""
    notes: Sequence[str] = field(default=())
