"""What officials wrote about an athlete, wherever in the log: it goes with the athlete's identity."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from app.domain.facts import (
    AnomalyAccepted,
    ChipAssigned,
    ConflictRuled,
    CrossingConfirmed,
    Fact,
    FalseStart,
    QualifierReplaced,
    ReadRuledOut,
    Registered,
    Ruling,
    Undone,
)
from app.domain.ids import AthleteId, Bib, Chip, MeetId, RegistrationId, TextId
from app.domain.state import MeetState
from app.operations.sheet import Reads


class Tag(NamedTuple):
    """What a read was of, and when."""

    chip: str | None
    bib: str | None
    at_us: int


def written_about(state: MeetState, id: AthleteId, reads: Reads, meet: MeetId) -> list[TextId]:
    """Reasons of all that was decided on the athlete's entries and reads, undone ones too, and of the undoings."""
    about, texts = _About.of(state, id, _tags(state, reads, meet)), list[TextId]()
    for one in state.log:
        if about.holds(one.fact):
            about.found.add(one.seq)
            reason = getattr(one.fact, "reason", None)
            texts += [reason] if reason else []
    return texts


def _tags(state: MeetState, reads: Reads, meet: MeetId) -> dict[int, tuple[Tag, ...]]:
    """Of every read that was ruled out, and of the two of every conflict, by their position in the log."""
    out = {one.fact.read_seq for one in state.log if isinstance(one.fact, ReadRuledOut)}
    firsts = {conflict.first_seq for conflict in state.conflicts.values()}
    found = {seq: Tag(one.chip, one.bib, one.at_us) for seq, one in reads.detail(meet, out | firsts).items()}
    both = {
        seq: (Tag(one.chip, one.bib, one.at), *(found[first] for first in [one.first_seq] if first in found))
        for seq, one in state.conflicts.items()
    }
    return {seq: (found[seq],) for seq in out if seq in found} | both


@dataclass(frozen=True, slots=True)
class _About:
    """All that ever named one athlete. `found` are positions of what is known to be about them already."""

    registrations: frozenset[RegistrationId]
    bibs: frozenset[Bib]
    worn: Mapping[Chip, list[ChipAssigned]]
    tags: Mapping[int, tuple[Tag, ...]]
    found: set[int]

    @classmethod
    def of(cls, state: MeetState, id: AthleteId, tags: Mapping[int, tuple[Tag, ...]]) -> "_About":
        worn: dict[Chip, list[ChipAssigned]] = {}
        bibs = set[Bib]()
        for fact in (one.fact for one in state.log):
            if isinstance(fact, ChipAssigned) and fact.athlete == id:
                worn.setdefault(fact.chip, []).append(fact)
            elif isinstance(fact, Registered) and fact.athlete == id:
                bibs.add(fact.bib)
        return cls(frozenset(state.by_athlete.get(id, ())), frozenset(bibs), worn, tags, set())

    def holds(self, fact: Fact) -> bool:
        match fact:
            case Ruling() | CrossingConfirmed() | AnomalyAccepted():
                return fact.registration in self.registrations
            case FalseStart():
                return any(one.registration in self.registrations for one in fact.runners)
            case QualifierReplaced():
                return fact.out in self.registrations or fact.by in self.registrations
            case ConflictRuled():
                return self._wore(fact.conflict_seq)
            case ReadRuledOut():
                return self._wore(fact.read_seq)
            case Undone():
                return fact.target_seq in self.found
        return False

    def _wore(self, seq: int) -> bool:
        """Whether a read at this position was theirs by any assignment, corrected and undone ones too."""
        return any(self._names(tag) for tag in self.tags.get(seq, ()))

    def _names(self, tag: Tag) -> bool:
        terms = self.worn.get(Chip(tag.chip), []) if tag.chip else []
        return tag.bib in self.bibs or any(
            (one.since is None or one.since <= tag.at_us) and (one.until is None or tag.at_us < one.until)
            for one in terms
        )
