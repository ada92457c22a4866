"""What a race script says, as values that know their line. `grammar.py` makes them, `play.py` acts on them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Line:
    """One runner on an expected sheet. `extras` are the details that the script names beside it, in its order."""

    number: int
    place: str | None
    """`1`, or `=1` where it is shared; None for who has none."""
    bib: str
    mark: str | None = None
    thousandths: str | None = None
    status: str | None = None
    rule: str | None = None
    qualification: str | None = None
    extras: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Expected:
    """The `=` lines below a head. `whole`: nobody else is on the sheet."""

    lines: tuple[Line, ...] = ()
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: the form that it has, and its values by name."""

    number: int
    text: str
    form: str
    given: Mapping[str, Any]
    sheet: Expected = field(default_factory=Expected)


@dataclass(frozen=True, slots=True)
class Script:
    name: str
    statements: tuple[Statement, ...]


@dataclass(eq=False)
class Misread(Exception):
    """A file that is no script: where, and what is allowed there."""

    name: str
    number: int
    column: int
    problem: str

    def __str__(self) -> str:
        return f"{self.name}:{self.number}:{self.column}: {self.problem}"


@dataclass(frozen=True, slots=True)
class Difference:
    """What was expected and what came."""

    number: int
    problem: str
