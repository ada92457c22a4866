"""Everything that a schema is built from: the types of `app/api/models.py` and those that schemas share."""

from typing import Annotated, Any, Final

from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from app.api.models import EXACT, At, Code, Derived, In, Line, Listed, Micros, Out
from app.domain.units import Duration, Instant, format_instant
from app.rules.marks import parse_mark

__all__ = [
    "EXACT",
    "At",
    "Code",
    "Day",
    "Derived",
    "In",
    "LanesOut",
    "Line",
    "Listed",
    "Mark",
    "Micros",
    "Moment",
    "Name",
    "Out",
    "Overrides",
    "Segment",
    "Text",
    "example",
    "patch_example",
    "written",
]

_MARK: Final = r"^((\d{1,2}:)?\d{1,2}:)?\d{1,4}(\.\d{1,6})?$"


LanesOut = Annotated[list[Annotated[int, Field(ge=1, le=100)]], Field(max_length=100)]
"""Lanes that nobody is drawn into."""


def example(value: dict[str, Any]) -> ConfigDict:
    """What a schema's model_config says to show its readers."""
    return ConfigDict(json_schema_extra={"examples": [value]})


def patch_example(value: dict[str, Any]) -> ConfigDict:
    """As `example`, for a body that names only what changes: a field left out is not its default but stays."""

    def shown(schema: dict[str, Any]) -> None:
        schema["examples"] = [value]
        for field in schema["properties"].values():
            field.pop("default", None)

    return ConfigDict(json_schema_extra=shown)


def written(at: Instant | None) -> str | None:
    """RFC 3339 in UTC, or null."""
    return None if at is None else format_instant(at)


def _duration(value: object) -> Duration:
    try:
        return parse_mark(value if isinstance(value, str) else repr(value))
    except ValueError as error:
        raise PydanticCustomError("mark", "{why}", {"why": str(error)}) from None


Name = Annotated[
    str, StringConstraints(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*[^\x00-\x1f\x7f\s][^\x00-\x1f\x7f]*$")
]
"""One line of text with something to read in it."""

Text = Annotated[str, StringConstraints(max_length=200)]
"""One line of text; an empty one stands for none."""

Overrides = Annotated[
    dict[str, Any],
    Field(json_schema_extra={"examples": [{"wind": {"legal_mm_per_s": 4_000}}]}),
]
"""A partial document of a ruleset: objects merge with its tables, lists and single values replace them."""

Segment = Annotated[
    str, StringConstraints(max_length=100, pattern=r"^[^/\x00-\x1f\x7f]*[^/\x00-\x1f\x7f\s][^/\x00-\x1f\x7f]*$")
]
"""A name that also stands in paths: no slash."""

Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$"), Field(json_schema_extra={"format": "date"})]
"""An ISO 8601 day. The verbs check that there is such a day."""

Moment = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
"""An instant in an answer: RFC 3339 in UTC."""

Mark = Annotated[
    Duration,
    BeforeValidator(_duration),
    WithJsonSchema({"type": "string", "pattern": _MARK, "examples": ["1:10.14"]}),
]
"""A time as it is written, without saying how it was rounded."""
