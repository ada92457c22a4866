"""What the core refuses, in the words of the sport. The edge turns each into a problem document.

A refusal is a value: its fields are the facts of the case, `detail` is one sentence that says what to do.
"""

from app.domain.refusals.decisions import AnomaliesOpen, FactsDepend, Open, ResultsDepend, Undecided
from app.domain.refusals.entries import (
    AlreadyRegistered,
    AmbiguousBib,
    BibTaken,
    ChipTaken,
    ExternalIdTaken,
    IdentityDiffers,
    NotRegistered,
    SexDoesNotFit,
)
from app.domain.refusals.heats import LaneTwice, NotInHeat, OutOfMeet, RunnerTwice
from app.domain.refusals.meet import MeetIsClosed, UnknownFact, UnknownRules
from app.domain.refusals.refusal import Case, Contradicts, Invalid, Nature, NotFound, Refusal

__all__ = [
    "AlreadyRegistered",
    "AmbiguousBib",
    "AnomaliesOpen",
    "BibTaken",
    "Case",
    "ChipTaken",
    "Contradicts",
    "ExternalIdTaken",
    "FactsDepend",
    "IdentityDiffers",
    "Invalid",
    "LaneTwice",
    "MeetIsClosed",
    "Nature",
    "NotFound",
    "NotInHeat",
    "NotRegistered",
    "Open",
    "OutOfMeet",
    "Refusal",
    "ResultsDepend",
    "RunnerTwice",
    "SexDoesNotFit",
    "Undecided",
    "UnknownFact",
    "UnknownRules",
]
