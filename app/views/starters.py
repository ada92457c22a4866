"""A line of a start list as an answer shows it (R57)."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from app.domain.facts import Starter
from app.domain.ids import AthleteId, Bib
from app.domain.meet import Person
from app.domain.state import Heat, MeetState
from app.rules.order import bib_key
from app.timing.lined_up import Out, out_before
from app.views.audience import Audience, Item, seen_by
from app.views.legs import leg_items
from app.views.names import NOBODY, is_young, name_for, origin_for
from app.views.registrations import category, written
from app.views.warnings import starter_flags, starter_warnings


def starter_items(
    audience: Audience,
    state: MeetState,
    people: Mapping[AthleteId, Person],
    heat: Heat,
    starters: Sequence[Starter] | None = None,
) -> list[Item]:
    """Some of a heat, or all by lane, then by position on the line, then by bib; who is out before the start too."""
    out = out_before(state, state.events[heat.event], heat)
    shown = in_order(state, heat) if starters is None else starters
    return [_item(audience, state, people, heat, one, out.get(one.registration)) for one in shown]


def place_of(state: MeetState, starter: Starter) -> tuple[int, int, Bib]:
    """Lane, position on the line, bib: nobody else in the heat has the same."""
    return starter.lane or 0, starter.position or 0, state.registrations[starter.registration].entry.bib


def in_order(state: MeetState, heat: Heat, after: tuple[int, int, str] | None = None) -> list[Starter]:
    """All, or those behind a place; who stood there may have left."""

    def key(starter: Starter) -> tuple[int, int, tuple[int, str]]:
        return _sorted_by(*place_of(state, starter))

    found = sorted(state.events[heat.event].starters(heat), key=key)
    return found if after is None else found[bisect_right(found, _sorted_by(*after), key=key) :]


def _sorted_by(lane: int, position: int, bib: str) -> tuple[int, int, tuple[int, str]]:
    return lane, position, bib_key(bib)


def _item(
    audience: Audience,
    state: MeetState,
    people: Mapping[AthleteId, Person],
    heat: Heat,
    starter: Starter,
    out: Out | None,
) -> Item:
    registration, spec = state.registrations[starter.registration], state.events[heat.event].spec
    entry = registration.entry
    athlete, person = state.athletes[entry.athlete], people.get(entry.athlete, NOBODY)
    nation, club = origin_for(audience, person)
    item = {
        "lane": starter.lane,
        "position": starter.position,
        "group": starter.group,
        "bib": entry.bib,
        "name": name_for(audience, person, is_young(state, entry.athlete), entry.bib),
        "sex": athlete.sex,
        "birth_date": person.birth_date,
        "category": category(state, starter.registration),
        "nation": nation,
        "club": club,
        "team": entry.team,
        "role": entry.role,
        "wave": entry.wave,
        "pb": written(spec, entry.pb_us, "pb" in entry.hand),
        "sb": written(spec, entry.sb_us, "sb" in entry.hand),
        "seed_mark": written(spec, entry.seed_mark_us, "seed_mark" in entry.hand),
        "state": "withdrawn" if registration.withdrawn else "entered",
        "status": out.status if out else None,
        "rule": out.rule if out else None,
        "legs": leg_items(audience, state, people, heat.legs, entry.registration),
        "flags": starter_flags(state, heat, starter),
        "warnings": starter_warnings(state, heat, starter),
        "registration_id": entry.registration,
        "athlete_id": entry.athlete,
    }
    return seen_by(audience, item)
