"""What the core refuses, in the words of the sport. The edge turns each into a problem document.

A refusal is a value: its fields are the facts of the case, `detail` is one sentence that says what to do.
"""

import re
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from app.domain.ids import AnomalyId, Bib, Chip

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
class NotFound(Refusal):
    title: ClassVar[str] = "Not found"
    nature: ClassVar[Nature] = "missing"
    noun: str
    id: str
    at: str | None = field(default=None, kw_only=True)
    """Points to the field that names it, where the body does."""
    known: tuple[str, ...] = field(default=(), kw_only=True)
    """Those that there are, where they are few."""

    @property
    def detail(self) -> str:
        those = f": the {self.noun}s are {', '.join(map(repr, self.known))}" if self.known else ""
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


# ── cases that have a name in the sport ──────────────────────────────────────────────────────────────────────────────


@dataclass(eq=False)
class Case(Refusal):
    """`at` points to the field at fault, where there is one."""

    at: str | None = field(default=None, kw_only=True)

    @property
    def pointer(self) -> str | None:
        return self.at


@dataclass(eq=False)
class MeetIsClosed(Refusal):
    title: ClassVar[str] = "The meet is closed"

    @property
    def detail(self) -> str:
        return "the meet is closed and read only: reopen it first"


@dataclass(eq=False)
class ResultsDepend(Case):
    """Something is to be withdrawn or drawn anew that results were already made of."""

    title: ClassVar[str] = "Results depend on it"
    what: str
    why: str

    @property
    def detail(self) -> str:
        return f"{self.what} stays as it is: {self.why}. Undo that first"


@dataclass(eq=False)
class BibTaken(Case):
    title: ClassVar[str] = "Bib taken"
    bib: Bib
    where: str

    @property
    def detail(self) -> str:
        return f"bib {self.bib} is already taken in {self.where}: choose another bib, or change that entry"


@dataclass(eq=False)
class AlreadyRegistered(Case):
    title: ClassVar[str] = "Already registered"
    bib: Bib
    held: Bib

    @property
    def detail(self) -> str:
        return f"the runner with bib {self.bib} is in this event already, as bib {self.held}: change that registration"


@dataclass(eq=False)
class IdentityDiffers(Case):
    """The same bib or external id, but not the same person."""

    title: ClassVar[str] = "Another person's bib"
    bib: Bib
    differs: str
    """The field that differs."""

    @property
    def detail(self) -> str:
        return (
            f"the runner known here by bib {self.bib} or by that external_id has another {self.differs}: "
            "correct the athlete if it is the same person, or choose another bib"
        )


@dataclass(eq=False)
class ExternalIdTaken(Case):
    title: ClassVar[str] = "External id taken"
    external_id: str

    @property
    def detail(self) -> str:
        return f"external_id {self.external_id!r} is another athlete's: each athlete of a meet has its own"


@dataclass(eq=False)
class SexDoesNotFit(Case):
    title: ClassVar[str] = "Sex does not fit the event"
    sex: str
    event_sex: str

    @property
    def detail(self) -> str:
        return f"an athlete of sex {self.sex} cannot run in an event for {self.event_sex}: events for all have sex X"


@dataclass(eq=False)
class ChipTaken(Case):
    title: ClassVar[str] = "Chip taken"
    chip: Chip
    held_by: Bib

    @property
    def detail(self) -> str:
        return (
            f"chip {self.chip} names bib {self.held_by} at that time: "
            "end or release that assignment first, a chip names one athlete at any instant"
        )


@dataclass(eq=False)
class NotRegistered(Case):
    title: ClassVar[str] = "Not registered"
    nature: ClassVar[Nature] = "invalid"
    bib: Bib
    where: str

    @property
    def detail(self) -> str:
        return f"no runner with bib {self.bib} is registered in {self.where}: register the runner first"


@dataclass(eq=False)
class NotInHeat(Case):
    title: ClassVar[str] = "Not in this heat"
    nature: ClassVar[Nature] = "invalid"
    runner: str
    """`bib 7` or `lane 3`."""

    @property
    def detail(self) -> str:
        return f"nobody starts in this heat with {self.runner}: look at its start list, or put the runner into it"


@dataclass(eq=False)
class OutOfMeet(Case):
    """A red card, or the second yellow one (R38)."""

    title: ClassVar[str] = "Out of the meet"
    bib: Bib
    card: str
    seq: int
    """Where the card stands in the log."""

    @property
    def detail(self) -> str:
        return (
            f"bib {self.bib} is out of the meet since a card ({self.card}, number {self.seq} of the log) and starts in "
            "no race after it (R38): leave the runner out, reinstate the runner in the heat of the card, or undo it"
        )


@dataclass(eq=False)
class AmbiguousBib(Case):
    title: ClassVar[str] = "Ambiguous bib"
    bib: Bib
    candidates: tuple[Bib, ...]

    @property
    def detail(self) -> str:
        return f"{self.bib!r} could be more than one runner ({', '.join(self.candidates)}): say which one exactly"


@dataclass(eq=False)
class LaneTwice(Case):
    title: ClassVar[str] = "Lane taken"
    nature: ClassVar[Nature] = "invalid"
    lane: int
    held_by: Bib

    @property
    def detail(self) -> str:
        return f"lane {self.lane} of this heat is already given to bib {self.held_by}: give each runner a lane alone"


@dataclass(eq=False)
class RunnerTwice(Case):
    title: ClassVar[str] = "Runner listed twice"
    nature: ClassVar[Nature] = "invalid"
    bib: Bib

    @property
    def detail(self) -> str:
        return f"bib {self.bib} is listed twice: each runner may be listed once"


@dataclass(eq=False)
class Undecided(Case):
    title: ClassVar[str] = "A qualification is undecided"
    round: str
    bibs: tuple[Bib, ...]
    ties: tuple[str, ...] = ()
    """Each tie in words: who, for how many places, with how many lanes free, and how it can be settled."""

    @property
    def detail(self) -> str:
        ways = f": {'; '.join(self.ties)}" if self.ties else ""
        return (
            f"bibs {', '.join(self.bibs)} are tied for the last place out of {self.round!r}{ways}: "
            "an official rules first (kind advance: all, lots, referee or jury)"
        )


@dataclass(frozen=True, slots=True)
class Open:
    """An anomaly that nobody has resolved or accepted."""

    id: AnomalyId
    kind: str
    bib: Bib | None
    reason: str


@dataclass(eq=False)
class AnomaliesOpen(Refusal):
    """Results are not official while an official has something to look at."""

    title: ClassVar[str] = "Anomalies are open"
    event: str
    anomalies: tuple[Open, ...]

    @property
    def detail(self) -> str:
        first, more = self.anomalies[0], len(self.anomalies) - 1
        others = f", and {more} more" if more else ""
        return f"{first.reason}{others}: resolve or accept each, then make the results of {self.event} official"


@dataclass(eq=False)
class FactsDepend(Case):
    title: ClassVar[str] = "Later facts depend on it"
    seq: int
    later: tuple[str, ...]
    """Kind and position of each, in log order."""

    @property
    def detail(self) -> str:
        later = ", ".join(self.later)
        return f"number {self.seq} of the log cannot be undone while later facts need it: undo {later} first"
