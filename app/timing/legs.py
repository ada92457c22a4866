"""Runners of relay teams by whose own chips a team may be read, each on the leg that the runner has (R78)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from app.domain.ids import AthleteId, EventId, HeatId
from app.domain.state import MeetState
from app.timing.race import Race


class Runs(NamedTuple):
    """What an athlete runs for a team: the race, the slot of the team, and the leg from 1."""

    race: Race
    slot: int
    leg: int


@dataclass(frozen=True, slots=True)
class Legs:
    """By athlete. Empty where no relay of the meet has named its runners."""

    of: Mapping[int, Sequence[Runs]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.of)

    def __contains__(self, athlete: int) -> bool:
        return athlete in self.of

    def __iter__(self) -> Iterator[int]:
        return iter(self.of)

    def any_of(self, athletes: Iterable[int]) -> bool:
        return bool(self.of) and any(athlete in self.of for athlete in athletes)

    def leg(self, athlete: int, race: Race, slot: int) -> int:
        """The leg that an athlete runs for a team; 0 for the team itself."""
        return next((one.leg for one in self.of.get(athlete, ()) if one.race is race and one.slot == slot), 0)

    def runners(self, race: Race, slot: int) -> Iterator[tuple[int, int]]:
        """Athletes whose reads may be those of a slot, each with the leg: who is entered (0), then a team's runners."""
        yield int(race.athlete[slot]), 0
        for athlete in self.of if race.roster.spec.relay_legs > 1 else ():
            if leg := self.leg(athlete, race, slot):
                yield athlete, leg


def legs_of(state: MeetState, races: Mapping[EventId, Sequence[Race]], numbers: Mapping[AthleteId, int]) -> Legs:
    """As the heats that are drawn name them now. Who is entered as the team itself has its chip, and runs no leg."""
    found = {
        numbers[id]: [one for heat in heats for one in _runs(state, races, id, heat)]
        for id, heats in state.legs.items()
    }
    return Legs({athlete: runs for athlete, runs in found.items() if runs})


def _runs(state: MeetState, races: Mapping[EventId, Sequence[Race]], athlete: AthleteId, id: HeatId) -> Iterator[Runs]:
    heat = state.heats.get(id)
    for team, named in heat.legs.items() if heat else ():
        for race in races.get(heat.event, ()) if heat and athlete in named.athletes else ():
            slot = race.slot_of(team) if id in race.lineup.heats else None
            if slot is None or race.withdrawn[slot] or state.registrations[team].entry.athlete == athlete:
                continue
            yield Runs(race, slot, named.athletes.index(athlete) + 1)
