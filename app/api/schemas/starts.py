"""Gun, recall, close, reopen and re-run of a heat, as they are sent. Each answers the heat."""

from typing import Annotated

from pydantic import Field

from app.api.schemas.base import At, Code, In, Line, example


class StartIn(In):
    """The gun. It may be sent again: the latest one counts, the earlier stay in the log."""

    model_config = example({"at": "2026-06-07T10:00:00.000+02:00", "source": "starter"})

    at: At
    source: Line | None = None


class CloseIn(In):
    """When the heat ended: reads from then on are not its own. Left out, it is now."""

    model_config = example({"at": "2026-06-07T11:30:00+02:00"})

    at: At | None = None


class WeatherIn(In):
    """Whole degrees Celsius and relative humidity, as a sheet prints them. What is left out is not said."""

    model_config = example({"temperature_c": 21, "humidity_percent": 48})

    temperature_c: Annotated[int, Field(ge=-60, le=60)] | None = None
    humidity_percent: Annotated[int, Field(ge=0, le=100)] | None = None


class RerunIn(In):
    """Who runs again, and why; the others keep what they have. Left out, everybody does."""

    model_config = example({"bibs": ["7", "9"], "reason": "A hurdle of lane 4 was set too high"})

    bibs: Annotated[list[Code], Field(max_length=1_000)] = Field(default_factory=list)
    reason: Line | None = None


class NothingIn(In):
    """Nothing more needs to be said."""

    model_config = example({})
