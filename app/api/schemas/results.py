"""Results of a heat and of a round, as they are shown. The lines themselves are made by `app/views`."""

from typing import Any, Final

from app.api.schemas.base import Out, example
from app.domain.facts import Status
from app.domain.meet import Sex
from app.rules.order import OrderSource
from app.timing.grade import Grade

RESULT: Final[dict[str, Any]] = {
    "heat": 1,
    "heat_id": "heat_0197430a2c4e7d5fa3f09a64d1c3b2eb",
    "place": 2,
    "rank": 2,
    "bib": "7",
    "lane": 6,
    "name": "ADEYO Samuel",
    "sex": "M",
    "nation": "KEN",
    "club": None,
    "team": None,
    "status": "OK",
    "rule": None,
    "state": "finished",
    "order_source": "image",
    "mark": "10.22",
    "elapsed_us": 10_213_000,
    "thousandths": "(.213)",
    "wind_mps": "+0.3",
    "reaction_us": 152_000,
    "qualification": "Q",
    "records": ["PB"],
    "flags": [],
    "timed_by": "photo_finish",
    "timing_note": None,
    "resolution_us": 1_000,
    "legs": [],
    "registration_id": "reg_0197430a2c4e7d5fa3f09a64d1c3b2ea",
    "athlete_id": "ath_0197430a2c4e7d5fa3f09a64d1c3b2e9",
}


class LegRunOut(Out):
    """A leg of a relay team: who ran it, and how long it took. The legs add up to the official time of the team. There
    is no time beside a takeover that is not known, and none of a team without an official result."""

    model_config = example(
        {
            "leg": 1,
            "distance_m": 100,
            "name": "BRANDT Ida",
            "athlete_id": "ath_0197430a2c4e7d5fa3f09a64d1c3b2e8",
            "elapsed_us": 11_500_000,
            "mark": "11.5",
            "reaction_us": 152_000,
        }
    )

    leg: int
    distance_m: int | None
    name: str | None
    athlete_id: str | None
    elapsed_us: int | None
    mark: str | None
    reaction_us: int | None


class ResultOut(Out):
    """One starter. `heat` is the number of its heat, `place` the place in it, `rank` the one over the round.
    `order_source` is what the place rests on: the image, the judge's word where marks are equal, a chip, or hands.
    `timed_by` says how the time was taken and `resolution_us` below how many microseconds that tells nothing;
    `timing_note` is what the rules have printed beside a time by transponder on a track.
    `qualification` is `Q`, `q`, `qR`, `qJ`, `qD`, null, or `undecided` while an official has to rule."""

    model_config = example(RESULT)

    heat: int
    heat_id: str
    place: int | None
    rank: int | None
    bib: str
    lane: int | None
    name: str
    sex: Sex
    nation: str | None
    club: str | None
    team: str | None
    status: Status | None
    rule: str | None
    state: str
    order_source: OrderSource | None
    mark: str | None
    elapsed_us: int | None
    thousandths: str | None
    wind_mps: str | None
    reaction_us: int | None
    qualification: str | None
    records: list[str]
    flags: list[str]
    timed_by: Grade | None
    timing_note: str | None
    resolution_us: int | None
    legs: list[LegRunOut]
    registration_id: str
    athlete_id: str
