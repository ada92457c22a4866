"""Tables that come with the program, and TOML as values: what is wrong in one is told with its field."""

import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from importlib.resources import files
from typing import Any, Final, TypeVar

import msgspec

from app.domain.refusals import Invalid

T = TypeVar("T")

_STEP: Final = re.compile(r"\.([^.\[]+)|\[(\d+)\]")


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
    """Plain data as a `kind`, whole or not at all: `Invalid`, with a pointer into the data, for what it cannot hold."""
    try:
        value = msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        raise _misshapen(str(error)) from None
    _refuse_unknown(raw, msgspec.to_builtins(value), "")
    return value


def _misshapen(text: str) -> Invalid:
    """`Expected `int`, got `str` - at `$.timing.precision[0].unit_us``, as a pointer and a sentence."""
    said, _, path = text.partition(" - at `$")
    path = path.removesuffix("`")
    pointer = "".join(f"/{name or number}" for name, number in _STEP.findall(path))
    where = path.lstrip(".") or "the table"
    return Invalid(pointer, "wrong_form", f"{where}: {said[:1].lower()}{said[1:]}")


def _refuse_unknown(given: Any, known: Any, at: str) -> None:
    """A field that was not taken over is none that the table has."""
    if isinstance(given, Mapping):
        for name, inner in given.items():
            if name not in known:
                message = f"{name!r} is no field of this table: there are {', '.join(known)}"
                raise Invalid(f"{at}/{escaped(name)}", "unknown_field", message)
            _refuse_unknown(inner, known[name], f"{at}/{name}")
    elif isinstance(given, list | tuple):
        for index, (inner, made) in enumerate(zip(given, known, strict=True)):
            _refuse_unknown(inner, made, f"{at}/{index}")


def escaped(name: str) -> str:
    """A name as a step of a JSON pointer."""
    return name.encode(errors="replace").decode()[:100].replace("~", "~0").replace("/", "~1")
