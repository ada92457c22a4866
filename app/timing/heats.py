"""Results by heat and by round: places, ranks, and who goes on."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.domain.facts import How, LotsDrawn, Status
from app.domain.ids import AthleteId, Bib, HeatId, RegistrationId
from app.domain.state import Event, Heat, MeetState
from app.domain.units import Duration
from app.rules.conduct import prints_reactions
from app.rules.lanes import lanes_in_use
from app.rules.marks import thousandths
from app.rules.order import Block, OrderSource, SheetKey, order_source, sheet_key
from app.rules.qualification import Finisher, Tie, settle
from app.rules.rounding import TimedBy
from app.rules.rounds import feeding
from app.rules.ruleset import Ruleset
from app.timing.columns import Ints
from app.timing.course import METHODS
from app.timing.grade import Grade, by_chip, graded, resolution, too_close
from app.timing.marks import official
from app.timing.race import Race
from app.timing.ranking import ordered, places_in_order
from app.timing.results import STATES, STATUSES, By, Flag, Outcome, S, flag_names
from app.timing.tally import Bools

UNQUALIFIED = "not_qualified"
Words = Mapping[RegistrationId, str | None]


@dataclass(frozen=True, slots=True)
class HeatResult:
    """One starter of one heat. `place` is the place in the heat, `rank` the one over the round."""

    heat: HeatId
    number: int
    registration: RegistrationId
    athlete: AthleteId
    bib: Bib
    lane: int | None
    place: int | None
    rank: int | None
    status: Status | None
    rule: str | None
    state: str
    elapsed_us: int | None
    mark: str | None
    reaction_us: int | None
    qualification: str | None
    thousandths: str | None
    """`(.213)`, where others of the heat have the same mark (R9)."""
    flags: tuple[str, ...]
    seq: int
    method: TimedBy = "transponder"
    """What the time was taken with; says nothing where there is none."""
    order_source: OrderSource | None = None
    """What the place rests on (R109); None without one."""
    timed_by: Grade | None = None
    resolution_us: int | None = None


def round_results(state: MeetState, races: Sequence[Race], seq: int) -> list[HeatResult]:
    """All starters of one round in order of rank; `races` are those of the round."""
    if not races:
        return []
    event, name, course = state.events[races[0].roster.event], races[0].lineup.round, races[0].course
    runs = [_Run.of(race) for race in races]
    words, through = _words(state, event, name, runs), _let_in(event, name)
    lines = [
        _line(state, run, slot, int(rank[slot]), words, through, seq)
        for run, rank in zip(runs, _ranks(races), strict=True)
        for slot in range(len(run.race))
    ]
    blocks = course.rules.order.blocks
    return sorted(lines, key=lambda r: (_sheet_key(r, r.rank, blocks), r.number))


def as_it_stands(state: MeetState, races: Sequence[Race]) -> tuple[Words, tuple[Tie, ...]]:
    """Who would go on from a round by what is known now, also where that was fixed otherwise; and who is level."""
    if not races:
        return {}, ()
    event, name = state.events[races[0].roster.event], races[0].lineup.round
    return _settled(state, event, name, [_Run.of(race) for race in races])


def of_heat(results: Sequence[HeatResult], heat: HeatId, blocks: Sequence[Block]) -> list[HeatResult]:
    """Those of one heat, in order of place."""
    return sorted((r for r in results if r.heat == heat), key=lambda r: _sheet_key(r, r.place, blocks))


def _sheet_key(result: HeatResult, place: int | None, blocks: Sequence[Block]) -> SheetKey:
    return sheet_key(result.bib, place, result.status, lane=result.lane, guest="OC" in result.flags, blocks=blocks)


def _ranks(races: Sequence[Race]) -> list[Ints]:
    """Over all heats, each race's slots apart. Where runners start twice in a round, by time alone."""
    if len(races) == 1:
        return [places_in_order(races[0].key, ordered(races[0].key))]
    key = np.concatenate([race.time_key() for race in races])
    places = places_in_order(key, ordered(key))
    return np.split(places, np.cumsum([len(race) for race in races])[:-1])


