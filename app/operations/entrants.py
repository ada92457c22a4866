"""Who runs in a round, best first, and from where: entries, qualifiers, those left out, or those who had a bye."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.facts import Brought, Qualifier
from app.domain.ids import AthleteId, RegistrationId
from app.domain.meet import Person
from app.domain.refusals import Contradicts
from app.domain.state import Event, MeetState, Registration
from app.domain.units import Duration
from app.operations.find import spec_of
from app.operations.sheet import HeatLine, Results
from app.rules.draw import Draw
from app.rules.hand import for_seeding
from app.rules.lanes import lanes_in_use
from app.rules.qualification import UNDECIDED
from app.rules.rounding import TENTH, round_up
from app.rules.rounds import Apart, feeding
from app.rules.ruleset import Ruleset
from app.rules.rulesets import rules_of
from app.rules.seeding import Advanced, Entrant, ranked, ranked_again
from app.timing.penalties import excluded_by

TEAMS: Final[Mapping[Apart, Callable[[Person], str | None]]] = {
    "nation_or_club": lambda person: person.nation or person.club,
    "nation": lambda person: person.nation,
    "club": lambda person: person.club,
    "nobody": lambda person: None,
}


@dataclass(frozen=True, slots=True)
class Field:
    """What seeding needs to know of the event, besides the round."""

    state: MeetState
    event: Event
    results: Results
    people: Mapping[AthleteId, Person]

    @property
    def rules(self) -> Ruleset:
        return rules_of(self.state.spec, self.event.spec)

    def lanes(self, out: Sequence[int] = ()) -> tuple[int, ...]:
        """Those that may be drawn into: without what meet, event and this draw leave free."""
        meet = spec_of(self.state)
        lanes = lanes_in_use(meet.lanes, self.rules.lanes, (*meet.lanes_out, *self.event.spec.lanes_out, *out))
        if not lanes and self.event.spec.start == "lanes":
            preferred = ", or prefer another one (rules, lanes.preference)" if self.rules.lanes.preference else ""
            raise Contradicts("no_lane_left", f"every lane is left free: give back one of lanes_out{preferred}")
        return lanes

    def active(self) -> Iterator[Registration]:
        """Who has neither withdrawn nor been shown a red card (R38)."""
        entries = self.event.registrations
        there = (id for id, one in entries.items() if not one.withdrawn)
        return (entries[id] for id in there if excluded_by(self.state, self.event, id) is None)

    def team(self, id: RegistrationId) -> str | None:
        """Whose runners are kept apart (R26): by default the nation, else the club."""
        person = self.people.get(self.event.registrations[id].entry.athlete, Person())
        return TEAMS[self.rules.rounds.apart](person)

    def lines(self, round: str) -> Sequence[HeatLine]:
        return self.results.round_results(self.event.id, round)

    def entrant(self, id: RegistrationId, *marks: int | None) -> Entrant:
        """With the best of the marks, or the one of the entry: seed mark, else the season's, else the personal best."""
        known = [mark for mark in (*marks, self._entered(id)) if mark is not None]
        return Entrant(id, Duration(min(known)) if known else None, self.team(id))

    def _entered(self, id: RegistrationId) -> Duration | None:
        """A hand time as if taken by photo finish (R12)."""
        entry, timing = self.event.registrations[id].entry, self.rules.timing
        brought: tuple[tuple[Brought, Duration | None], ...] = (
            ("seed_mark", entry.seed_mark_us),
            ("sb", entry.sb_us),
            ("pb", entry.pb_us),
        )
        name, mark = next(((name, mark) for name, mark in brought if mark), (None, None))
        if mark is None or name not in entry.hand:
            return mark
        return for_seeding(round_up(mark, TENTH), self.event.spec.distance_m, timing.hand_seeding)


def ranking(field: Field, index: int, draw: Draw) -> list[RegistrationId]:
    """Everybody who may run in the round, best first; equal ones by lot."""
    source, image = field.event.spec.rounds[index].source, field.rules.timing.image_us
    if index == 0:
        return _ids(ranked([field.entrant(one.entry.registration) for one in field.active()], draw, image))
    if source == "non_qualifiers":
        return _ids(ranked(_left_out(field, index), draw, image))
    through = _through(field, index)
    if source is None or source == "qualifiers":
        if field.event.spec.distance_m <= field.rules.rounds.by_places_to_m:
            return [one.registration for one in ranked_again([_advanced(field, *one) for one in through], draw, image)]
        return _ids(ranked(_improved(field, index, [q.registration for q, _ in through]), draw, image))
    resting = [one.entry.registration for one in field.active() if not _ran_before(field, index, one)]
    return _ids(ranked(_improved(field, index, [q.registration for q, _ in through] + resting), draw, image))


