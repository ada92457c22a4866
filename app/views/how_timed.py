"""What is noted of how times of a heat were taken (R8, R11): on a track by transponder, or in more ways than one."""

from collections.abc import Iterable, Mapping
from typing import Final

from app.domain.state import Heat, MeetState
from app.rules.rulesets import rules_of
from app.timing.grade import Grade
from app.timing.heats import HeatResult

SYSTEMS: Final[Mapping[Grade, str]] = {
    "photo_finish": "photo_finish",
    "semi": "semi",
    "hand": "hand",
    "manual_at_line": "hand",
    "transponder": "transponder",
    "transponder_local": "transponder",
}
"""By what a time was taken; one that was ruled is nobody's."""


def is_mixed(rows: Iterable[HeatResult]) -> bool:
    """Whether times of one heat come from different systems: they rank, and tell nobody apart beyond the coarser."""
    systems = {SYSTEMS.get(row.timed_by or "ruled") for row in rows if row.elapsed_us is not None}
    return len(systems - {None}) > 1


def chip_note(state: MeetState, heat: Heat) -> str | None:
    """What the ruleset has printed beside times by transponder on a track, which World Athletics does not know (R8)."""
    spec = state.events[heat.event].spec
    return rules_of(state.spec, spec).timing.chip_note if spec.surface == "track" else None
