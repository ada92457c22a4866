"""A ruleset: every table that the rules need, as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.domain.records import Takes
from app.domain.refusals import Invalid
from app.rules.anomalies import Anomalies
from app.rules.awards import AwardRules
from app.rules.categories import Categories
from app.rules.duties import Code, Conduct, Relays, Starts
from app.rules.honours import Announcing, Points, Teams
from app.rules.lanes import Lanes
from app.rules.laps import Laps
from app.rules.order import Order
from app.rules.rounding import Timing
from app.rules.rounds import Rounds
from app.rules.shipped import escaped
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
    awards: AwardRules
    records: Takes
    announcing: Announcing
    anomalies: Anomalies


NAMED: Final = frozenset({"name", "version"})
"""Not tables: nobody overrides what a ruleset is called."""


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
            raise Invalid(f"{at}/{escaped(key)}", "unknown_table", message)
        if isinstance(value, Mapping) and isinstance(plain[key], Mapping):
            _known_paths(plain[key], value, f"{at}/{key}")
