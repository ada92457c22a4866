"""Of people, their entries, bibs and chips."""

from dataclasses import dataclass
from typing import ClassVar

from app.domain.ids import Bib, Chip
from app.domain.refusals.refusal import Case, Nature


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
class AmbiguousBib(Case):
    title: ClassVar[str] = "Ambiguous bib"
    bib: Bib
    candidates: tuple[Bib, ...]

    @property
    def detail(self) -> str:
        return f"{self.bib!r} could be more than one runner ({', '.join(self.candidates)}): say which one exactly"
