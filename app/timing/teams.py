"""Teams of one event, scored from its standings as they are now (R80, R81)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.domain.meet import EventSpec, Sex
from app.domain.units import Duration
from app.rules.honours import Teams
from app.rules.rounding import round_up
from app.rules.teams import Member, TeamResult, TeamRules, team_results
from app.timing.results import By
from app.timing.roster import SEX_CODES
from app.timing.standing import Standing
from app.timing.standings import StandingsTable

COMPETITOR: Final = "competitor"


@dataclass(frozen=True, slots=True)
class TeamTable:
    """Teams in order of place, incomplete ones last; `lines` has the standing of each member with a place, by id."""

    rules: TeamRules
    results: list[TeamResult]
    lines: Mapping[str, Standing]
    unit: Duration
    """What a sum of official times is written in."""

    def __len__(self) -> int:
        return len(self.results)


def rules_for(spec: EventSpec, teams: Teams) -> TeamRules:
    """A cross-country race is whatever is said to be one; else the surface decides."""
    scored = ("road" if spec.surface == "road" else "cross_country") if teams.scored == "by_surface" else teams.scored
    return teams.road if scored == "road" else teams.cross_country


def team_table(table: StandingsTable, sex: Sex | None = None) -> TeamTable:
    """Those of one sex by their places within it, or all by their places overall. Guests and pacers never score."""
    roster, course = table.roster, table.roster.course
    rules = rules_for(roster.spec, course.rules.teams)
    placed = table.place if sex is None else table.place_sex
    teams = dict.fromkeys(_teams(table, sex))
    members, lines, units = list[Member](), dict[str, Standing](), set[Duration]()
    for r, registration in enumerate(roster.entries):
        entry, place = registration.entry, int(placed[r])
        if place and entry.team in teams and entry.role == COMPETITOR and _is_of(table, r, sex):
            lines[entry.registration] = line = table.line(r, splits=False)
            units.add(unit := course.units[int(table.results.method[r])])
            official = round_up(Duration(line.elapsed_us or 0), unit)
            members.append(
                Member(
                    runner=entry.registration, team=entry.team, place=place, elapsed_us=official, sex=roster.sexes[r]
                )
            )
    results = team_results(members, rules)
    nobody = sorted(teams.keys() - {one.team for one in results})
    results += [TeamResult(team=team, place=None, score=None, scorers=(), others=()) for team in nobody]
    return TeamTable(rules, results, lines, min(units, default=course.units[By.TRANSPONDER]))


def _teams(table: StandingsTable, sex: Sex | None) -> list[str]:
    """All that have somebody entered, whether or not anybody has finished."""
    entries = enumerate(table.roster.entries)
    return [
        one.entry.team
        for r, one in entries
        if one.entry.team is not None and one.entry.role == COMPETITOR and not one.withdrawn and _is_of(table, r, sex)
    ]


def _is_of(table: StandingsTable, r: int, sex: Sex | None) -> bool:
    return sex is None or table.roster.sex.item(r) == SEX_CODES[sex]
