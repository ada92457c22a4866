"""Teams: cross-country by places (R80), road by times (R81), and who must be among those that score."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from app.domain.meet import Sex
from app.domain.refusals import Invalid
from app.domain.units import Duration
from app.rules.places import places
from app.rules.table import Micros, Number, Some

TeamScore = Literal["places", "times", "slowest"]
"""Sum of the places, sum of the times, or the time of the last who scores."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRules:
    """How teams are scored. Lowest score wins; a tie goes to the team whose last scoring member is placed better."""

    by: TeamScore
    scoring: Some
    """So many members score."""
    starting: Some | None = None
    """Members after the first so many are surplus and never score; None: there are none."""
    min_women: Number = 0
    """At least so many of those who score are women."""
    max_gap_us: Micros | None = None
    """The longest time between the first and the last who score."""
    renumber: bool = False
    """Runners without a team, incomplete teams and surplus runners are taken out, and places counted anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Someone with a place. `elapsed_us` is the official time, which the sheet shows and the sum adds up."""

    runner: str
    team: str | None
    place: int
    elapsed_us: Duration
    sex: Sex = "X"


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamResult:
    """`scorers` and `others` in order of place, with the places that counted. An incomplete team has no place."""

    team: str
    place: int | None
    score: int | None
    scorers: tuple[Member, ...]
    others: tuple[Member, ...]


def check_team_rules(rules: TeamRules, at: str = "") -> None:
    """Refuses numbers that no team could satisfy."""
    if rules.starting is not None and rules.starting < rules.scoring:
        message = f"a team of {rules.starting} cannot have {rules.scoring} who score"
        raise Invalid(f"{at}/starting", "out_of_range", message)
    if rules.min_women > rules.scoring:
        message = f"of {rules.scoring} who score, {rules.min_women} cannot be women"
        raise Invalid(f"{at}/min_women", "out_of_range", message)


def team_results(members: Iterable[Member], rules: TeamRules) -> list[TeamResult]:
    """Teams in order of place, incomplete ones last, by name."""
    teams = _by_team(members)
    if rules.renumber:
        teams = _renumbered(teams, rules)
    rows = [_result(team, mates, rules) for team, mates in teams.items()]
    complete = [row for row in rows if row.score is not None]
    placed = places([_key(row) for row in complete])
    ranked = [replace(row, place=place) for row, place in zip(complete, placed, strict=True)]
    return sorted(ranked, key=lambda row: (row.place or 0, row.team)) + sorted(
        (row for row in rows if row.score is None), key=lambda row: row.team
    )


def _by_team(members: Iterable[Member]) -> dict[str, list[Member]]:
    teams = defaultdict[str, list[Member]](list)
    for member in sorted(members, key=lambda m: (m.place, m.elapsed_us, m.runner)):
        if member.team is not None:
            teams[member.team].append(member)
    return teams


def _renumbered(teams: Mapping[str, Sequence[Member]], rules: TeamRules) -> dict[str, list[Member]]:
    """Surplus runners and members of incomplete teams keep the place of the race: it no longer counts."""
    counting = [m for mates in teams.values() if scorers_of(mates, rules) for m in mates[: rules.starting]]
    place_of = {
        member.runner: place
        for member, place in zip(counting, places([member.place for member in counting]), strict=True)
    }
    return {
        team: [replace(mate, place=place_of.get(mate.runner, mate.place)) for mate in mates]
        for team, mates in teams.items()
    }


def scorers_of(mates: Sequence[Member], rules: TeamRules) -> tuple[Member, ...]:
    """The best who may score together, in order of place; empty for an incomplete team.

    `mates` are in order of place. With women and a gap to mind: the best women that are needed and the best of the
    rest, from the first runner on with whom the gap is kept.
    """
    able = mates[: rules.starting]
    for first in range(len(able) - rules.scoring + 1):
        chosen = _best(able[first:], rules)
        if chosen and (rules.max_gap_us is None or _gap(chosen) <= rules.max_gap_us):
            return chosen
    return ()


def _best(mates: Sequence[Member], rules: TeamRules) -> tuple[Member, ...]:
    women = [mate for mate in mates if mate.sex == "W"][: rules.min_women]
    if len(women) < rules.min_women:
        return ()
    rest = [mate for mate in mates if mate not in women][: rules.scoring - len(women)]
    chosen = [mate for mate in mates if mate in women or mate in rest]
    return tuple(chosen)


def _gap(scorers: Sequence[Member]) -> int:
    times = [scorer.elapsed_us for scorer in scorers]
    return max(times) - min(times)


def _result(team: str, mates: Sequence[Member], rules: TeamRules) -> TeamResult:
    scorers = scorers_of(mates, rules)
    others = tuple(mate for mate in mates if mate not in scorers)
    score = _score(scorers, rules.by) if scorers else None
    return TeamResult(team=team, place=None, score=score, scorers=scorers, others=others)


def _score(scorers: Sequence[Member], by: TeamScore) -> int:
    """A sum of places, or microseconds."""
    if by == "places":
        return sum(scorer.place for scorer in scorers)
    times = [scorer.elapsed_us for scorer in scorers]
    return sum(times) if by == "times" else max(times)


def _key(result: TeamResult) -> tuple[int, int]:
    return result.score or 0, result.scorers[-1].place
