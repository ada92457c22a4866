"""What bodies are made of: strict models in, documented ones out, and the types that both share."""

import re
from typing import Annotated, Any, Final, Generic, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
    field_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from app.api.instants import AN_INSTANT, instant_of
from app.domain.units import Duration, Instant, format_instant

EXACT: Final = 2**53 - 1
"""The largest integer that every JSON reader keeps exact."""
ONE_LINE: Final = r"^[^\x00-\x1f\x7f]*$"
_CONTROL: Final = re.compile("[\x00-\x1f\x7f]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")

At = Annotated[
    Instant,
    BeforeValidator(instant_of),
    PlainSerializer(format_instant, return_type=str),
    WithJsonSchema(
        {"type": "string", "format": "date-time", "pattern": r"^(19[7-9]|[2-9]\d\d)\d-", "examples": [AN_INSTANT]}
    ),
]
"""RFC 3339 with an offset, up to microseconds; written in UTC."""

Micros = Annotated[Duration, Field(ge=-EXACT, le=EXACT)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=200)]
"""One line of text: a name, a reason."""
Code = Annotated[str, StringConstraints(min_length=1, max_length=64)]
"""A bib, a chip, the name of a source: compared exactly."""


class In(BaseModel):
    """A body: no unknown field, nothing converted in silence, no control character, no number that JSON rounds."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    @field_validator("*", mode="before")
    @classmethod
    def _plain(cls, value: Any) -> Any:
        for one in value if isinstance(value, list) else (value,):
            if isinstance(one, str):
                if not one.isprintable():  # Nearly every text is; the rest is looked at closely.
                    _check_text(one)
            elif isinstance(one, int) and abs(one) > EXACT:
                raise PydanticCustomError("too_large", "a number beyond 2^53 loses digits on the way")
        return value

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Says of every text what `_plain` asks of it."""
        schema = handler(core)
        for field in handler.resolve_ref_schema(schema).get("properties", {}).values():
            say_one_line(field)
        return schema


class Out(BaseModel):
    """An answer. Every field is always there; what is not known is null."""

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_serialization_defaults_required=True)


Item = TypeVar("Item")


class Listed(Out, Generic[Item]):
    """A page of a list."""

    items: list[Item]
    next_cursor: str | None = Field(description="Sent back as `cursor` for the next page; null on the last one.")


class Derived(Listed[Item], Generic[Item]):
    """A page of something computed from the log."""

    seq: int = Field(description="Position in the meet's log that this was computed at.")


def say_one_line(schema: JsonSchemaValue) -> None:
    """Of a text, and of the texts in it: what `_check_text` asks for, in the words of JSON Schema."""
    for part in (*schema.get("anyOf", ()), schema.get("items")):
        if part:
            say_one_line(part)
    if schema.get("type") == "string" and schema.keys().isdisjoint(("enum", "const", "format", "pattern")):
        schema["pattern"] = ONE_LINE


def _check_text(text: str) -> None:
    if _CONTROL.search(text):
        raise PydanticCustomError("control_character", "text is one line without control characters")
    if _SURROGATE.search(text):
        raise PydanticCustomError("string_unicode", "half of a surrogate pair is not text")
