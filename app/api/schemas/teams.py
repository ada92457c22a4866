"""Team tables, as they are shown. The lines themselves are made by `app/views`."""

from typing import Any, Final

from app.api.schemas.base import Derived, Out, example
from app.api.schemas.because import RulesSeen
from app.domain.meet import Sex
from app.rules.teams import TeamScore

_MEMBER: Final[dict[str, Any]] = {
    "place": 1,
    "bib": "417",
    "name": "BRANDT Ida",
    "sex": "W",
    "elapsed_us": 1_980_000_000,
    "mark": "33:00",
    "registration_id": "reg_0197430a2c4e7d5fa3f09a64d1c3b2e8",
    "athlete_id": "ath_0197430a2c4e7d5fa3f09a64d1c3b2e8",
}
_TEAM: Final[dict[str, Any]] = {
    "place": 1,
    "team": "Northlake",
    "score": 26,
    "mark": None,
    "scorers": [_MEMBER],
    "others": [],
    "because": ["1 + 4 + 9 + 12 = 26 (R80)"],
}
_RULES: Final[dict[str, Any]] = {
    "ruleset": "road",
    "version": "2026.1",
    "overridden": ["teams.scored"],
    "by": "places",
    "scoring": 4,
    "starting": 6,
    "min_women": 0,
    "max_gap_us": None,
    "renumber": False,
}


class MemberOut(Out):
    """A member with a place. `place` is the one that counts for the team: another than the runner's own where places
    are counted anew. `elapsed_us` is the official time, already rounded."""

    model_config = example(_MEMBER)

    place: int
    bib: str
    name: str
    sex: Sex
    elapsed_us: int
    mark: str | None
    registration_id: str
    athlete_id: str


class TeamScoreOut(Out):
    """One team. `score` is the sum of places, or microseconds, and `mark` such a time in words; an incomplete team has
    neither, and no place. `because` says how the score came about, and which way a tie went."""

    model_config = example(_TEAM)

    place: int | None
    team: str
    score: int | None
    mark: str | None
    scorers: list[MemberOut]
    others: list[MemberOut]
    because: list[str]


class TeamRulesOut(RulesSeen):
    """How teams are scored here: so many of those who start for a team score, women and a gap to be minded."""

    by: TeamScore
    scoring: int
    starting: int | None
    min_women: int
    max_gap_us: int | None
    renumber: bool


class TeamsOut(Derived[TeamScoreOut]):
    """Teams in order of place, incomplete ones last, and the rules that they are scored by."""

    model_config = example({"items": [_TEAM], "next_cursor": None, "seq": 3107, "rules": _RULES})

    rules: TeamRulesOut
