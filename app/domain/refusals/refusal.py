"""What every refusal is, and those that any noun can have."""

import re
from dataclasses import dataclass, field
from typing import ClassVar, Literal

Nature = Literal["missing", "invalid", "conflict", "later"]
"""Not there; can never be; cannot be as things stand; not yet."""


@dataclass(eq=False)
class Refusal(Exception):
    """Not frozen: `with` assigns `__traceback__`."""

    title: ClassVar[str] = "Refused"
    nature: ClassVar[Nature] = "conflict"

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
class Case(Refusal):
    """`at` points to the field at fault, where there is one."""

    at: str | None = field(default=None, kw_only=True)

    @property
    def pointer(self) -> str | None:
        return self.at


@dataclass(eq=False)
class NotFound(Refusal):
    title: ClassVar[str] = "Not found"
    nature: ClassVar[Nature] = "missing"
    noun: str
    id: str
    at: str | None = field(default=None, kw_only=True)
    """Points to the field that names it, where the body does."""
    known: tuple[str, ...] = field(default=(), kw_only=True)
    """Those that there are, where they are few."""
    because: str | None = field(default=None, kw_only=True)
    """Why it is here no more, where that is known and the `id` is not."""

    @property
    def detail(self) -> str:
        if self.because is not None:
            return f"the {self.noun} is here no more: {self.because}"
        nouns = f"{self.noun[:-1]}ies" if self.noun.endswith("y") else f"{self.noun}s"
        those = f": the {nouns} are {', '.join(map(repr, self.known))}" if self.known else ""
        return f"there is no {self.noun} {self.id!r} here{those}"

    @property
    def pointer(self) -> str | None:
        return self.at


@dataclass(eq=False)
class Invalid(Refusal):
    """One field of a request that is well-formed but cannot be."""

    title: ClassVar[str] = "Invalid"
    nature: ClassVar[Nature] = "invalid"
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
