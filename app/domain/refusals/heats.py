"""Of heats and who starts in them."""

from dataclasses import dataclass
from typing import ClassVar

from app.domain.ids import Bib
from app.domain.refusals.refusal import Case, Nature


@dataclass(eq=False)
class NotInHeat(Case):
    title: ClassVar[str] = "Not in this heat"
    nature: ClassVar[Nature] = "invalid"
    runner: str
    """`bib 7` or `lane 3`."""
    elsewhere: str | None = None
    """The heat of the round that the runner does start in."""

    @property
    def detail(self) -> str:
        if self.elsewhere is not None:
            return f"{self.runner} starts in {self.elsewhere} and not in this heat: name that heat, or look at the bib"
        return f"nobody starts in this heat with {self.runner}: look at its start list, or put the runner into it"


@dataclass(eq=False)
class OutOfMeet(Case):
    """A red card, or the second yellow one (R38)."""

    title: ClassVar[str] = "Out of the meet"
    bib: Bib
    card: str
    seq: int
    """Where the card stands in the log."""
    rule: str | None = None
    """What it was shown by."""

    @property
    def detail(self) -> str:
        card = " ".join(filter(None, (self.card, self.rule)))
        return (
            f"bib {self.bib} is out of the meet since a card ({card}, number {self.seq} of the log) and starts in "
            "no race after it (R38): leave the runner out, reinstate the runner in the heat of the card, or undo it"
        )


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
