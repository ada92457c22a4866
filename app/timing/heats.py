"""Results by heat and by round: places, ranks, and who goes on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.domain.facts import How, Status
from app.domain.ids import AthleteId, Bib, HeatId, RegistrationId
from app.domain.state import Event, Heat, MeetState
from app.domain.units import Duration
from app.rules.marks import thousandths
from app.rules.order import Block, SheetKey, sheet_key
from app.rules.qualification import Finisher, qualify
from app.timing.columns import Ints
from app.timing.course import METHODS
from app.timing.race import Race
from app.timing.ranking import ordered, places_in_order
from app.timing.results import STATES, STATUSES, By, Outcome, S, flag_names
from app.timing.standings import written

UNQUALIFIED = "not_qualified"


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


def round_results(state: MeetState, races: Sequence[Race], seq: int) -> list[HeatResult]:
    """All starters of one round in order of rank; `races` are those of the round."""
    if not races:
        return []
    ranks, course = _ranks(races), races[0].course
    lines = [
        _line(state, race, slot, places, int(rank[slot]), seq)
        for race, rank in zip(races, ranks, strict=True)
        for places in [_heat_places(race)]
        for slot in range(len(race))
    ]
    lines = _with_thousandths(lines, course.units[By.PHOTO_FINISH])
    event, name = state.events[races[0].roster.event], races[0].lineup.round
    lines = _qualified(event, name, lines, races)
    lines = _unqualified(event, name, lines)
    blocks = course.rules.order.blocks
    return sorted(lines, key=lambda r: (_sheet_key(r, r.rank, blocks), r.number))


def of_heat(results: Sequence[HeatResult], heat: HeatId, blocks: Sequence[Block]) -> list[HeatResult]:
    """Those of one heat, in order of place."""
    return sorted((r for r in results if r.heat == heat), key=lambda r: _sheet_key(r, r.place, blocks))


def _sheet_key(result: HeatResult, place: int | None, blocks: Sequence[Block]) -> SheetKey:
    return sheet_key(result.bib, place, result.status, lane=result.lane, guest="OC" in result.flags, blocks=blocks)


def _ranks(races: Sequence[Race]) -> list[Ints]:
    """Over all heats, each race's slots apart. Where runners start twice in a round, by time alone."""
    if len(races) == 1:
        return [places_in_order(races[0].key, ordered(races[0].key))]
    key = np.concatenate([race.time_key() for race in races]) if races else np.empty(0, np.int64)
    places = places_in_order(key, ordered(key))
    return np.split(places, np.cumsum([len(race) for race in races])[:-1]) if races else []


def _heat_places(race: Race) -> Ints:
    return places_in_order(race.heat_key, ordered(race.heat_key), race.lineup.heat)


def _line(state: MeetState, race: Race, slot: int, places: Ints, rank: int, seq: int) -> HeatResult:
    heat = state.heats[race.lineup.heats[race.lineup.heat[slot]]]
    entry = race.roster.entries[race.lineup.entry[slot]].entry
    drawn, out = race.lineup.starters.get(slot), race.tally[slot]
    return HeatResult(
        heat=heat.id,
        number=heat.drawn.number,
        registration=entry.registration,
        athlete=entry.athlete,
        bib=entry.bib,
        lane=drawn.lane if drawn else None,
        place=int(places[slot]) or None,
        rank=rank or None,
        status=STATUSES[out.status],
        rule=out.rule,
        state=STATES[out.state],
        elapsed_us=out.elapsed,
        mark=None if out.elapsed is None else written(race.course, out.elapsed, out.method),
        reaction_us=out.reaction_us,
        qualification=None,
        thousandths=_in_thousandths(race, out),
        flags=flag_names(out.flags),
        seq=seq,
    )


def _in_thousandths(race: Race, out: Outcome) -> str | None:
    """Of a time read in the image of a track race: no other method is that exact (R9)."""
    if out.elapsed is None or out.method != By.PHOTO_FINISH or race.roster.spec.surface != "track":
        return None
    return thousandths(Duration(out.elapsed))


def _with_thousandths(lines: Sequence[HeatResult], unit: Duration) -> list[HeatResult]:
    """They stay only where two of a heat show the same mark and the image told them apart."""
    groups: dict[tuple[HeatId, str | None], list[HeatResult]] = {}
    for line in lines:
        if line.thousandths is not None:
            groups.setdefault((line.heat, line.mark), []).append(line)
    shown = {
        (line.heat, line.registration)
        for group in groups.values()
        if len(group) > 1 and any((line.elapsed_us or 0) % unit for line in group)
        for line in group
    }
    return [r if (r.heat, r.registration) in shown else _without_thousandths(r) for r in lines]


def _without_thousandths(line: HeatResult) -> HeatResult:
    return line if line.thousandths is None else replace(line, thousandths=None)


def _qualified(event: Event, name: str, lines: list[HeatResult], races: Sequence[Race]) -> list[HeatResult]:
    spec = next((r for r in event.spec.rounds if r.name == name), None)
    fixed = event.qualifiers.get(name)
    if fixed is not None:
        words: Mapping[RegistrationId, str | None] = {q.registration: q.how for q in fixed.qualifiers}
    elif spec is not None and spec.advance is not None:
        heats = [_finishers(race, heat) for race in races for heat in range(len(race.lineup.heats))]
        rules, ruled = races[0].course.rules, _ruled(event.rounds[name].values())
        complete = all(map(_complete, races))
        words = qualify(heats, spec.advance, rules.timing.image_us, ruled, complete, rules.rounds.fill_by_time)
    else:
        return lines
    return [replace(r, qualification=words.get(r.registration)) for r in lines]


def _complete(race: Race) -> bool:
    """Whether everybody who may go on has a result, or a reason for none: one still missing may be the fastest."""
    return bool((race.tally.status[race.roster.ranked[race.lineup.entry]] != S.NONE).all())


def _finishers(race: Race, heat: int) -> list[Finisher]:
    places = _heat_places(race)
    out = []
    for slot in map(int, np.flatnonzero(race.lineup.heat == heat)):
        result, evaluation = race.tally[slot], race.evaluations.get(slot)
        entry = race.roster.entries[race.lineup.entry[slot]]
        out.append(
            Finisher(
                registration=entry.entry.registration,
                heat=heat,
                place=int(places[slot]) or None,
                elapsed_us=None if result.elapsed is None else Duration(result.elapsed),
                method=METHODS[result.method],
                ok=result.status == S.OK,
                eligible=bool(race.roster.ranked[race.lineup.entry[slot]]),
                judged=evaluation is not None and evaluation.reading.place is not None,
            )
        )
    return out


def _ruled(heats: Iterable[Heat]) -> dict[RegistrationId, How | None]:
    """Who is put through by a ruling, and how."""
    out: dict[RegistrationId, How | None] = {}
    for heat in heats:
        for _, ruling in heat.now.rulings:
            if ruling.kind == "advance":
                out[ruling.registration] = ruling.how
    return out


def _unqualified(event: Event, name: str, lines: list[HeatResult]) -> list[HeatResult]:
    """Starters whom the fixed qualifiers of the round before do not name are flagged."""
    names = [r.name for r in event.spec.rounds]
    source = event.spec.rounds[names.index(name)].source if name in names else None
    before = names[names.index(name) - 1] if name in names and names.index(name) > 0 else None
    fixed = event.qualifiers.get(before) if before else None
    if fixed is None or source not in (None, "qualifiers"):
        return lines
    through = {q.registration for q in fixed.qualifiers}
    return [r if r.registration in through else replace(r, flags=(*r.flags, UNQUALIFIED)) for r in lines]
