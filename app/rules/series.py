"""Series (R82): places become points, the best of them count, ties are broken by name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress, groupby, pairwise
from typing import Final, Literal

from app.domain.refusals import Invalid

TieBreak = Literal["better_places", "head_to_head", "last_race"]
RacePlaces = Mapping[str, int]
"""Runner → place. Who has none scores nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesRules:
    """`points` for places 1, 2, …, `beyond` for every place after them; the `best` so many races count (None: all)."""

    points: tuple[int, ...]
    beyond: int = 0
    best: int | None = None
    tie_breaks: tuple[TieBreak, ...] = ("better_places", "head_to_head", "last_race")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesResult:
    """`scores` has one entry a race (None: no place), `counted` says which of them make up the total."""

    runner: str
    place: int
    total: int
    scores: tuple[int | None, ...]
    counted: tuple[bool, ...]


def check_series_rules(rules: SeriesRules, at: str = "") -> None:
    """Refuses points that rise with the place, a number of races that cannot count, and a tie-break named twice."""
    if rules.best is not None and rules.best < 1:
        raise Invalid(f"{at}/best", "out_of_range", "at least one race counts")
    for index, one in enumerate(rules.tie_breaks):
        if one in rules.tie_breaks[:index]:
            message = f"{one!r} is named twice: who is equal by it stays so, name each tie-break once"
            raise Invalid(f"{at}/tie_breaks/{index}", "listed_twice", message)
    for index, (better, points) in enumerate(pairwise((*rules.points, rules.beyond))):
        if points > better:
            message = f"place {index + 2} has {points} points, more than place {index + 1} with {better}"
            raise Invalid(f"{at}/points", "rising_points", message)


def points_for(place: int, rules: SeriesRules) -> int:
    """Runners who share a place each have its points."""
    return rules.points[place - 1] if place <= len(rules.points) else rules.beyond


def series_results(races: Sequence[RacePlaces], rules: SeriesRules) -> list[SeriesResult]:
    """By total, then by the tie-breaks; who still is equal shares the place. `races` in the order they were run."""
    runners = {runner for race in races for runner in race}
    scores = {runner: _scores(runner, races, rules) for runner in runners}
    counted = {runner: _counted(scores[runner], rules) for runner in runners}
    totals = {runner: _total(scores[runner], counted[runner]) for runner in runners}
    rows: list[SeriesResult] = []
    for group in _split(sorted(runners), lambda tied: {runner: -totals[runner] for runner in tied}):
        for equal in _broken(group, rules.tie_breaks, races):
            place = len(rows) + 1
            rows += [
                SeriesResult(runner=r, place=place, total=totals[r], scores=scores[r], counted=counted[r])
                for r in equal
            ]
    return rows


def _scores(runner: str, races: Sequence[RacePlaces], rules: SeriesRules) -> tuple[int | None, ...]:
    return tuple(points_for(race[runner], rules) if runner in race else None for race in races)


def _counted(scores: Sequence[int | None], rules: SeriesRules) -> tuple[bool, ...]:
    """The highest scores, of equal ones the earlier."""
    run = [index for index, score in enumerate(scores) if score is not None]
    best = sorted(run, key=lambda index: -(scores[index] or 0))[: rules.best]
    return tuple(index in best for index in range(len(scores)))


def _total(scores: Sequence[int | None], counted: Sequence[bool]) -> int:
    return sum(score or 0 for score in compress(scores, counted))


Keys = Mapping[str, tuple[int, ...]] | Mapping[str, int]
"""Runner → sort key among those who are tied; the smallest is best."""


def _better_places(tied: Sequence[str], races: Sequence[RacePlaces]) -> Keys:
    """More firsts, then more seconds, …, over all races."""
    last = max(place for race in races for place in race.values())
    run = {runner: [race[runner] for race in races if runner in race] for runner in tied}
    return {r: tuple(-run[r].count(place) for place in range(1, last + 1)) for r in tied}


def _head_to_head(tied: Sequence[str], races: Sequence[RacePlaces]) -> Keys:
    """How often each was ahead of another of the tied, less how often behind."""
    return {
        runner: sum(_ahead(race, other, runner) - _ahead(race, runner, other) for race in races for other in tied)
        for runner in tied
    }


def _ahead(race: RacePlaces, one: str, other: str) -> bool:
    return one in race and other in race and race[one] < race[other]


def _last_race(tied: Sequence[str], races: Sequence[RacePlaces]) -> Keys:
    """Who did not run it comes after those who did."""
    last = races[-1]
    return {runner: last.get(runner, max(last.values(), default=0) + 1) for runner in tied}


BREAKS: Final[Mapping[TieBreak, Callable[[Sequence[str], Sequence[RacePlaces]], Keys]]] = {
    "better_places": _better_places,
    "head_to_head": _head_to_head,
    "last_race": _last_race,
}


def _broken(tied: Sequence[str], breaks: Sequence[TieBreak], races: Sequence[RacePlaces]) -> list[list[str]]:
    """The tied in groups, best first; one of several is equal to the last."""
    if len(tied) == 1 or not breaks:
        return [list(tied)]
    first, *rest = breaks
    groups = _split(tied, lambda group: BREAKS[first](group, races))
    return [equal for group in groups for equal in _broken(group, rest, races)]


def _split(tied: Sequence[str], keys_of: Callable[[Sequence[str]], Keys]) -> list[list[str]]:
    keys = keys_of(tied)
    return [list(group) for _, group in groupby(sorted(tied, key=keys.__getitem__), keys.__getitem__)]
