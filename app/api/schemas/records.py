"""Lists of records, as they are sent and shown; what stands above the results; what was broken."""

from collections.abc import Mapping
from typing import Annotated, Any, Final

from pydantic import Field, StringConstraints

from app.api.schemas.base import In, Line, Name, Out, Text, example
from app.api.schemas.events import LegM
from app.api.schemas.finishes import Wind
from app.domain.meet import Direction, Discipline, Sex, Surface, Timing
from app.domain.records import Confidence, Record, RecordList, Takes
from app.domain.records import Field as RaceField
from app.rules.marks import mark
from app.rules.record_lists import exactly
from app.rules.wind import parse_wind, wind_text

RecordCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]{0,9}$")]
"""`WR`, `AR`, `NR`, `CR`, `MR`, `WB`, or one of an organizer's own."""
PartOfDay = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
"""A day, or as much of it as is known: 2018-07, 2018."""
MarkText = Annotated[str, StringConstraints(max_length=20)]

RECORD: Final[dict[str, Any]] = {
    "code": "NR",
    "of": "NOR",
    "sex": "M",
    "distance_m": 100,
    "surface": "track",
    "mark": "9.99",
    "source": "Norwegian athletics, all-time list",
    "confidence": "H",
    "date": "2011-08-02",
    "holder": "A. Holder",
    "nation": "NOR",
    "place": "Stavanger",
    "category": None,
    "relay_legs": 1,
    "legs_m": [],
    "discipline": "flat",
    "direction": "forward",
    "field": None,
    "method": "photo_finish",
    "wind_mps": "+0.9",
    "note": None,
}
LIST: Final[dict[str, Any]] = {
    "name": "national",
    "title": "National records",
    "source": "the federation",
    "as_of": "2026-05-01",
    "takes": {"photo_finish_to_m": 800, "hand": True, "transponder_on_track": False, "wind": True},
    "records": [RECORD],
}


class TakesIn(In):
    """What a list takes; left out, it is what the rules of each event say of records."""

    photo_finish_to_m: Annotated[int, Field(ge=0, le=100_000)] = 800
    hand: bool = True
    transponder_on_track: bool = False
    wind: bool = Field(default=True, description="Too much wind, or none read where it counts, bars a mark.")


class RecordIn(In):
    """A best mark. `of` is the nation of a national record, or the area of an area record; the distance is a leg's."""

    model_config = example(RECORD)

    code: RecordCode
    sex: Sex
    distance_m: Annotated[int, Field(ge=1, le=100_000)]
    surface: Surface
    mark: MarkText = Field(description="As its source prints it: 2:31 is known to the second.", examples=["9.99"])
    source: Line = Field(description="Where it was read.")
    confidence: Confidence
    of: Name | None = None
    date: PartOfDay | None = None
    holder: Text | None = None
    nation: Text | None = None
    place: Text | None = None
    category: Name | None = None
    relay_legs: Annotated[int, Field(ge=1, le=10)] = 1
    legs_m: Annotated[list[LegM], Field(max_length=10)] = Field(default_factory=list)
    discipline: Discipline = "flat"
    direction: Direction = "forward"
    field: RaceField | None = None
    method: Timing | None = None
    wind_mps: Wind | None = None
    note: Text | None = None

    def record(self, at: str) -> Record:
        """`Invalid`, pointing to the mark, for what is none."""
        given = dict(self) | {"legs_m": tuple(self.legs_m)}
        mark_us, unit_us = exactly(given.pop("mark"), at)
        wind = given.pop("wind_mps")
        return Record(
            mark_us=mark_us, unit_us=unit_us, wind_mm_per_s=None if wind is None else parse_wind(wind), **given
        )


class RecordListIn(In):
    """Records of any age: of several of one kind the best one before the meet stands."""

    model_config = example(LIST)

    name: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,49}$")]
    title: Line
    source: Line
    as_of: PartOfDay
    records: Annotated[list[RecordIn], Field(max_length=2_000)]
    takes: TakesIn | None = None

    def listed(self, at: str) -> RecordList:
        return RecordList(
            name=self.name,
            title=self.title,
            source=self.source,
            as_of=self.as_of,
            records=tuple(one.record(f"{at}/records/{index}") for index, one in enumerate(self.records)),
            takes=None if self.takes is None else Takes(**dict(self.takes)),
        )


