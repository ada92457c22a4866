"""Athletes as they are sent and shown. What the public sees of them is decided in `app/views`."""

from typing import Annotated, Any, Final, Literal

from pydantic import Field

from app.api.schemas.base import Day, In, Out, Text, example, patch_example
from app.api.search import Match
from app.domain.meet import PublishName, Sex
from app.operations.ages import OLDEST

Age = Annotated[int, Field(ge=0, le=OLDEST)]
EntryState = Literal["entered", "withdrawn"]

PERSON: Final[dict[str, Any]] = {
    "family_name": "Brandt",
    "given_name": "Ida",
    "sex": "W",
    "birth_date": "1994-09-26",
    "nation": "NOR",
    "club": "Bergen Bakover",
    "publish_name": "full",
    "external_id": "NOR-0417",
}
_ENTRY: Final[dict[str, Any]] = {
    "event_id": "evt_0197430a2c4e7d5fa3f09a64d1c3b2e8",
    "registration_id": "reg_0197430a2c4e7d5fa3f09a64d1c3b2e8",
    "bib": "417",
    "state": "entered",
}
_PUBLIC: Final[dict[str, Any]] = {
    "id": "ath_0197430a2c4e7d5fa3f09a64d1c3b2e8",
    "name": "BRANDT Ida",
    "sex": "W",
    "nation": "NOR",
    "club": "Bergen Bakover",
    "bibs": ["417"],
    "entries": [_ENTRY],
    "seq": 7,
}


class AthletePatch(In):
    """What is to change; the rest stays. `age` is for those whose birth date is not known."""

    model_config = patch_example({"club": "Oslo Retro"})

    family_name: Text = ""
    given_name: Text = ""
    sex: Sex = "X"
    birth_date: Day | None = None
    age: Age | None = None
    nation: Text | None = None
    club: Text | None = None
    publish_name: PublishName | None = None
    external_id: Text | None = None

    def changes(self) -> dict[str, Any]:
        """Fields of a person, as far as they were sent. An empty text stands for none."""
        return {name: getattr(self, name) or None for name in self.model_fields_set}


class AthleteIn(AthletePatch):
    """An identity: at least one name, and the sex. `publish_name` says how the public may see it."""

    model_config = example(PERSON)

    sex: Sex


class EntryOut(Out):
    """An event that an athlete is registered in."""

    event_id: str
    registration_id: str
    bib: str
    state: EntryState


class AthletePublic(Out):
    """What anybody may see of an athlete: `name` as the athlete wishes it."""

    model_config = example(_PUBLIC)

    id: str
    name: str
    sex: Sex
    nation: str | None
    club: str | None
    bibs: list[str]
    entries: list[EntryOut]
    seq: int


class AthleteOut(AthletePublic):
    """An athlete of a meet, for officials. `age` is the one on the race day."""

    model_config = example({**_PUBLIC, **PERSON, "age": 31})

    family_name: str
    given_name: str
    birth_date: Day | None
    age: int | None
    publish_name: PublishName | None
    external_id: str | None


class AthleteFound(AthleteOut):
    """`match` says what a search found it by."""

    model_config = example({**_PUBLIC, **PERSON, "age": 31, "match": None})

    match: Match | None


class AthletePublicFound(AthletePublic):
    """`match` says what a search found it by."""

    model_config = example({**_PUBLIC, "match": None})

    match: Match | None
