"""Standings of a series: the finals of several events, perhaps of several meets, and who is the same in them (R82)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.ids import AthleteId, Bib, EventId
from app.domain.meet import Person, Sex
from app.domain.state import MeetState
from app.rules.places import places
from app.rules.series import SeriesResult, SeriesRules, series_results
from app.timing.finals import STAGES, FinalPlace, FinalRound, Stage
from app.views.audience import Audience, Item
from app.views.names import NOBODY, is_young, name_for, origin_for

Keys = Mapping[AthleteId, str]


@dataclass(frozen=True, slots=True)
class SeriesRace:
    """One race of a series as an audience may see it. `stage` is None where the event is held no more."""

    event: EventId
    name: str | None
    stage: Stage | None
    places: Mapping[str, int]
    """Runner → place."""
    runners: Mapping[str, Item]


def keys_of(people: Mapping[AthleteId, Person]) -> Keys:
    """What makes an athlete of one meet the same as one of another: the external id, else name, sex and birth date.

    Two athletes of one meet are never the same, whatever they are called: then neither is found elsewhere.
    """
    keys = {athlete: _key(person) for athlete, person in people.items()}
    count = Counter(keys.values())
    return {athlete: key for athlete, key in keys.items() if key and count[key] == 1}


def _key(person: Person) -> str:
    if person.external_id:
        return f"id {person.external_id}"
    name = f"{person.family_name.strip()}, {person.given_name.strip()}".casefold()
    return "" if person.erased or name == ", " else f"{name} {person.sex} {person.birth_date or ''}"


def race_of(
    audience: Audience,
    state: MeetState,
    people: Mapping[AthleteId, Person],
    keys: Keys,
    final: FinalRound,
    sex: Sex | None,
) -> SeriesRace:
    """With places among those of one sex, if one is named."""
    placed = [one for one in final.placed if sex in (None, state.athletes[one.athlete].sex)]
    runners = [keys.get(one.athlete, one.athlete) for one in placed]
    return SeriesRace(
        final.event,
        final.name,
        final.stage,
        dict(zip(runners, places([one.place for one in placed]), strict=True)),
        {runner: _runner(audience, state, people, one) for runner, one in zip(runners, placed, strict=True)},
    )


def _runner(audience: Audience, state: MeetState, people: Mapping[AthleteId, Person], one: FinalPlace) -> Item:
    person = people.get(one.athlete, NOBODY)
    nation, club = origin_for(audience, person)
    name = name_for(audience, person, is_young(state, one.athlete), Bib(one.bib))
    return {"name": name, "sex": state.athletes[one.athlete].sex, "nation": nation, "club": club}


def series_items(races: Sequence[SeriesRace], rules: SeriesRules, least: Stage) -> list[Item]:
    """Lines in order of place; each runner as the last race has them."""
    counted = [index for index, race in enumerate(races) if counts(race, least)]
    runners = {runner: item for index in counted for runner, item in races[index].runners.items()}
    rows = series_results([races[index].places for index in counted], rules)
    shared = Counter(row.total for row in rows)
    return [_item(row, runners[row.runner], counted, len(races), rules, shared[row.total] > 1) for row in rows]


def counts(race: SeriesRace, least: Stage) -> bool:
    return race.stage is not None and STAGES.index(race.stage) >= STAGES.index(least)


def race_items(races: Sequence[SeriesRace], least: Stage) -> list[Item]:
    """Every race, how far it has come, and whether it counts yet."""
    return [
        {"event_id": race.event, "name": race.name, "stage": race.stage, "counted": counts(race, least)}
        for race in races
    ]


def _item(row: SeriesResult, runner: Item, counted: Sequence[int], races: int, rules: SeriesRules, level: bool) -> Item:
    scores: list[int | None] = [None] * races
    taken = [False] * races
    for index, points, counts_here in zip(counted, row.scores, row.counted, strict=True):
        scores[index], taken[index] = points, counts_here
    return {
        "place": row.place,
        **runner,
        "points": row.total,
        "scores": scores,
        "counted": taken,
        "because": _because(row, rules, level),
    }


def _because(row: SeriesResult, rules: SeriesRules, level: bool) -> list[str]:
    added = [str(points) for points, counts_here in zip(row.scores, row.counted, strict=True) if counts_here]
    run = sum(points is not None for points in row.scores)
    best = f", the best {len(added)} of {run}" if len(added) < run else ""
    told = [f"{' + '.join(added)} = {row.total}{best} (R82)"]
    if level:
        told.append(
            f"others have as many: {', '.join(rules.tie_breaks).replace('_', ' ') or 'they share'} decide (R82)"
        )
    return told
