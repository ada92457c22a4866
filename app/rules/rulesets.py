"""The rulesets that there are, each a file of data under its name and version, and the one that holds for an event."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

import msgspec

from app.domain.meet import EventSpec, MeetSpec
from app.domain.refusals import UnknownRules
from app.rules.ruleset import Plain, Ruleset, merged, paths
from app.rules.shipped import value_of
from app.rules.sound import check

FIRST_VERSION: Final = "2026.1"
"""Holds for events that were recorded before they named one."""


@dataclass(frozen=True, slots=True)
class Unsure:
    """A table that could not be checked against the rule book, and why its default is what it is."""

    path: str
    why: str


@dataclass(frozen=True, slots=True)
class Published:
    """One ruleset as it is shipped. `plain` is the whole of it, with what it takes over from the one it extends."""

    about: str
    extends: str | None
    differs: tuple[str, ...]
    unsure: tuple[Unsure, ...]
    plain: Plain
    ruleset: Ruleset


Key = tuple[str, str]
"""(name, version)"""


def load(documents: Iterable[Mapping[str, Any]]) -> dict[Key, Published]:
    """Rulesets of parsed files, by name and version; each must be whole and sound, once put on what it extends."""
    waiting = {(one["name"], one["version"]): one for one in documents}
    out: dict[Key, Published] = {}
    while waiting:
        ready = [key for key, one in waiting.items() if "extends" not in one or (one["extends"], key[1]) in out]
        if not ready:
            raise ValueError(f"rulesets extend what is not there: {sorted(waiting)}")
        for key in ready:
            one = dict(waiting.pop(key))
            about, extends = one.pop("about"), one.pop("extends", None)
            own = tuple(Unsure(**mark) for mark in one.pop("unsure", ()))
            out[key] = _published(about, extends, own, one, out.get((extends, key[1])))
    return out


def _published(
    about: str, extends: str | None, own: tuple[Unsure, ...], plain: Plain, base: Published | None
) -> Published:
    differs = tuple(path for path in paths(plain) if path not in ("name", "version")) if base else ()
    taken = tuple(mark for mark in base.unsure if not any(_within(mark.path, path) for path in differs)) if base else ()
    ruleset = value_of(merged(base.plain, plain) if base else plain, Ruleset)
    check(ruleset)
    # What the file leaves at its default can be overridden too.
    return Published(about, extends, differs, own + taken, msgspec.to_builtins(ruleset), ruleset)


def _within(path: str, other: str) -> bool:
    return path == other or path.startswith(f"{other}.") or other.startswith(f"{path}.")


RULESETS: Final[Mapping[Key, Published]] = load(
    tomllib.loads(file.read_text(encoding="utf-8")) for file in files("app.rules").joinpath("data/rulesets").iterdir()
)


NAMES: Final = tuple(sorted({name for name, _ in RULESETS}))


def newest(name: str) -> Published:
    """The one that events described from now on get; ValueError for a name that there is not."""
    versions = (version for held, version in RULESETS if held == name)
    return RULESETS[name, max(versions, key=lambda version: [int(part) for part in version.split(".")])]


def usual_name(spec: EventSpec) -> str:
    """What an event runs under that names no ruleset."""
    if spec.direction == "backward":
        return "irr-retro-2016"
    return "road" if spec.surface == "road" else "world-athletics"


def published_of(event: EventSpec) -> Published:
    """The ruleset that an event is pinned to, as shipped; `UnknownRules` for one that a newer build pinned.

    Before names were checked, an event could name anything: then the usual one holds.
    """
    if event.ruleset_version is not None:
        found = RULESETS.get((event.ruleset or usual_name(event), event.ruleset_version))
        if found is None:
            raise UnknownRules(event.ruleset or usual_name(event), event.ruleset_version)
        return found
    found = RULESETS.get((event.ruleset or "", FIRST_VERSION))
    return found or RULESETS[usual_name(event), FIRST_VERSION]


def rules_of(meet: MeetSpec | None, event: EventSpec) -> Ruleset:
    """The effective tables: the ruleset, with what the meet overrides, with what the event overrides."""
    published = published_of(event)
    over = tuple(doc for doc in (meet.rules if meet else {}, event.rules) if doc)
    if not over:
        return published.ruleset
    key = published.ruleset.name, published.ruleset.version
    return _overridden(key, *(msgspec.json.encode(doc, order="sorted") for doc in over))


@lru_cache(maxsize=1_000)
def _overridden(key: Key, *over: bytes) -> Ruleset:
    plain = RULESETS[key].plain
    for doc in over:
        plain = merged(plain, msgspec.json.decode(doc))
    return value_of(plain, Ruleset)


@dataclass(frozen=True, slots=True)
class Under:
    """By what rules a result was made: said with it."""

    ruleset: str
    version: str
    overridden: tuple[str, ...]
    """Dotted paths, in order."""


def under(meet: MeetSpec | None, event: EventSpec) -> Under:
    ruleset = published_of(event).ruleset
    over = {*paths(meet.rules if meet else {}), *paths(event.rules)}
    return Under(ruleset.name, ruleset.version, tuple(sorted(over)))
