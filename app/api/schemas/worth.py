"""What a time is worth: for an age, beside the best there was, in points."""

from app.api.schemas.base import Out, example
from app.domain.records import Confidence


class AgeGradeOut(Out):
    """A time beside the standard of its runner's age. Told to officials only: it gives the age away."""

    model_config = example(
        {
            "percent": "74.27",
            "graded_us": 2_132_640_000,
            "graded_mark": "35:33",
            "standard_s": "1782.58",
            "factor": "0.8886",
            "table": "road-2025",
            "rule": "R68",
        }
    )

    percent: str
    graded_us: int
    graded_mark: str
    standard_s: str
    factor: str
    table: str
    rule: str


class PercentOut(Out):
    """A time beside the best mark of a list: the meet's, else one that comes with the program."""

    model_config = example(
        {
            "percent": "87.80",
            "best": "13.17",
            "code": "WB",
            "record_list": "retro",
            "date": "2022-06-05",
            "confidence": "M",
            "rule": "R85",
        }
    )

    percent: str
    best: str
    code: str
    record_list: str
    date: str | None
    confidence: Confidence
    rule: str


class ScoreOut(Out):
    """Points of the ruleset's scoring table. `scored_us` is the time that was scored (R12). `approximate`: derived, not
    what the federation publishes."""

    model_config = example(
        {
            "points": "1206",
            "scored_us": 10_000_000,
            "table": "world-athletics-approximation",
            "approximate": True,
            "rule": "R84",
        }
    )

    points: str
    scored_us: int
    table: str
    approximate: bool
    rule: str
