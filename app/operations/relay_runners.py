"""Runners of relay teams as a list of entries brings them: known to the meet or new to it, and named for their team as
soon as it is in a heat.

Nobody's legs that were named already are changed: officials may have named them since.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.domain.ids import AthleteId, Bib, EventId, RegistrationId
from app.domain.refusals import Invalid, Refusal
from app.domain.state import Heat, MeetState
from app.interchange.values import Athlete
from app.operations import legs
from app.operations.find import bib_of
from app.operations.people import Identity, checked, difference, merged
from app.operations.roll import Roll
from app.operations.roster_hints import RowError
from app.operations.roster_rows import birth_date_of, sex_of
from app.operations.sheet import Sheet
from app.timing.roster import heats_in_order


@dataclass(frozen=True, slots=True)
class Squad:
    """A team with its runners in running order, and the row that says so."""

    row: int
    team: RegistrationId
    runners: tuple[AthleteId, ...]


Runner = AthleteId | Identity
"""Somebody of the meet, or somebody new."""


class Squads:
    """Gathers them on the roll, which gets whoever is not in the meet yet."""

    def __init__(self, roll: Roll) -> None:
        self.found: list[Squad] = []
        self._roll = roll
        self._by_name: defaultdict[tuple[str, str], list[AthleteId]] = defaultdict(list)

    def checked(self, runners: Sequence[Athlete]) -> list[Runner]:
        """`Invalid` for who cannot be, so that nobody is added at all."""
        return [self._known(one) for one in runners]

    def add(self, row: int, team: RegistrationId, runners: Sequence[Runner]) -> None:
        if runners:
            self.found.append(Squad(row, team, tuple(map(self._put, runners))))

    def _known(self, one: Athlete) -> Runner:
        """By name, and by what else is said; the number tells namesakes apart."""
        roll, identity = self._roll, self._identity(one)
        rest = replace(identity, family_name=None, given_name=None)
        same = [id for id in self._namesakes(identity) if difference(roll.known(id), rest, roll.spec) is None]
        worn = roll.state.by_bib.get(Bib(one.bib), ()) if one.bib else ()
        found = [id for id in same if id in worn] or same
        if len(found) > 1:
            who = f"{one.family_name} {one.given_name}".strip()
            message = f"{who} is the name of {len(found)} athletes of this meet: say whom by bib or birth date"
            raise Invalid("/runners", "ambiguous_runner", message)
        return found[0] if found else identity

    def _identity(self, one: Athlete) -> Identity:
        sex = self._roll.event.spec.sex
        given = Identity(
            sex=sex_of(one.sex or (sex if sex != "X" else None)),
            family_name=one.family_name or None,
            given_name=one.given_name or None,
            birth_date=birth_date_of(one.birth_date),
            age=one.age,
        )
        return checked(given, self._roll.spec)

    def _put(self, runner: Runner) -> AthleteId:
        if not isinstance(runner, Identity):
            return runner
        new = AthleteId(self._roll.new_id("athlete"))
        self._roll.identify(new, merged(None, runner, self._roll.spec))
        self._namesakes(runner).append(new)
        return new

    def _namesakes(self, identity: Identity) -> list[AthleteId]:
        if not self._by_name:
            for id, person in self._roll.people.items():
                if not person.erased and id in self._roll.state.athletes:
                    self._by_name[_key(person.family_name, person.given_name)].append(id)
        return self._by_name[_key(identity.family_name, identity.given_name)]


def waiting(state: MeetState, event: EventId, squads: Sequence[Squad]) -> Iterator[RowError]:
    """Teams in no heat yet: only there a runner has a leg."""
    for squad in squads:
        if _heat_of(state, event, squad.team) is None:
            message = "the runners of this team are named once it is drawn: import the list again then"
            yield RowError(squad.row, "runners", "runners_not_named_yet", message)


def name_legs(sheet: Sheet, event: EventId, squads: Sequence[Squad]) -> Iterator[RowError]:
    """Record the legs of each team that is in a heat and has none: the first of its runners, the others are reserves.

    Yields why not, where they cannot be.
    """
    count = sheet.state.events[event].spec.relay_legs
    for squad in squads:
        heat = _heat_of(sheet.state, event, squad.team)
        if heat is None or squad.team in heat.legs:
            continue
        team = legs.Team(bib_of(sheet.state, squad.team), tuple(squad.runners[:count]))
        try:
            facts = list(legs.decide(sheet.state, heat, [team]))
        except Refusal as refused:
            yield RowError(squad.row, "runners", refused.code, f"the runners are not named: {refused.detail}")
        else:
            sheet.record(*facts)


def _heat_of(state: MeetState, event: EventId, team: RegistrationId) -> Heat | None:
    """The last one that the team was drawn into."""
    found = state.events[event]
    heats = reversed(heats_in_order(found))
    return next((heat for heat in heats if team in found.registrations and found.starts(heat, team)), None)


def _key(family_name: str | None, given_name: str | None) -> tuple[str, str]:
    return (family_name or "").casefold(), (given_name or "").casefold()
