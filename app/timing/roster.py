"""Who runs in an event, in columns: registrations in order of their bibs, and the starters of each heat."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.domain.facts import HeatDrawn, Starter
from app.domain.ids import AthleteId, EventId, HeatId, RegistrationId
from app.domain.meet import EventSpec, Sex
from app.domain.state import Event, Heat, MeetState, Registration
from app.rules.categories import categories_of, category_of
from app.rules.order import bib_key
from app.rules.rulesets import rules_of
from app.timing.columns import Ints
from app.timing.course import Course
from app.timing.results import Flag


@dataclass(slots=True)
class Roster:
    """All registrations of an event; index r means the same in each list and array."""

    event: EventId
    spec: EventSpec
    course: Course
    entries: list[Registration]
    index: dict[RegistrationId, int]
    athlete: Ints
    sexes: list[Sex]
    sex: Ints
    categories: list[str | None]
    category: Ints
    """Codes of (sex, category); -1 without a category."""
    category_keys: list[tuple[str, str]]
    known_categories: tuple[str, ...]
    """Those of the event or its rules, and those of entries."""
    ranked: NDArray[np.bool_]
    """False for guests, who are timed out of competition, and for withdrawn entries."""
    withdrawn: NDArray[np.bool_]
    role_flags: Ints

    def __len__(self) -> int:
        return len(self.entries)


SEX_CODES: Final = {"M": 0, "W": 1, "X": 2}
ROLE_FLAGS: Final = {"competitor": 0, "guest": Flag.OC, "pacer": Flag.PACEMAKER}


def make_roster(state: MeetState, event: Event, athletes: Mapping[AthleteId, int]) -> Roster:
    entries = sorted(event.registrations.values(), key=lambda r: bib_key(r.entry.bib))
    entered, withdrawn = [r.entry for r in entries], np.array([r.withdrawn for r in entries], np.bool_)
    people = [state.athletes[one.athlete] for one in entered]
    sexes = [p.sex for p in people]
    ruleset = rules_of(state.spec, event.spec)
    rules = categories_of(event.spec, ruleset.categories)
    categories = [
        one.category or (category_of(rules, p.sex, p.ages) if rules else None)
        for one, p in zip(entered, people, strict=True)
    ]
    keys: dict[tuple[str, str], int] = {}
    pairs = zip(sexes, categories, strict=True)
    codes = [-1 if name is None else keys.setdefault((sex, name), len(keys)) for sex, name in pairs]
    return Roster(
        event=event.id,
        spec=event.spec,
        course=Course(event.spec, ruleset),
        entries=entries,
        index={one.registration: i for i, one in enumerate(entered)},
        athlete=np.array([athletes[one.athlete] for one in entered], np.int64),
        sexes=sexes,
        sex=np.array([SEX_CODES[sex] for sex in sexes], np.int64),
        categories=categories,
        category=np.array(codes, np.int64),
        category_keys=list(keys),
        known_categories=tuple(dict.fromkeys((*(one.name for one in rules), *sorted(name for _, name in keys)))),
        ranked=np.array([one.role != "guest" for one in entered], np.bool_) & ~withdrawn,
        withdrawn=withdrawn,
        role_flags=np.array([ROLE_FLAGS[one.role] for one in entered], np.int64),
    )


@dataclass(slots=True)
class Lineup:
    """Heats of one round that share no runner, so that each runner has one slot. Slots are in order of bibs."""

    round: str
    heats: list[HeatId]
    drawn: list[HeatDrawn]
    """Of these heats, what it was made from."""
    entry: Ints
    """Slot → index in the roster."""
    heat: Ints
    """Slot → index in `heats`."""
    slot_of_entry: Ints
    """Index in the roster → slot, -1 for who does not start here."""
    starters: dict[int, Starter] = field(default_factory=dict)
    """Lane and position by slot, where drawn."""

    def __len__(self) -> int:
        return len(self.entry)


def make_lineups(event: Event, roster: Roster, before: Sequence[Lineup] = ()) -> list[Lineup]:
    """In running order of the rounds; a round whose heats share runners has several.

    Of those of the same roster `before`, the ones of rounds that are still drawn as they were stay the very same. They
    hold what they were made from, so that no `id` of it is given to anything else.
    """
    out: list[Lineup] = []
    for name in rounds_in_order(event):
        heats, made = heats_in_order(event, name), [lineup for lineup in before if lineup.round == name]
        if {id(heat.drawn) for heat in heats} == {id(drawn) for lineup in made for drawn in lineup.drawn}:
            out += made
        else:
            out += [_lineup(roster, name, group) for group in _disjoint(event, roster, heats)]
    return out


def rounds_in_order(event: Event) -> list[str]:
    """Rounds that have heats, as the event lists them; others after these in the order in which they were drawn."""
    named = [r.name for r in event.spec.rounds]
    others = [name for name in event.rounds if name not in named]
    return [name for name in (*named, *others) if event.rounds.get(name)]


def heats_in_order(event: Event, round: str | None = None) -> list[Heat]:
    """By round in running order, then by number; of one round alone where it is named."""
    return [
        heat
        for name in rounds_in_order(event)
        if round in (None, name)
        for heat in sorted(event.rounds[name].values(), key=lambda one: one.drawn.number)
    ]


@dataclass(slots=True)
class _Starters:
    """Of one heat, by index in the roster; `drawn` holds those with a lane or a position."""

    heat: Heat
    entries: list[int]
    drawn: dict[int, Starter]


def _starters(event: Event, roster: Roster, heat: Heat) -> _Starters:
    if heat.drawn.open:
        # Who `event.starters` would name, without an object for each of a field of 50,000.
        return _Starters(heat, [i for i, r in enumerate(roster.entries) if r.entry.wave == heat.drawn.wave], {})
    starters = event.starters(heat)
    found = {roster.index[s.registration]: s for s in starters if s.registration in roster.index}
    placed = {entry: s for entry, s in found.items() if s.lane is not None or s.position is not None}
    return _Starters(heat, list(found), placed)


def _disjoint(event: Event, roster: Roster, heats: Iterable[Heat]) -> list[list[_Starters]]:
    groups: list[tuple[set[int], list[_Starters]]] = []
    for heat in heats:
        starters = _starters(event, roster, heat)
        for taken, group in groups:
            if taken.isdisjoint(starters.entries):
                taken.update(starters.entries)
                group.append(starters)
                break
        else:
            groups.append((set(starters.entries), [starters]))
    return [group for _, group in groups]


def _lineup(roster: Roster, name: str, group: Sequence[_Starters]) -> Lineup:
    entries = np.concatenate([np.array(one.entries, np.int64) for one in group])
    heats = np.repeat(np.arange(len(group)), [len(one.entries) for one in group])
    order = np.argsort(entries)
    entry = entries[order]
    slot_of_entry = np.full(len(roster), -1, np.int64)
    slot_of_entry[entry] = np.arange(len(entry))
    return Lineup(
        round=name,
        heats=[one.heat.id for one in group],
        drawn=[one.heat.drawn for one in group],
        entry=entry,
        heat=heats[order],
        slot_of_entry=slot_of_entry,
        starters={int(slot_of_entry[r]): s for one in group for r, s in one.drawn.items()},
    )
