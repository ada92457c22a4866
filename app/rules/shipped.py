"""Tables that come with the program, and TOML as values: what is wrong in one is told with its field."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from importlib.resources import files
from typing import Any, Final, TypeVar

import msgspec

from app.domain.refusals import Invalid

T = TypeVar("T")

_STEP: Final = re.compile(r"\.(\w+)|\[(\d+)\]")


def shipped(name: str) -> str:
    """The text of a table that comes with the program: `points.toml`."""
    return files(__package__).joinpath("data", name).read_text("utf-8")


def read_table(text: str, kind: type[T]) -> T:
    """TOML as a `kind`, a dataclass; `Invalid` names the field at fault."""
    return value_of(plain(text), kind)


def plain(text: str) -> dict[str, Any]:
    """TOML as dicts, lists, texts and numbers. A number with a dot is a decimal, no float."""
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise Invalid("", "not_toml", f"the table is not TOML: {error}") from error


def value_of(raw: Any, kind: type[T]) -> T:
    """Plain data as a `kind`. A field that it does not know is refused, not skipped."""
    try:
        value = msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        problem, _, path = str(error).partition(" - at `$")
        at = "".join(f"/{name or number}" for name, number in _STEP.findall(path))
        raise Invalid(at, "wrong_value", f"{at or 'the table'}: {problem}") from error
    _refuse_unknown(raw, value, "")
    return value


def _refuse_unknown(raw: Any, value: Any, at: str) -> None:
    if isinstance(raw, dict) and is_dataclass(value):
        known = [field.name for field in fields(value)]
        for name, inner in raw.items():
            if name not in known:
                raise Invalid(
                    f"{at}/{name}", "unknown_field", f"there is no {name!r}: the fields are {', '.join(known)}"
                )
            _refuse_unknown(inner, getattr(value, name), f"{at}/{name}")
    elif isinstance(raw, list) and isinstance(value, Sequence):
        for index, (inner, made) in enumerate(zip(raw, value, strict=True)):
            _refuse_unknown(inner, made, f"{at}/{index}")
