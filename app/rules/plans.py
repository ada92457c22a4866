"""The rounds that an event needs for its entries (R20–R22): by the ruleset's table, else by counting.

A table says how many heats and who goes on for so many entries, on a track of eight lanes. Where there is none for
the race, where it ends, or where its heats have more runners than lanes, heats are as few as take everyone, and at
least the first two of each go on.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.meet import EventSpec, RoundSpec
from app.rules.rounds import Counted, Plan, Progression, Rounds, Step, rounds_of
from app.rules.seeding import capacity, heat_count
from app.rules.table import row_for

LEAST_ROOM: Final = 3
"""Of each heat two go on: with less room, heats would not become fewer but by one a round."""


@dataclass(frozen=True, slots=True)
class Planned:
    """`table` and `row` say where the plan stands: `rounds.progressions`, the row of a table; None where it was made by
    counting. `sizes`: how many run in each round; its heats differ by one at most."""

    rounds: tuple[RoundSpec, ...]
    sizes: tuple[int, ...]
    rules: tuple[str, ...]
    table: str | None = None
    row: str | None = None
    why: str = ""


def planned(spec: EventSpec, entries: int, lanes: int, table: Rounds) -> Planned:
    """`lanes` are those in use; `entries` at least one."""
    room = capacity(spec, lanes, table)
    index = _table_of(spec, table.progressions)
    found = None if index is None else table.progressions[index]
    plan = None if found is None else next((plan for plan in found.plans if entries <= plan.up_to), None)
    if found is not None and plan is not None and _fits(plan, entries, room):
        sizes = (entries, *(step.through for step in plan.rounds))
        where = f"rounds.progressions[{index}]"
        return Planned(rounds_of(plan.rounds, table), sizes, ("R20", "R21"), where, f"up_to {plan.up_to}")
    final = min(room, found.final) if found and found.plans[0].rounds == () else room
    steps = list(_counted(entries, room, final, table.counted, in_lanes=room == lanes))
    sizes = (entries, *(step.through for step in steps))
    why = _why(found, plan, entries, room)
    return Planned(rounds_of(steps, table), sizes, ("R20", "R22"), why=why)


def _table_of(spec: EventSpec, tables: Sequence[Progression]) -> int | None:
    own = [table for table in tables if table.relay == (spec.relay_legs > 1)]
    row = row_for(own, spec.distance_m)
    return None if row is None else tables.index(row)


def _fits(plan: Plan, entries: int, room: int) -> bool:
    """Whether each heat has room for its runners."""
    sizes = (entries, *(step.through for step in plan.rounds))
    heats = (*(step.heats for step in plan.rounds), 1)
    return all(heat_count(size, count) <= room for size, count in zip(sizes, heats, strict=True))


def _counted(entries: int, room: int, final: int, table: Counted, *, in_lanes: bool) -> Iterator[Step]:
    """Rounds until one race is left."""
    heats = heat_count(entries, room)
    while heats > 1:
        after = min(max(1 if heats <= table.to_final_from else 2, heat_count(2 * heats, room)), heats - 1)
        through = final if after == 1 else after * room
        places = _places(through, heats, table.most_places if in_lanes else None)
        yield Step(heats=heats, places=places, times=through - heats * places, through=through)
        heats = after


def _places(through: int, heats: int, limit: int | None) -> int:
    """By place from each heat: the limit, if some places by time are left then, else two; without one, all that fit."""
    most = through // heats
    if limit is None or most <= 2:
        return most
    return max(2, limit) if through > heats * limit else 2


def _why(found: Progression | None, plan: Plan | None, entries: int, room: int) -> str:
    if found is None:
        return "the ruleset has no table for this race"
    if plan is None:
        return f"the table ends before {entries} entries"
    return f"the table's heats do not fit into {room} places"
