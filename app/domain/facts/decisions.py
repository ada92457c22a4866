"""Of what officials decide, announce and take back."""

from dataclasses import dataclass
from typing import Literal

from app.domain.ids import AnomalyId, EventId, HeatId, PublicationId, RegistrationId, RulingId, TextId
from app.domain.units import Duration

RulingKind = Literal["dq", "dns", "dnf", "withdrawn", "reinstate", "time", "penalty", "advance", "card", "lane", "note"]
How = Literal["all", "lots", "referee", "jury", "draw"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    ruling: RulingId
    heat: HeatId
    registration: RegistrationId
    kind: RulingKind
    how: How | None = None
    rule: str | None = None
    reason: TextId | None = None
    elapsed_us: Duration | None = None
    """With `time`: the time that counts. With `penalty`: what is added."""
    card: Literal["YC", "YRC", "RC"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualifier:
    registration: RegistrationId
    how: str
    """`Q`, `q`, `qR`, `qJ` or `qD`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QualifiersFixed:
    event: EventId
    round: str
    qualifiers: tuple[Qualifier, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LotsDrawn:
    """Of those level for the last places out of a round, who goes on: `winners` by lots of this seed (R33, R34).

    Anybody can draw them again: `among` is in the order in which the lots were drawn over them, under `label`.
    """

    event: EventId
    round: str
    among: tuple[RegistrationId, ...]
    winners: tuple[RegistrationId, ...]
    seed: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QualifierReplaced:
    """Before the round `into` starts, `by` runs in place of `out` and in the same lane; no new draw (R31, R47).

    Both come from `round`. Who withdrew keeps the letter that was won there, who was disqualified does not. Without
    `by` the place stays vacant.
    """

    event: EventId
    round: str
    into: str
    out: RegistrationId
    why: Literal["withdrawn", "disqualified"]
    by: RegistrationId | None = None
    how: str | None = None
    """The letter of `by`."""
    reason: TextId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnomalyAccepted:
    """An official has looked at something odd, and it stands as it is. What it concerns is named where it was found."""

    anomaly: AnomalyId
    kind: str
    official: TextId
    """Who said so, in words."""
    reason: TextId
    event: EventId | None = None
    heat: HeatId | None = None
    registration: RegistrationId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What was announced, word for word: `content` is canonical JSON without names, `digest` its SHA-256 in hex."""

    publication: PublicationId
    event: EventId
    version: int
    status: Literal["provisional", "official"]
    at_seq: int
    content: str
    digest: str
    engine: str
    note: TextId | None = None
    protest_us: Duration | None = None
    """How long protests may be made from then on, by the rules as they were (R55); older ones do not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """The fact at that position counts as never recorded. Undoing this one brings it back."""

    target_seq: int
    reason: TextId | None = None


DecisionFact = Ruling | QualifiersFixed | LotsDrawn | QualifierReplaced | AnomalyAccepted | Published | Undone
