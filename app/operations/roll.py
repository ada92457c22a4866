"""The roll of one event while entries are made into it: what the log holds, and what has been added since.

Many rows of a list are decided against it before any of them is recorded. An entry that is refused leaves it as it was.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from app.domain.facts import AthleteDescribed, ChipAssigned, Fact, Registered
from app.domain.ids import AthleteId, Bib, Chip, RegistrationId
from app.domain.meet import MeetSpec, Person
from app.domain.state import Event, MeetState
from app.operations.chips import wearer_bib
from app.operations.find import spec_of
from app.operations.people import Known, by_external_id

K = TypeVar("K")
V = TypeVar("V")


class Overlay(Generic[K, V]):
    """A mapping, and what was put over it and taken from it since."""

    def __init__(self, below: Mapping[K, V]) -> None:
        self._below = below
        self._above: dict[K, V | None] = {}

    def get(self, key: K) -> V | None:
        return self._above[key] if key in self._above else self._below.get(key)

    def put(self, key: K, value: V | None) -> None:
        self._above[key] = value


@dataclass(slots=True)
class Roll:
    state: MeetState
    event: Event
    people: Mapping[AthleteId, Person]
    new_id: Callable[[str], str]
    spec: MeetSpec = field(init=False)
    facts: list[Fact] = field(default_factory=list)
    persons: dict[AthleteId, Person] = field(default_factory=dict)
    """Identities to be stored beside the facts."""
    waves: set[str | None] = field(default_factory=set)
    bibs: Overlay[Bib, RegistrationId] = field(init=False)
    by_athlete: Overlay[AthleteId, RegistrationId] = field(init=False)
    _entries: dict[RegistrationId, Registered] = field(default_factory=dict)
    _known: dict[AthleteId, Known] = field(default_factory=dict)
    _owners: dict[Bib, AthleteId | None] = field(default_factory=dict)
    _chips: dict[Chip, list[ChipAssigned]] = field(default_factory=dict)
    _external: dict[str, AthleteId] | None = None

    def __post_init__(self) -> None:
        self.spec = spec_of(self.state)
        self.bibs = Overlay(self.event.by_bib)
        self.by_athlete = Overlay(self.event.by_athlete)

    def entry(self, id: RegistrationId) -> Registered:
        return self._entries.get(id) or self.state.registrations[id].entry

    def withdrawn(self, id: RegistrationId) -> bool:
        return id not in self._entries and self.state.registrations[id].withdrawn

    def owner(self, bib: Bib) -> AthleteId | None:
        """Whom the bib names: in the event, or in all of the meet where bibs are meet-wide."""
        held = self.bibs.get(bib)
        if held is not None:
            return self.entry(held).athlete
        if self.spec.bib_scope == "event":
            return None
        if bib in self._owners:
            return self._owners[bib]
        return next(iter(self.state.by_bib.get(bib, ())), None)

    def athlete_by_external_id(self, external_id: str) -> AthleteId | None:
        if self._external is None:
            self._external = by_external_id(self.people)
        return self._external.get(external_id)

    def known(self, id: AthleteId) -> Known:
        known = self._known.get(id)
        if known is None:
            known = self._known[id] = Known(self.people.get(id, Person()), self.state.athletes[id].ages)
        return known

    def erased(self, id: AthleteId) -> bool:
        return id in self.state.athletes and self.state.athletes[id].erased

    def chips(self, chip: Chip) -> list[ChipAssigned]:
        held = [self.state.assignments[id] for id in self.state.chips.get(chip, ())]
        return held + self._chips.get(chip, [])

    def label(self, athlete: AthleteId) -> Bib:
        """A bib to name an athlete by."""
        registration = self.by_athlete.get(athlete)
        return self.entry(registration).bib if registration else wearer_bib(self.state, athlete)

    def identify(self, id: AthleteId, known: Known) -> None:
        """Somebody new, or an identity corrected."""
        self._known[id] = known
        self.persons[id] = known.person
        if self._external is not None and known.person.external_id:
            self._external[known.person.external_id] = id
        self.facts.append(AthleteDescribed(athlete=id, sex=known.person.sex, ages=known.ages))

    def register(self, entry: Registered) -> None:
        if entry.registration in self._entries or entry.registration in self.state.registrations:
            self._free(self.entry(entry.registration))
        self.bibs.put(entry.bib, entry.registration)
        self.by_athlete.put(entry.athlete, entry.registration)
        self._entries[entry.registration] = entry
        self._owners[entry.bib] = entry.athlete
        self.waves.add(entry.wave)
        self.facts.append(entry)

    def _free(self, entry: Registered) -> None:
        """The bib of an entry that gets another one, unless the athlete wears it in another event too."""
        self.bibs.put(entry.bib, None)
        others = (self.state.registrations[id].entry for id in self.state.by_athlete.get(entry.athlete, ()))
        if not any(one.bib == entry.bib and one.registration != entry.registration for one in others):
            self._owners[entry.bib] = None

    def assign(self, chip: ChipAssigned) -> None:
        self._chips.setdefault(chip.chip, []).append(chip)
        self.facts.append(chip)
