"""Registrations as they are sent and shown, and the report of an import. Privacy is decided in `app/views`."""

from dataclasses import fields
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from app.api.schemas.athletes import PERSON, AthletePatch, EntryState
from app.api.schemas.base import Code, Day, Out, Text, example, patch_example
from app.api.search import Match
from app.domain.ids import Bib, Chip
from app.domain.meet import PublishName, Role, Sex
from app.operations.entries import Entry
from app.operations.people import Identity
from app.operations.roster_hints import RowError

_IDENTITY: Final = frozenset(field.name for field in fields(Identity))
MarkText = Annotated[Text, Field(examples=["14:05.2"])]

_ENTRY: Final[dict[str, Any]] = {
    "bib": "417",
    "category": "W30",
    "seed_mark": "14:05.2",
    "pb": "13:51",
    "sb": None,
    "wave": "A",
    "team": None,
    "role": "competitor",
}
_PUBLIC: Final[dict[str, Any]] = {
    "id": "reg_0197430a2c4e7d5fa3f09a64d1c3b2e8",
    "event_id": "evt_0197430a2c4e7d5fa3f09a64d1c3b2e8",
    "athlete_id": "ath_0197430a2c4e7d5fa3f09a64d1c3b2e8",
    "name": "BRANDT Ida",
    "sex": "W",
    "nation": "NOR",
    "club": "Bergen Bakover",
    **_ENTRY,
    "state": "entered",
    "seq": 7,
}
_WHOLE: Final[dict[str, Any]] = {**_PUBLIC, **PERSON, "age": 31, "chips": ["58003417"]}


class RegistrationPatch(AthletePatch):
    """What is to change; the rest stays. Names, birth date and the like are the athlete's, in all of its events."""

    model_config = patch_example({"wave": "B"})

    bib: Code = ""
    category: Text | None = None
    seed_mark: MarkText | None = None
    pb: MarkText | None = None
    sb: MarkText | None = None
    wave: Text | None = None
    team: Text | None = None
    role: Role = "competitor"

    def of_athlete(self) -> dict[str, Any]:
        return {name: value for name, value in self.changes().items() if name in _IDENTITY}

    def of_entry(self) -> dict[str, Any]:
        return {name: value for name, value in self.changes().items() if name not in _IDENTITY}


class RegistrationIn(RegistrationPatch):
    """One runner (or relay team) in an event: a bib, the sex and at least one name. Its athlete is found or made; whom
    the bib names already need not be named again."""

    model_config = example({**PERSON, **_ENTRY, "chips": ["58003417"]})

    bib: Code
    sex: Sex
    chips: Annotated[list[Code], Field(max_length=20)] = Field(default_factory=list)

    def entry(self) -> Entry:
        return Entry(
            bib=Bib(self.bib),
            identity=Identity(
                sex=self.sex,
                family_name=self.family_name or None,
                given_name=self.given_name or None,
                birth_date=self.birth_date,
                age=self.age,
                nation=self.nation or None,
                club=self.club or None,
                publish_name=self.publish_name,
                external_id=self.external_id or None,
            ),
            role=self.role,
            category=self.category or None,
            wave=self.wave or None,
            team=self.team or None,
            seed_mark=self.seed_mark or None,
            pb=self.pb or None,
            sb=self.sb or None,
            chips=tuple(map(Chip, self.chips)),
        )


class RegistrationPublic(Out):
    """What anybody may see of a registration: `name` as the athlete wishes it."""

    model_config = example(_PUBLIC)

    id: str
    event_id: str
    athlete_id: str
    bib: str
    name: str
    sex: Sex
    nation: str | None
    club: str | None
    category: str | None
    seed_mark: str | None
    pb: str | None
    sb: str | None
    wave: str | None
    team: str | None
    role: Role
    state: EntryState
    seq: int


class RegistrationOut(RegistrationPublic):
    """A registration with its athlete's identity, for officials. `age` is the one on the race day."""

    model_config = example(_WHOLE)

    family_name: str
    given_name: str
    birth_date: Day | None
    age: int | None
    publish_name: PublishName | None
    external_id: str | None
    chips: list[str]


class RegistrationDone(RegistrationOut):
    """A registration as it was entered or changed."""

    model_config = example({**_WHOLE, "hint": None})

    hint: str | None = Field(description="Says so where a heat was opened for its wave in a round drawn before.")


class RegistrationFound(RegistrationOut):
    """`match` says what a search found it by."""

    model_config = example({**_WHOLE, "match": None})

    match: Match | None


class RegistrationPublicFound(RegistrationPublic):
    """`match` says what a search found it by."""

    model_config = example({**_PUBLIC, "match": None})

    match: Match | None


OnError = Literal["stop", "skip"]


class RowErrorOut(Out):
    """Why one row of a file was not taken. `row` counts as a spreadsheet does: the line of column names is row 1."""

    row: int
    column: str | None
    code: str
    message: str
    suggestion: str | None

    @classmethod
    def of(cls, one: RowError) -> "RowErrorOut":
        return cls(row=one.row, column=one.column, code=one.code, message=one.message, suggestion=one.suggestion)