@dataclass(frozen=True, slots=True)
class _Run:
    """A race with what its lines are made of, by slot."""

    race: Race
    outs: list[Outcome]
    places: list[int]
    """In the heat; 0 for none."""
    marks: list[str | None]
    apart: frozenset[int]
    """Whose thousandths are printed."""
    judged: frozenset[int]
    """Who has the mark of another one of the heat, and a place by the judge's word."""
    close: Bools
    """Whose margin in the heat is within the error of the readers."""
    reactions: bool
    """Whether they are printed."""

    @classmethod
    def of(cls, race: Race) -> "_Run":
        outs = race.tally.outcomes()
        places = places_in_order(race.heat_key, ordered(race.heat_key), race.lineup.heat).tolist()
        marks = [None if out.elapsed is None else official(race.course, out.elapsed, out.method) for out in outs]
        reactions = prints_reactions(race.course.spec, race.course.rules.starts)
        apart, judged, close = _told_apart(race, outs, marks), _judged(race, marks), _too_close(race)
        return cls(race, outs, places, marks, apart, judged, close, reactions)

    def finishers(self, heat: int) -> list[Finisher]:
        return [self._finisher(slot) for slot in np.flatnonzero(self.race.lineup.heat == heat).tolist()]

    def _finisher(self, slot: int) -> Finisher:
        race, out, evaluation = self.race, self.outs[slot], self.race.evaluations.get(slot)
        entry = race.lineup.entry.item(slot)
        return Finisher(
            registration=race.roster.entries[entry].entry.registration,
            heat=race.lineup.heat.item(slot),
            place=self.places[slot] or None,
            elapsed_us=None if out.elapsed is None else Duration(out.elapsed),
            method=METHODS[out.method],
            ok=out.status == S.OK,
            eligible=race.roster.ranked.item(entry),
            judged=evaluation is not None and evaluation.reading.place is not None,
        )


def _told_apart(race: Race, outs: Sequence[Outcome], marks: Sequence[str | None]) -> frozenset[int]:
    """Who shares a mark with another one of the heat, where the image of a track race told them apart (R9)."""
    if race.roster.spec.surface != "track":
        return frozenset()
    unit, groups = race.course.units[By.PHOTO_FINISH], dict[tuple[int, str | None], list[int]]()
    for slot, out in enumerate(outs):
        if out.elapsed is not None and out.method == By.PHOTO_FINISH:
            groups.setdefault((race.lineup.heat.item(slot), marks[slot]), []).append(slot)
    shared = (group for group in groups.values() if len(group) > 1)
    return frozenset(
        slot for group in shared if any((outs[one].elapsed or 0) % unit for one in group) for slot in group
    )


def _judged(race: Race, marks: Sequence[str | None]) -> frozenset[int]:
    asked = [slot for slot, evaluation in race.evaluations.items() if evaluation.reading.place is not None]
    if not asked:
        return frozenset()
    count = Counter(zip(race.lineup.heat.tolist(), marks, strict=True))
    return frozenset(slot for slot in asked if marks[slot] and count[race.lineup.heat.item(slot), marks[slot]] > 1)


def _too_close(race: Race) -> Bools:
    tally = race.tally
    chips = by_chip(tally.method, tally.flags, tally.elapsed)
    if not chips.any():
        return chips
    order, heat = ordered(race.heat_key), race.lineup.heat
    by_heat = order[np.argsort(heat[order], kind="stable")]
    return too_close(by_heat, heat, tally.elapsed, chips, np.full(len(race), race.chip_error))


def _line(
    state: MeetState,
    run: _Run,
    slot: int,
    rank: int,
    words: Words,
    through: frozenset[RegistrationId] | None,
    seq: int,
) -> HeatResult:
    race, out = run.race, run.outs[slot]
    heat = state.heats[race.lineup.heats[race.lineup.heat[slot]]]
    entry, drawn = race.roster.entries[race.lineup.entry[slot]].entry, race.lineup.starters.get(slot)
    course, flags = race.course, out.flags | (Flag.TOO_CLOSE if run.close[slot] else 0)
    timed = out.elapsed is not None
    invited = through is None or entry.registration in through
    return HeatResult(
        heat=heat.id,
        number=heat.drawn.number,
        registration=entry.registration,
        athlete=entry.athlete,
        bib=entry.bib,
        lane=drawn.lane if drawn else None,
        place=run.places[slot] or None,
        rank=rank or None,
        status=STATUSES[out.status],
        rule=out.rule,
        state=STATES[out.state],
        elapsed_us=out.elapsed,
        mark=run.marks[slot],
        reaction_us=out.reaction_us if run.reactions else None,
        qualification=words.get(entry.registration),
        thousandths=thousandths(Duration(out.elapsed)) if slot in run.apart and out.elapsed is not None else None,
        flags=flag_names(flags) if invited else (*flag_names(flags), UNQUALIFIED),
        seq=seq,
        method=METHODS[out.method],
        order_source=order_source(METHODS[out.method], slot in run.judged) if run.places[slot] else None,
        timed_by=graded(course, out.method, flags) if timed else None,
        resolution_us=resolution(course, out.method, flags, race.chip_error) if timed else None,
    )


