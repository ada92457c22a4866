"""Rounds: draw their heats, withdraw one. On the road a heat a wave; on the track by seeding, zigzag and lots."""

from collections.abc import Sequence

from app.domain.facts import HeatDrawn, HeatWithdrawn, RoundDrawn, Starter
from app.domain.ids import EventId, HeatId, RegistrationId
from app.domain.refusals import Contradicts, ResultsDepend
from app.domain.state import Event
from app.operations.checks import check_lanes
from app.operations.entrants import Field, ranking
from app.operations.find import event_of, heat_of, round_of, spec_of
from app.operations.sheet import Sheet, writable
from app.operations.waves import NewId, open_heats, waves_of
from app.rules.draw import Draw
from app.rules.lanes import by_lot, by_rank, groups_in_use, positions_by_lot, race_of
from app.rules.rulesets import under
from app.rules.seeding import capacity, heat_count, seeded_heats


def draw(sheet: Sheet, event: EventId, round: str, seed: int, lanes_out: Sequence[int] = ()) -> tuple[HeatDrawn, ...]:
    """Draw the heats of a round. The same seed over the same entries draws the same heats.

    Nobody is drawn into `lanes_out`, nor into those that meet and event leave free.
    """
    state = writable(sheet.state)
    found = event_of(state, event)
    index, _ = round_of(found, round)
    if found.spec.surface == "road" and index == 0:
        drawn = _by_wave(found, round, sheet.new_id)
    else:
        refuse_if_started(found, round)
        check_lanes(lanes_out, spec_of(state).lanes, "/lanes_out")
        field = Field(state, found, sheet.projection, sheet.people)
        drawn = decide(field, index, Draw(seed), sheet.new_id, tuple(sorted(lanes_out)))
    if drawn.heats != tuple(heat.drawn for heat in found.rounds.get(round, {}).values()):
        sheet.record(drawn)
    return drawn.heats


def decide(field: Field, index: int, draw: Draw, new_id: NewId, lanes_out: tuple[int, ...] = ()) -> RoundDrawn:
    """Heats of a track round, or of a later round on the road, numbered in the order in which they are run."""
    lanes = field.lanes(lanes_out)
    event, name = field.event, field.event.spec.rounds[index].name
    best_first = ranking(field, index, draw)
    if not best_first:
        raise Contradicts("nobody_to_draw", f"nobody is there to run in {name!r}: register runners first")
    count = _heats(field, index, len(best_first), lanes)
    composed = seeded_heats(best_first, count, field.team, draw)
    kept = {heat.drawn.number: heat.id for heat in event.rounds.get(name, {}).values()}
    heats = tuple(
        HeatDrawn(
            heat=kept.get(number) or HeatId(new_id("heat")),
            number=number,
            starters=_placed(field, index, heat, draw, f"heat {number}", lanes),
        )
        for number, heat in enumerate(composed, 1)
    )
    held = under(field.state.spec, event.spec)
    return RoundDrawn(
        event=event.id,
        round=name,
        heats=heats,
        seed=draw.seed,
        lanes_out=lanes_out,
        rules=_rules(field, index),
        ruleset=held.ruleset,
        ruleset_version=held.version,
    )


def withdraw_heat(sheet: Sheet, id: HeatId) -> None:
    """Only while no result depends on it."""
    heat = heat_of(writable(sheet.state), id)
    if heat.has_evidence:
        raise ResultsDepend(f"heat {heat.drawn.number}", "it has a start, a time or a ruling")
    sheet.record(HeatWithdrawn(heat=id))


def refuse_if_started(event: Event, round: str) -> None:
    for heat in event.rounds.get(round, {}).values():
        if heat.has_evidence:
            raise ResultsDepend(f"the draw of {round!r}", f"heat {heat.drawn.number} has a start, a time or a ruling")


def _by_wave(event: Event, round: str, new_id: NewId) -> RoundDrawn:
    """Open heats are added to, never taken away, so this is allowed after the gun too."""
    if not all(heat.drawn.open for heat in event.rounds.get(round, {}).values()):
        refuse_if_started(event, round)
    return RoundDrawn(event=event.id, round=round, heats=open_heats(event, round, waves_of(event), new_id))


def _rules(field: Field, index: int) -> tuple[str, ...]:
    """By which rules a round is drawn."""
    spec, first = field.event.spec, index == 0
    by_lot_alone = spec.start != "lanes" or (first and len(spec.rounds) == 1)
    lanes = "R30" if by_lot_alone else "R28" if first else "R29"
    return "R22", "R23" if first else "R24", "R25", "R26", "R27", lanes, "R35"


def _heats(field: Field, index: int, runners: int, in_use: Sequence[int]) -> int:
    """As many as the round asks for, else as few as there is room for; a final after other rounds is one race."""
    spec, lanes = field.event.spec, len(in_use)
    round, rules = spec.rounds[index], field.rules.rounds
    most = lanes if spec.start == "lanes" else runners
    room = round.per_heat or (runners if spec.surface == "road" else capacity(spec, lanes, rules))
    only_final = index == len(spec.rounds) - 1 and index > 0 and round.per_heat is None
    count = round.heats or (1 if only_final else heat_count(runners, min(room, most)))
    if heat_count(runners, count) > most:
        heats = "1 heat" if count == 1 else f"{count} heats"
        message = f"{runners} runners do not fit into {heats} of {lanes} lanes: ask for more heats or put them in"
        raise Contradicts("too_few_lanes", message)
    return min(count, runners)


def _placed(
    field: Field, index: int, runners: list[RegistrationId], draw: Draw, label: str, in_use: Sequence[int]
) -> tuple[Starter, ...]:
    """Lanes by lot in the first round, by rank and lot later; positions by lot where nobody has a lane (R28–R30)."""
    spec, table = field.event.spec, field.rules.lanes
    if spec.start != "lanes":
        drawn = positions_by_lot(runners, draw, label)
        return tuple(Starter(registration=id, position=position) for position, id in drawn)
    if index == 0:
        placed = by_lot(runners, in_use, draw, label, table.preference)
        return tuple(Starter(registration=id, lane=lane) for lane, id in placed)
    groups = groups_in_use(race_of(spec, table), spec_of(field.state).lanes, table, in_use)
    return tuple(Starter(registration=id, lane=lane) for lane, id in by_rank(runners, groups, draw, label))
