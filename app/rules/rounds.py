"""How many rounds, how many heats, who goes on (R20–R22, R41): chosen from tables by the number of entries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.domain.meet import Advance, RoundSpec
from app.rules.duties import Rest
from app.rules.table import Metres, Number, Segment, Some, row_for

Apart = Literal["nation_or_club", "nation", "club", "nobody"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One round before the final: so many heats, and who goes on."""

    heats: Some
    places: Number
    times: Number
    through: Some
    """How many go on: heats × places + times, as the next round takes them."""

    @property
    def advance(self) -> Advance:
        return Advance(places=self.places, times=self.times)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The rounds before the final for up to so many entries, and more than the plan before takes."""

    up_to: Some
    rounds: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progression:
    """Of races up to `longest_m` for each athlete, or of relays."""

    final: Some
    """How many run in it where rounds came before."""
    plans: tuple[Plan, ...]
    longest_m: Metres | None = None
    relay: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Most runners in a heat where nobody keeps a lane."""

    most: Some
    longest_m: Metres | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How rounds are made by counting, where no table fits (R20, R22)."""

    to_final_from: Some
    """Most heats that lead straight to the final."""
    most_places: Some
    """In lanes so many of each heat go on by place at most, where others go on by time; two of each always do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounds:
    progressions: tuple[Progression, ...]
    names: tuple[Segment, ...]
    """Of the first round, the second, …; the last of several before the final is `semi_final`."""
    semi_final: Segment
    final: Segment
    laned_to_m: Number
    """Up to here a heat takes one runner a lane, also where they leave their lanes or start in a curve."""
    room: tuple[Room, ...]
    by_places_to_m: Number
    """Up to here winners of a round are ranked above second places for the next one; relays too (R24)."""
    apart: Apart
    """Who is kept in different heats (R26)."""
    counted: Counted
    fill_by_time: bool
    """Places that a heat cannot fill are filled by time (R32)."""
    rest: tuple[Rest, ...]


def steps_for(
    distance_m: int, entries: int, tables: Sequence[Progression], relay_legs: int = 1
) -> Sequence[Step] | None:
    """The rounds before the final; empty for a straight final, None where the tables end."""
    table = row_for([one for one in tables if one.relay == (relay_legs > 1)], distance_m)
    plans = table.plans if table else ()
    return next((plan.rounds for plan in plans if entries <= plan.up_to), None)


def default_rounds(distance_m: int, entries: int, table: Rounds, relay_legs: int = 1) -> tuple[RoundSpec, ...] | None:
    """The rounds, by name, that the number of entries asks for; None where the tables end."""
    steps = steps_for(distance_m, entries, table.progressions, relay_legs)
    return None if steps is None else rounds_of(steps, table)


def rounds_of(steps: Sequence[Step], table: Rounds) -> tuple[RoundSpec, ...]:
    """The rounds before the final, by name, and the final."""
    named = zip(_names(len(steps), table), steps, strict=True)
    before = (RoundSpec(name=name, heats=step.heats, advance=step.advance) for name, step in named)
    return *before, RoundSpec(name=table.final, heats=1)


def _names(rounds: int, table: Rounds) -> Sequence[str]:
    """The round before the final is the semi-final only where another one comes before it."""
    if rounds <= 1:
        return table.names[:rounds]
    more = (f"round-{number}" for number in range(len(table.names) + 1, rounds))
    return [*table.names[: rounds - 1], *more, table.semi_final]


def feeding(rounds: Sequence[RoundSpec], index: int) -> Sequence[RoundSpec]:
    """Where the runners of a later round come from: the nearest earlier round that is no second chance itself, and the
    second chances behind it."""
    main = next(i for i in range(index - 1, -1, -1) if i == 0 or rounds[i].source != "non_qualifiers")
    return rounds[main:index]