def _words(state: MeetState, event: Event, name: str, runs: Sequence[_Run]) -> Words:
    """`Q`, `q` …, of those who go on, or may."""
    fixed = event.qualifiers.get(name)
    if fixed is not None:
        return {q.registration: q.how for q in fixed.qualifiers}
    return _settled(state, event, name, runs)[0]


def _settled(state: MeetState, event: Event, name: str, runs: Sequence[_Run]) -> tuple[Words, tuple[Tie, ...]]:
    index = next((i for i, r in enumerate(event.spec.rounds) if r.name == name), None)
    advance = None if index is None else event.spec.rounds[index].advance
    if index is None or advance is None:
        return {}, ()
    heats = [run.finishers(heat) for run in runs for heat in range(len(run.race.lineup.heats))]
    rules, complete = runs[0].race.course.rules, all(_complete(run.race) for run in runs)
    ruled = _ruled(event.rounds[name].values(), [lots for _, lots in event.lots.get(name, ())])
    room = room_after(state, event, index, rules)
    words, ties = settle(heats, advance, rules.timing.image_us, ruled, complete, rules.rounds.fill_by_time, room)
    return words, tuple(tie if tie.heat is None else replace(tie, heat=_number(event, name, tie)) for tie in ties)


def _number(event: Event, name: str, tie: Tie) -> int:
    """Of the heat that those who are level ran in."""
    return next(h.drawn.number for h in event.rounds[name].values() if event.starts(h, tie.level[0]))


def room_after(state: MeetState, event: Event, index: int, rules: Ruleset) -> int | None:
    """The lanes of the next round, where it is run in lanes and takes all its runners from this one."""
    rounds, meet = event.spec.rounds, state.spec
    after = rounds[index + 1] if index + 1 < len(rounds) else None
    if after is None or meet is None or event.spec.start != "lanes":
        return None
    if after.source not in (None, "qualifiers") or rounds[index].source == "non_qualifiers":
        return None
    heats = after.heats or (1 if index + 2 == len(rounds) and after.per_heat is None else None)
    lanes = len(lanes_in_use(meet.lanes, rules.lanes, (*meet.lanes_out, *event.spec.lanes_out)))
    return None if heats is None else heats * min(lanes, after.per_heat or lanes)


def _complete(race: Race) -> bool:
    """Whether everybody who may go on has a result, or a reason for none: one still missing may be the fastest."""
    return bool((race.tally.status[race.roster.ranked[race.lineup.entry]] != S.NONE).all())


def _ruled(heats: Iterable[Heat], lots: Iterable[LotsDrawn]) -> dict[RegistrationId, How | None]:
    """Who is put through by a ruling or by lots, and how."""
    out: dict[RegistrationId, How | None] = {winner: "lots" for one in lots for winner in one.winners}
    for heat in heats:
        for _, ruling in heat.now.rulings:
            if ruling.kind == "advance":
                out[ruling.registration] = ruling.how
    return out


def _let_in(event: Event, name: str) -> frozenset[RegistrationId] | None:
    """Whom the fixed qualifiers of the rounds before name; None where anybody may start. Others are flagged."""
    rounds = event.spec.rounds
    index = next((i for i, r in enumerate(rounds) if r.name == name), 0)
    if index == 0 or rounds[index].source not in (None, "qualifiers"):
        return None
    fixed = [event.qualifiers[round.name] for round in feeding(rounds, index) if round.name in event.qualifiers]
    return frozenset(q.registration for one in fixed for q in one.qualifiers) if fixed else None
