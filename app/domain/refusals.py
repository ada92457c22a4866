"""What the core refuses, in the words of the sport. The edge turns each into a problem document.

A refusal is a value: its fields are the facts of the case, `detail` is one sentence that says what to do.
"""

import re
from dataclasses import dataclass, field
from typing import ClassVar


@dataclass(eq=False)
class Refusal(Exception):
    """Not frozen: `with` assigns `__traceback__`."""

    title: ClassVar[str] = "Refused"

    @property
    def code(self) -> str:
        """`LaneTaken` → `lane_taken`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", type(self).__name__).lower()

    @property
    def detail(self) -> str:
        return self.title

    @property
    def pointer(self) -> str | None:
        """JSON pointer into the request body, where one field is at fault."""
        return None

    def __str__(self) -> str:
        return self.detail


@dataclass(eq=False)
class UnknownFact(Refusal):
    """The log holds something that a newer build wrote."""

    title: ClassVar[str] = "The log was written by a newer version"
    kind: str
    version: int

    @property
    def detail(self) -> str:
        fact = f"{self.kind!r}, version {self.version}"
        return f"the log holds a fact that this version does not know ({fact}): install the newer Backstraight"


@dataclass(eq=False)
class NotFound(Refusal):
    title: ClassVar[str] = "Not found"
    noun: str
    id: str

    @property
    def detail(self) -> str:
        return f"there is no {self.noun} {self.id!r} here"


@dataclass(eq=False)
class Invalid(Refusal):
    """One field of a request that is well-formed but cannot be."""

    title: ClassVar[str] = "Invalid"
    at: str
    problem: str
    message: str

    @property
    def code(self) -> str:
        return self.problem

    @property
    def detail(self) -> str:
        return self.message

    @property
    def pointer(self) -> str | None:
        return self.at


@dataclass(eq=False)
class Contradicts(Refusal):
    """Well-formed and possible, but not in the state that the meet is in now."""

    title: ClassVar[str] = "Contradicts what is recorded"
    problem: str
    message: str
    at: str | None = None
    ids: tuple[str, ...] = field(default=())

    @property
    def code(self) -> str:
        return self.problem

    @property
    def detail(self) -> str:
        return self.message

    @property
    def pointer(self) -> str | None:
        return self.at
