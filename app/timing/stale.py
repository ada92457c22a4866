"""What facts put out of date, since it was last made anew."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.domain.facts import Recorded, Ruling, Undone
from app.domain.fold import CARRIED_KINDS
from app.domain.ids import EventId, HeatId
from app.domain.state import MeetState
from app.timing.heard import ABSENCE_KINDS
from app.timing.reach import HEAT_KINDS, IDLE_KINDS, LINEUP_KINDS, LOCAL_KINDS, OWNER_KINDS, ROSTER_KINDS


@dataclass(slots=True)
class Stale:
    """Each is a part of what boards rest on. `pending`: facts came at all, those that change nothing too."""

    pending: bool = False
    events: set[EventId] = field(default_factory=set)
    """All races of these."""
    heats: set[HeatId] = field(default_factory=set)
    """The races of these."""
    rosters: set[EventId] = field(default_factory=set)
    all_rosters: bool = False
    lineups: set[EventId] = field(default_factory=set)
    """Rounds of these were drawn, or lost a heat."""
    owners: bool = False
    """Whose a chip or a bib is."""
    partings: bool = False
    """Whether a ruling may have moved the reads of a runner from one race to another."""
    everything: bool = False
    """Guns, clocks and readers: which read belongs to which race, anywhere."""

    def note(self, facts: Sequence[Recorded], state: MeetState, before: int) -> None:
        """Facts that `state` holds already; `before` is the position of the last one before them."""
        self.pending = True
        kinds = {type(recorded.fact) for recorded in facts} - IDLE_KINDS
        rulings = [recorded.fact for recorded in facts if isinstance(recorded.fact, Ruling)]
        self.partings |= any(ruling.kind in ABSENCE_KINDS for ruling in rulings)
        if kinds.issubset(HEAT_KINDS) and not any(ruling.kind in CARRIED_KINDS for ruling in rulings):
            self.heats |= {recorded.fact.heat for recorded in facts if isinstance(recorded.fact, HEAT_KINDS)}
            return
        touched = state.touched
        moved = {event for event in state.events if touched[event] > before}
        self.all_rosters |= Undone in kinds
        if kinds & ROSTER_KINDS - LINEUP_KINDS:
            self.rosters |= moved
        if kinds & LINEUP_KINDS:
            self.lineups |= moved
        if kinds - LINEUP_KINDS:
            self.events |= moved
        self.owners |= bool(kinds & OWNER_KINDS)
        self.everything |= bool(kinds - LOCAL_KINDS - LINEUP_KINDS)
