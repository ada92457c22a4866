"""Lists of entries that were brought in: what each of them brought, and how its columns were read."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from app.domain.codec import kind_of
from app.domain.facts import AthleteDescribed, ChipAssigned, Recorded, Registered, RosterImported
from app.domain.ids import AthleteId, ImportId, RegistrationId
from app.domain.refusals import Contradicts, NotFound, ResultsDepend
from app.domain.state import MeetState
from app.operations.find import bib_of
from app.operations.sheet import Sheet
from app.store.references import named

Mapped = Mapping[str, str]
"""Title as it stands in the file → column of a roster; an empty one is left out."""


@dataclass(frozen=True, slots=True)
class Brought:
    athletes: frozenset[AthleteId]
    registrations: frozenset[RegistrationId]
    others: frozenset[str]

    @property
    def ids(self) -> frozenset[str]:
        return self.others.union(self.athletes, self.registrations)


def import_of(state: MeetState, id: ImportId) -> tuple[int, RosterImported]:
    """Its position and the fact; `NotFound` also for one that was undone."""
    found = state.imports.get(id)
    if found is None:
        raise NotFound("import", id)
    return found


def brought_by(state: MeetState, seq: int, fact: RosterImported) -> Brought:
    """Whom an import made: athletes, their entries, and chips handed to them."""
    facts = [one.fact for one in _between(state, fact.first_seq, seq)]
    return Brought(
        athletes=frozenset(one.athlete for one in facts if isinstance(one, AthleteDescribed)),
        registrations=frozenset(one.registration for one in facts if isinstance(one, Registered)),
        others=frozenset(one.assignment for one in facts if isinstance(one, ChipAssigned)),
    )


def check(sheet: Sheet, seq: int, fact: RosterImported) -> None:
    """Refuses to take back an import that later facts rest on, or whose runners were seen."""
    state = sheet.state
    brought = brought_by(state, seq, fact)
    later = [one for one in _between(state, seq + 1, state.head + 1) if _names(one, brought.ids)]
    standing = [one for one in later if one.seq not in state.voided]
    if standing:
        first = f"{kind_of(standing[0].fact)} {standing[0].seq}"
        more = f" and {len(standing) - 1} more" if len(standing) > 1 else ""
        message = f"later facts name runners of this import ({first}{more}): withdraw those runners one by one instead"
        raise Contradicts("import_in_use", message)
    event = state.events[fact.event]
    for heat in (heat for heats in event.rounds.values() for heat in heats.values() if heat.drawn.open):
        for line in sheet.projection.heat_results(heat.id):
            if line.registration in brought.registrations and (line.status is not None or line.state != "entered"):
                why = f"bib {bib_of(state, line.registration)} has started, or has a result"
                raise ResultsDepend(f"the import {fact.roster_import}", why)


def forget(sheet: Sheet, brought: Brought) -> None:
    """The identities of whom an undone import brought: the log no longer knows them."""
    for athlete in sorted(brought.athletes):
        sheet.tx.people.erase(sheet.meet_id, athlete)
    sheet.tx.idempotency.forget(sorted(brought.ids))


def remembered(sheet: Sheet, source: str | None) -> Mapped:
    """How the last list of the same source was read; nothing for none."""
    facts = [fact for _, fact in sheet.state.imports.values() if fact.source == source and fact.columns is not None]
    if source is None or not facts or facts[-1].columns is None:
        return {}
    words = sheet.tx.texts.many(sheet.meet_id, [facts[-1].columns]).get(facts[-1].columns)
    return columns_of(words)


def columns_of(words: str | None) -> Mapped:
    return msgspec.json.decode(words, type=dict[str, str]) if words else {}


def _between(state: MeetState, first: int, stop: int) -> Iterator[Recorded]:
    index = bisect_left(state.log, first, key=lambda recorded: recorded.seq)
    while index < len(state.log) and state.log[index].seq < stop:
        yield state.log[index]
        index += 1


def _names(one: Recorded, ids: frozenset[str]) -> bool:
    found: Iterator[tuple[Any, str]] = named(one.fact)
    return any(id in ids for _, id in found)
