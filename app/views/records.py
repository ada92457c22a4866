"""Records of a meet in answers: those that were broken, in order, and why a mark has what stands beside it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from app.domain.ids import AthleteId, HeatId, RegistrationId
from app.domain.meet import Person, Sex
from app.domain.records import Record
from app.domain.state import Event, MeetState
from app.rules.broken_records import Best, Broken
from app.rules.categories import categories_of
from app.rules.marks import entry_mark
from app.rules.record_lists import records_block, with_words
from app.rules.records import Runner, kind_of, mark_of
from app.rules.rulesets import rules_of
from app.timing.projection import Projection
from app.views.audience import Audience, Item
from app.views.marks import Marks, Said
from app.views.names import NOBODY, is_young, name_for, origin_for

COMPARED: Final = "R10"
TOO_WINDY: Final = "R17"
NOTHING: Final[Mapping[str, Any]] = dict.fromkeys(
    ("mark", "holder", "nation", "date", "source", "confidence", "heat_id", "bib")
)


def all_marks(now: Projection) -> list[Marks]:
    """Of each kind of race that there is in the meet; nothing without lists of records."""
    if now.state.records is None:
        return []
    kinds = {kind_of(event.spec): event.id for event in now.state.events.values() if not event.withdrawn}
    return [Marks.of(now, event) for event in kinds.values()]


def broken_items(
    audience: Audience, state: MeetState, people: Mapping[AthleteId, Person], all: Iterable[Marks], words: str
) -> list[Item]:
    """Every record that was broken or equalled, in the order in which the races were started (R48, R50)."""
    found = [
        (race.started, one, marks)
        for marks in all
        for one in marks.broken(people, words)
        for race in marks.races
        if race.heat == one.race
    ]
    found.sort(key=lambda one: one[0])
    return [_broken_item(audience, state, people, marks, one) for _, one, marks in found]


def _broken_item(
    audience: Audience, state: MeetState, people: Mapping[AthleteId, Person], marks: Marks, one: Broken
) -> Item:
    race = next(race for race in marks.races if race.heat == one.race)
    run = next(run for run in race.runs if run.registration == one.performance)
    heat, person = state.heats[race.heat], people.get(run.athlete, NOBODY)
    bib = state.registrations[run.registration].entry.bib
    nation, club = origin_for(audience, person)
    return {
        **_record_said(state, marks, one),
        "event_id": race.event,
        "event": state.events[race.event].spec.name,
        "round": heat.round,
        "heat_id": race.heat,
        "heat": heat.drawn.number,
        "bib": bib,
        "name": name_for(audience, person, is_young(state, run.athlete), bib),
        "nation": nation,
        "club": club,
        "mark": run.mark,
        "registration_id": run.registration,
        "athlete_id": run.athlete,
    }


def marks_items(
    state: MeetState,
    people: Mapping[AthleteId, Person],
    marks: Marks,
    who: tuple[HeatId, RegistrationId],
    words: str,
) -> list[Item]:
    """What stands beside one mark, with the rule and what it was compared with."""
    heat, registration = who
    records = [
        _record_said(state, marks, one)
        for one in marks.broken(people, words)
        if (one.race, one.performance) == (heat, registration)
    ]
    said = marks.said(heat).get(who)
    return records if said is None else [*records, _best_said(state, registration, said)]


def _record_said(state: MeetState, marks: Marks, one: Broken) -> Item:
    return {
        "code": one.code,
        "record_list": one.list,
        "of": one.contest.of,
        "category": one.contest.category,
        "rule": COMPARED,
        "before": list(_before(state, marks, one.before)),
    }


def _best_said(state: MeetState, registration: RegistrationId, said: Said) -> Item:
    spec = state.events[state.registrations[registration].entry.event].spec
    before = [] if said.before_us is None else [{**NOTHING, "mark": entry_mark(said.before_us, spec.surface)}]
    rule = TOO_WINDY if said.code == "w" else COMPARED
    return {"code": said.code, "record_list": None, "of": None, "category": None, "rule": rule, "before": before}


def _before(state: MeetState, marks: Marks, best: Best) -> Iterator[Item]:
    """The records of the list; where the mark was run here, who ran it."""
    for record in best.records:
        told = {name: getattr(record, name) for name in ("holder", "nation", "date", "source", "confidence")}
        yield {**NOTHING, **told, "mark": mark_of(record)}
    for race in marks.races:
        for run in race.runs:
            if (race.heat, run.registration) == (best.race, best.performance):
                bib = state.registrations[run.registration].entry.bib
                yield {**NOTHING, "mark": run.mark, "heat_id": race.heat, "bib": bib}


def standing_records(state: MeetState, event: Event, words: str, of: Sequence[str] = ()) -> list[tuple[str, Record]]:
    """(list, record) that stand above the results of an event (R50): as they were before the meet.

    Those of a nation or an area where `of` names it; those of age groups where the event has them, or its rules
    assign them.
    """
    if state.records is None or state.spec is None:
        return []
    every: tuple[Sex, ...] = ("M", "W", "X")
    # Men and women run an event of all; a mixed team is neither.
    sexes = every if event.spec.sex == "X" and event.spec.relay_legs == 1 else (event.spec.sex,)
    rules = rules_of(state.spec, event.spec).categories
    groups = frozenset(group.name for group in categories_of(event.spec, rules))
    return [
        (one.name, record)
        for sex in sexes
        for one in with_words(state.records.lists, words)
        for record in records_block(
            [one],
            event.spec,
            Runner(sex=sex, origins=frozenset(of), categories=groups),
            state.spec.starts_on,
            {record.code for record in one.records},
        )
    ]
