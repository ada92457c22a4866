"""A line of a team table as an answer shows it, and why the team stands there."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from app.domain.ids import AthleteId
from app.domain.meet import Person
from app.domain.state import MeetState
from app.domain.units import Duration
from app.rules.marks import mark
from app.rules.teams import Member, TeamResult, TeamRules
from app.timing.teams import TeamTable
from app.views.audience import Audience, Item
from app.views.names import NOBODY, is_young, name_for


def team_items(
    audience: Audience, state: MeetState, people: Mapping[AthleteId, Person], table: TeamTable, start: int, stop: int
) -> list[Item]:
    """Lines `start` (from 0, included) to `stop` (excluded)."""
    return [_item(audience, state, people, table, index) for index in range(start, min(stop, len(table)))]


def _item(
    audience: Audience, state: MeetState, people: Mapping[AthleteId, Person], table: TeamTable, index: int
) -> Item:
    one, by_time = table.results[index], table.rules.by != "places"

    def members(found: Sequence[Member]) -> list[Item]:
        return [_member(audience, state, people, table, member) for member in found]

    return {
        "place": one.place,
        "team": one.team,
        "score": one.score,
        "mark": mark(Duration(one.score), table.unit) if by_time and one.score is not None else None,
        "scorers": members(one.scorers),
        "others": members(one.others),
        "because": list(_because(table, index)),
    }


def _member(
    audience: Audience, state: MeetState, people: Mapping[AthleteId, Person], table: TeamTable, member: Member
) -> Item:
    line = table.lines[member.runner]
    name = name_for(audience, people.get(line.athlete, NOBODY), is_young(state, line.athlete), line.bib)
    return {
        "place": member.place,
        "bib": line.bib,
        "name": name,
        "sex": line.sex,
        "elapsed_us": member.elapsed_us,
        "mark": line.mark,
        "registration_id": line.registration,
        "athlete_id": line.athlete,
    }


def _because(table: TeamTable, index: int) -> Iterator[str]:
    one, rules = table.results[index], table.rules
    number = "R80" if rules.by == "places" else "R81"
    if one.score is None:
        yield f"{_missing(one, rules)} ({number})"
        return
    if rules.by == "slowest":
        yield f"the last of {rules.scoring} who score ({number})"
    else:
        yield f"{_sum(table, one)} ({number})"
    if rules.renumber:
        yield "places counted anew without runners and teams that do not score (R80)"
    for other in _level_with(table.results, index):
        mine, theirs = one.scorers[-1].place, other.scorers[-1].place
        how = "before" if mine < theirs else "behind" if mine > theirs else "level with"
        yield f"{how} {other.team} on the same score: the last who scores is in place {mine}, there {theirs} ({number})"


def _sum(table: TeamTable, one: TeamResult) -> str:
    if table.rules.by == "places":
        return f"{' + '.join(str(member.place) for member in one.scorers)} = {one.score}"
    marks = (mark(member.elapsed_us, table.unit) for member in one.scorers)
    return f"{' + '.join(marks)} = {mark(Duration(one.score or 0), table.unit)}"


def _missing(one: TeamResult, rules: TeamRules) -> str:
    """Why nobody scores for a team."""
    able = one.others[: rules.starting]
    women = sum(member.sex == "W" for member in able)
    if len(able) < rules.scoring:
        return f"{len(able)} of {rules.scoring} who must score have a place"
    if women < rules.min_women:
        return f"{women} of {rules.min_women} women who must score have a place"
    return f"no {rules.scoring} are within {mark(rules.max_gap_us or Duration(0), Duration(1_000_000))} of each other"


def _level_with(results: Sequence[TeamResult], index: int) -> Iterator[TeamResult]:
    """Teams right before and behind on the same score."""
    for before, after in pairwise(range(len(results))):
        if index in (before, after) and results[before].score == results[after].score is not None:
            yield results[after if index == before else before]
