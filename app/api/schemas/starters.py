"""Start lists and the runners of relay teams, as they are sent and shown."""

from typing import Annotated, Any, Final

from pydantic import Field

from app.api.schemas.athletes import EntryState
from app.api.schemas.base import Code, Day, In, Out, example
from app.domain.facts import Status
from app.domain.ids import Bib
from app.domain.meet import Role, Sex
from app.operations.legs import Team

_LEG: Final[dict[str, Any]] = {
    "leg": 1,
    "name": "BRANDT Ida",
    "athlete_id": "ath_0197430a2c4e7d5fa3f09a64d1c3b2e8",
}
_TEAM: Final[dict[str, Any]] = {
    "registration_id": "reg_0197430a2c4e7d5fa3f09a64d1c3b2e8",
    "bib": "NOR",
    "legs": [_LEG],
}
_STARTER: Final[dict[str, Any]] = {
    "lane": 4,
    "position": None,
    "group": None,
    "bib": "417",
    "name": "BRANDT Ida",
    "sex": "W",
    "category": "W30",
    "nation": "NOR",
    "club": "Bergen Bakover",
    "team": None,
    "role": "competitor",
    "wave": None,
    "pb": "14.02",
    "sb": None,
    "seed_mark": "14.11",
    "state": "entered",
    "status": None,
    "rule": None,
    "legs": [],
    "flags": [],
    "warnings": [],
    "registration_id": "reg_0197430a2c4e7d5fa3f09a64d1c3b2e8",
    "athlete_id": "ath_0197430a2c4e7d5fa3f09a64d1c3b2e8",
}


class TeamIn(In):
    """The runners of one relay team in running order, each by athlete id or by a bib that the runner wears here."""

    bib: Code
    runners: Annotated[list[Code], Field(min_length=1, max_length=4)]


class LegsIn(In):
    """Teams that are not listed keep their runners."""

    model_config = example({"legs": [{"bib": "NOR", "runners": ["417", "88", "91", "12"]}]})

    legs: Annotated[list[TeamIn], Field(max_length=200)]

    def teams(self) -> list[Team]:
        return [Team(Bib(team.bib), tuple(team.runners)) for team in self.legs]


class LegOut(Out):
    leg: int
    name: str
    athlete_id: str


class TeamOut(Out):
    """A relay team and its runners in running order, as far as they were named."""

    registration_id: str
    bib: str
    legs: list[LegOut]


class LegsOut(Out):
    """The relay teams of a heat."""

    model_config = example({"teams": [_TEAM], "seq": 219})

    teams: list[TeamOut]
    seq: int


class StarterOut(Out):
    """One runner (or relay team) on the start list. `flags` may say `not_qualified`, `excluded` (a red card before),
    `YC` (comes with a yellow card), `L` (a step over the line in an earlier round) or `short_rest`; `warnings` say the
    last one in words. `status` and `rule` say who is out before the start, as by a false start."""

    model_config = example(_STARTER)

    lane: int | None
    position: int | None
    group: str | None
    bib: str
    name: str
    sex: Sex
    category: str | None
    nation: str | None
    club: str | None
    team: str | None
    role: Role
    wave: str | None
    pb: str | None
    sb: str | None
    seed_mark: str | None
    state: EntryState
    status: Status | None
    rule: str | None
    legs: list[LegOut]
    flags: list[str]
    warnings: list[str]
    registration_id: str
    athlete_id: str


class StarterWhole(StarterOut):
    """The same for officials."""

    model_config = example({**_STARTER, "birth_date": "1994-09-26"})

    birth_date: Day | None