class RecordsIn(In):
    """All lists of the meet."""

    model_config = example({"lists": [LIST]})

    lists: Annotated[list[RecordListIn], Field(max_length=20)]

    def listed(self) -> list[RecordList]:
        return [one.listed(f"/lists/{index}") for index, one in enumerate(self.lists)]


class RecordOut(Out):
    """A record as it was given. `legs_m` are those of a medley relay, and then `distance_m` is the team's."""

    model_config = example(RECORD)

    code: str
    of: str | None
    sex: Sex
    distance_m: int
    surface: Surface
    mark: str
    source: str
    confidence: Confidence
    date: str | None
    holder: str | None
    nation: str | None
    place: str | None
    category: str | None
    relay_legs: int
    legs_m: list[int]
    discipline: Discipline
    direction: Direction
    field: RaceField | None
    method: Timing | None
    wind_mps: str | None
    note: str | None

    @classmethod
    def of_record(cls, one: Record) -> "RecordOut":
        told = {name: getattr(one, name) for name in cls.model_fields if name not in ("mark", "wind_mps")}
        wind = None if one.wind_mm_per_s is None else wind_text(one.wind_mm_per_s)
        return cls(mark=mark(one.mark_us, one.unit_us), wind_mps=wind, **told)


class TakesOut(Out):
    photo_finish_to_m: int
    hand: bool
    transponder_on_track: bool
    wind: bool


class RecordListOut(Out):
    """A list as it was given, or as it is shipped: to be sent back with what is changed in it."""

    model_config = example(LIST)

    name: str
    title: str
    source: str
    as_of: str
    records: list[RecordOut]
    takes: TakesOut | None

    @classmethod
    def of(cls, one: RecordList) -> "RecordListOut":
        takes = one.takes
        return cls(
            name=one.name,
            title=one.title,
            source=one.source,
            as_of=one.as_of,
            records=[RecordOut.of_record(record) for record in one.records],
            takes=None if takes is None else TakesOut(**{name: getattr(takes, name) for name in TakesOut.model_fields}),
        )


class RecordsOut(Out):
    """The lists of a meet."""

    model_config = example({"lists": [LIST], "seq": 14})

    lists: list[RecordListOut]
    seq: int


BEFORE: Final[Mapping[str, Any]] = {
    "mark": "10.02",
    "holder": "A. Holder",
    "nation": "NOR",
    "date": "2019-06-01",
    "source": "the federation",
    "confidence": "H",
    "heat_id": None,
    "bib": None,
}


class BestBefore(Out):
    """The mark that there was to beat: of a list, of the entry, or run earlier in the meet (`heat_id` and `bib`)."""

    mark: str
    holder: str | None
    nation: str | None
    date: str | None
    source: str | None
    confidence: Confidence | None
    heat_id: str | None
    bib: str | None


class BrokenOut(Out):
    """A record that was broken, or equalled: then its code has `=` before it."""

    model_config = example(
        {
            "code": "NR",
            "record_list": "national",
            "of": "NOR",
            "category": None,
            "event_id": "evt_0197430a2c4e7d5fa3f09a64d1c3b2e8",
            "event": "100 m men",
            "round": "final",
            "heat_id": "heat_0197430a2c4e7d5fa3f09a64d1c3b2eb",
            "heat": 1,
            "bib": "7",
            "name": "ADEYO Samuel",
            "nation": "NOR",
            "club": None,
            "mark": "9.98",
            "rule": "R10",
            "before": [BEFORE],
            "registration_id": "reg_0197430a2c4e7d5fa3f09a64d1c3b2ea",
            "athlete_id": "ath_0197430a2c4e7d5fa3f09a64d1c3b2e9",
        }
    )

    code: str
    record_list: str
    of: str | None
    category: str | None
    event_id: str
    event: str
    round: str
    heat_id: str
    heat: int
    bib: str
    name: str
    nation: str | None
    club: str | None
    mark: str
    rule: str
    before: list[BestBefore]
    registration_id: str
    athlete_id: str


class RecordStands(RecordOut):
    """A record that stands above the results of an event."""

    model_config = example({**RECORD, "record_list": "national"})

    record_list: str

    @classmethod
    def of_list(cls, name: str, one: Record) -> "RecordStands":
        return cls(record_list=name, **dict(RecordOut.of_record(one)))
