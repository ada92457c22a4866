"""Of a meet as a whole: it is over, or written by a newer build."""

from dataclasses import dataclass
from typing import ClassVar

from app.domain.refusals.refusal import Refusal


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
class UnknownRules(Refusal):
    """An event is pinned to a ruleset that a newer build brought."""

    title: ClassVar[str] = "The event runs under rules of a newer version"
    ruleset: str
    version: str

    @property
    def detail(self) -> str:
        rules = f"{self.ruleset!r}, version {self.version}"
        return f"an event runs under rules that this version does not know ({rules}): install the newer Backstraight"


@dataclass(eq=False)
class MeetIsClosed(Refusal):
    title: ClassVar[str] = "The meet is closed"

    @property
    def detail(self) -> str:
        return "the meet is closed and read only: reopen it first"