def _through(field: Field, index: int) -> list[tuple[Qualifier, str]]:
    """Qualifiers, with their round, of the last main round and of the second chances between it and this one."""
    rounds = field.event.spec.rounds
    active = {one.entry.registration for one in field.active()} - field.event.replaced.get(
        rounds[index].name, {}
    ).keys()
    found = []
    for second_chance, round in enumerate(feeding(rounds, index)):
        fixed = field.event.qualifiers.get(round.name)
        if fixed is None and (round.advance is not None or not second_chance):
            message = f"who goes on from {round.name!r} is not fixed: let its qualifiers advance first"
            raise Contradicts("not_advanced", message)
        found += [(q, round.name) for q in fixed.qualifiers if q.registration in active] if fixed else []
    return found


def not_qualified(field: Field, index: int, ids: Iterable[RegistrationId]) -> frozenset[RegistrationId]:
    """Those who start in the round without the right to, as far as earlier rounds have been decided."""
    rounds = field.event.spec.rounds
    if index == 0 or rounds[index].source == "byes":
        return frozenset()
    before = feeding(rounds, index)
    if before[0].advance is None and before[0].name not in field.event.qualifiers:
        return frozenset()
    qualified = {id for round in before for id in _qualified(field, round.name)}
    return frozenset(id for id in ids if (id in qualified) == (rounds[index].source == "non_qualifiers"))


def _qualified(field: Field, round: str) -> Iterator[RegistrationId]:
    """Fixed, or as it stands now."""
    fixed = field.event.qualifiers.get(round)
    if fixed is not None:
        return (one.registration for one in fixed.qualifiers)
    return (line.registration for line in field.lines(round) if line.qualification not in (None, UNDECIDED))


def _left_out(field: Field, index: int) -> list[Entrant]:
    """Who finished the last main round, and did not qualify."""
    main = feeding(field.event.spec.rounds, index)[0].name
    through = {q.registration for q, round in _through(field, index) if round == main}
    active = {one.entry.registration for one in field.active()}
    return [
        field.entrant(line.registration, line.elapsed_us)
        for line in field.lines(main)
        if line.status == "OK" and line.registration in active - through
    ]


def reserves(field: Field, index: int) -> list[tuple[HeatLine, str]]:
    """Who stands by for a vacant place of a later round, the next best first, each with the round it was run in (R31).

    Those who finished and may advance, but did not; of second chances before those who had none. By time, then place.
    """
    rounds, image = field.event.spec.rounds, field.rules.timing.image_us
    if index == 0 or rounds[index].source == "non_qualifiers":
        return []
    out = field.event.replaced.get(rounds[index].name, {})
    heats = field.event.rounds.get(rounds[index].name, {}).values()
    starting = {starter.registration for heat in heats for starter in heat.drawn.starters}
    fed = feeding(rounds, index)
    gone = {id for round in fed for id in _qualified(field, round.name)} | starting | out.keys()
    eligible = {one.entry.registration for one in field.active() if one.entry.role != "guest"} - gone
    found: dict[RegistrationId, tuple[HeatLine, str]] = {}
    for round in reversed(fed):
        lines = [one for one in field.lines(round.name) if one.status == "OK" and one.registration in eligible]
        for line in sorted(lines, key=lambda one: _by_time(one, image)):
            found.setdefault(line.registration, (line, round.name))
    return list(found.values())


def _by_time(line: HeatLine, image: Duration) -> tuple[bool, int, int]:
    elapsed = line.elapsed_us
    return elapsed is None, round_up(Duration(elapsed or 0), image), line.place or 0


def _advanced(field: Field, qualifier: Qualifier, round: str) -> Advanced:
    line = next((one for one in field.lines(round) if one.registration == qualifier.registration), None)
    place, elapsed = (line.place, line.elapsed_us) if line else (None, None)
    elapsed_us = None if elapsed is None else Duration(elapsed)
    return Advanced(qualifier.registration, qualifier.how, place, elapsed_us, field.team(qualifier.registration))


def _improved(field: Field, index: int, ids: Sequence[RegistrationId]) -> list[Entrant]:
    """The ranking of the entries goes on, changed where somebody ran faster in the rounds (R24)."""
    run: dict[RegistrationId, list[int]] = {}
    for round in field.event.spec.rounds[:index]:
        for line in field.lines(round.name):
            if line.elapsed_us is not None and line.status == "OK":
                run.setdefault(line.registration, []).append(line.elapsed_us)
    return [field.entrant(id, *run.get(id, ())) for id in ids]


def _ran_before(field: Field, index: int, registration: Registration) -> bool:
    rounds = [field.event.rounds.get(round.name, {}) for round in field.event.spec.rounds[:index]]
    heats = [heat for round in rounds for heat in round.values()]
    return any(field.event.starts(heat, registration.entry.registration) for heat in heats)


def _ids(entrants: Sequence[Entrant]) -> list[RegistrationId]:
    return [entrant.registration for entrant in entrants]
