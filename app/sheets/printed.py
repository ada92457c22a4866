"""What every sheet is made of: whom it is for, the meet, its people, and where in the log that was."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from app.domain.ids import AthleteId
from app.domain.meet import Person
from app.domain.state import MeetState
from app.sheets.sheet import Cell, Column, Row, Sheet, Table
from app.timing.projection import Projection
from app.views.audience import Audience, Item

Id = TypeVar("Id")


@dataclass(frozen=True, slots=True)
class Printed:
    audience: Audience
    state: MeetState
    people: Mapping[AthleteId, Person]
    seq: int


@dataclass(frozen=True, slots=True)
class Maker(Generic[Id]):
    """How a sheet comes about: `take` what it needs of the results, then `make` it."""

    take: Callable[[Projection, Id], Any]
    make: Callable[[Printed, Id, Any], Sheet]


def pick(item: Item, columns: Sequence[str]) -> list[Cell]:
    """The cells of a line, in the order of the columns."""
    return [item[column] for column in columns]


def sheet_of(
    name: str, heading: Mapping[str, Cell], columns: Sequence[str], rows: Sequence[Sequence[Cell]], seq: int
) -> Sheet:
    table = Table(tuple(Column(key) for key in columns), tuple(Row(tuple(cells)) for cells in rows))
    return Sheet(name, name, str(heading["meet"] or ""), heading=heading, tables=(table,), seq=seq)


def seconds(duration_us: int | None) -> str | None:
    """A reaction as it is printed, to the thousandth: `0.141`. It is measured so, and not rounded."""
    if duration_us is None:
        return None
    whole, rest = divmod(abs(duration_us), 1_000_000)
    return f"{'-' if duration_us < 0 else ''}{whole}.{rest // 1_000:03}"
