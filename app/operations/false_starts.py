"""False starts: who caused them. Whether anybody is out is the ruleset's to say (R14, R91)."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.facts import Charged, FalseStart
from app.domain.ids import Bib, FalseStartId, HeatId, RegistrationId
from app.domain.refusals import Invalid, RunnerTwice
from app.domain.state import Heat, MeetState
from app.domain.units import Duration
from app.operations.checks import within
from app.operations.find import heat_of, starter
from app.operations.sheet import Sheet, writable

EARLIEST_US, LATEST_US = -10_000_000, 60_000_000
"""Of a reaction: below zero the runner moved before the gun."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accused:
    bib: Bib
    reaction_us: Duration | None = None


def charge(sheet: Sheet, id: HeatId, accused: Sequence[Accused], note: str | None = None) -> FalseStartId:
    """One false start of the race, caused by one runner or by several at once. The recall is recorded by itself."""
    state = writable(sheet.state)
    runners = _charged(state, heat_of(state, id), accused)
    false_start = FalseStartId(sheet.new_id("false_start"))
    sheet.record(FalseStart(false_start=false_start, heat=id, runners=runners, reason=sheet.text(note)))
    return false_start


def _charged(state: MeetState, heat: Heat, accused: Sequence[Accused]) -> tuple[Charged, ...]:
    if not accused:
        raise Invalid("/runners", "empty", "name at least one runner: a start that nobody spoiled is only recalled")
    found: dict[RegistrationId, Charged] = {}
    for index, one in enumerate(accused):
        at = f"/runners/{index}"
        runner = starter(state, heat, one.bib, f"{at}/bib")
        if runner in found:
            raise RunnerTwice(one.bib, at=f"{at}/bib")
        within(one.reaction_us, EARLIEST_US, LATEST_US, f"{at}/reaction_us", "a reaction in microseconds")
        found[runner] = Charged(registration=runner, reaction_us=one.reaction_us)
    return tuple(found.values())
