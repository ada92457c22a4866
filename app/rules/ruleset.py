"""A ruleset: every table that the rules need, as values; made from plain data, whole or not at all."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from app.domain.refusals import Invalid
from app.rules.anomalies import Anomalies
from app.rules.categories import Categories
from app.rules.duties import Code, Conduct, Relays, Starts
from app.rules.honours import Announcing, Awards, Points, Records, Teams
from app.rules.lanes import Lanes
from app.rules.laps import Laps
from app.rules.order import Order
from app.rules.rounding import Timing
from app.rules.rounds import Rounds
from app.rules.speed import Passings
from app.rules.table import Text
from app.rules.wind import Wind

Plain = Mapping[str, Any]
"""As TOML and JSON have it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruleset:
    name: Text
    version: Text
    timing: Timing
    passings: Passings
    laps: Laps
    rounds: Rounds
    lanes: Lanes
    starts: Starts
    wind: Wind
    order: Order
    categories: Categories
    disqualifications: tuple[Code, ...]
    conduct: Conduct
    relays: Relays
    points: Points
    teams: Teams
    awards: Awards
    records: Records
    announcing: Announcing
    anomalies: Anomalies


NAMED: Final = frozenset({"name", "version"})
"""Not tables: nobody overrides what a ruleset is called."""

_AT: Final = re.compile(r"^(.*?)(?: - at `\$(.*)`)?$", re.DOTALL)
_STEP: Final = re.compile(r"\.([^.\[]+)|\[(\d+)\]")


def made_of(plain: Plain) -> Ruleset:
    """`Invalid`, with a pointer into the data, for what a table cannot hold."""
    try:
        ruleset = msgspec.convert(plain, Ruleset)
    except msgspec.ValidationError as error:
        raise _misshapen(str(error)) from None
    _nothing_unknown(plain, msgspec.to_builtins(ruleset), "")
    return ruleset


def merged(plain: Plain, overrides: Plain) -> dict[str, Any]:
    """Objects merge, lists and single values replace."""
    return {
        **plain,
        **{
            key: merged(plain[key], value)
            if isinstance(value, Mapping) and isinstance(plain.get(key), Mapping)
            else value
            for key, value in overrides.items()
        },
    }


def paths(overrides: Plain) -> list[str]:
    """What is overridden, dotted and in order: `timing.precision`."""
    out = []
    for key, value in sorted(overrides.items()):
        out += [f"{key}.{inner}" for inner in paths(value)] if isinstance(value, Mapping) else [key]
    return out


def check_paths(plain: Plain, overrides: Plain, at: str) -> None:
    """`Invalid` for a table that the ruleset does not have; `at` is where the overrides stand."""
    _known_paths({key: value for key, value in plain.items() if key not in NAMED}, overrides, at)


def _known_paths(plain: Plain, overrides: Plain, at: str) -> None:
    for key, value in overrides.items():
        if key not in plain:
            message = f"{key!r} is no table of rules here: there are {', '.join(sorted(plain))}"
            raise Invalid(f"{at}/{_escaped(key)}", "unknown_table", message)
        if isinstance(value, Mapping) and isinstance(plain[key], Mapping):
            _known_paths(plain[key], value, f"{at}/{key}")


def _nothing_unknown(given: Any, known: Any, at: str) -> None:
    """Rows of tables: a field that was not taken over is none that a row has."""
    if isinstance(given, Mapping):
        for key, value in given.items():
            if key not in known:
                message = f"{key!r} is no field of this table: there are {', '.join(known)}"
                raise Invalid(f"{at}/{_escaped(key)}", "unknown_field", message)
            _nothing_unknown(value, known[key], f"{at}/{key}")
    elif isinstance(given, list | tuple):
        for index, (one, other) in enumerate(zip(given, known, strict=True)):
            _nothing_unknown(one, other, f"{at}/{index}")


def _misshapen(text: str) -> Invalid:
    """`Expected `int`, got `str` - at `$.timing.precision[0].unit_us``, as a pointer and a sentence."""
    found = _AT.match(text)
    said, path = (found[1], found[2] or "") if found else (text, "")
    pointer = "".join(f"/{name or index}" for name, index in _STEP.findall(path))
    where = path.lstrip(".") or "the rules"
    return Invalid(pointer, "wrong_form", f"{where}: {said[:1].lower()}{said[1:]}: write it as the ruleset has it")


def _escaped(key: str) -> str:
    return key.encode(errors="replace").decode()[:100].replace("~", "~0").replace("/", "~1")
