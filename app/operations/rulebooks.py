"""Which ruleset an event is pinned to, and overrides checked when they are given."""

from dataclasses import replace

from app.domain.meet import EventSpec, MeetSpec, Overrides
from app.domain.refusals import Invalid
from app.operations.checks import check_lanes
from app.operations.sheet import Given
from app.rules.ruleset import Plain, Ruleset, check_paths, merged
from app.rules.rulesets import NAMES, RULESETS, newest, published_of, usual_name
from app.rules.shipped import value_of
from app.rules.sound import check

AT = "/rules"


def pinned(spec: EventSpec) -> EventSpec:
    """With the name and version of its ruleset: those asked for, else the usual one, else the newest version."""
    name = spec.ruleset or usual_name(spec)
    if name not in NAMES:
        message = f"{name!r} is no ruleset: there are {', '.join(NAMES)}"
        raise Invalid("/ruleset", "unknown_ruleset", message)
    if spec.ruleset_version is not None and (name, spec.ruleset_version) not in RULESETS:
        known = ", ".join(sorted(version for held, version in RULESETS if held == name))
        message = f"{name!r} has no version {spec.ruleset_version!r}: there are {known}"
        raise Invalid("/ruleset_version", "unknown_version", message)
    return replace(spec, ruleset=name, ruleset_version=spec.ruleset_version or newest(name).ruleset.version)


def repinned(before: EventSpec, asked: EventSpec, given: Given) -> EventSpec:
    """As `pinned`, where an event changes: its version stays, and so does the name unless it was the usual one only."""
    held = published_of(before).ruleset
    usual = held.name == usual_name(before)
    name = (asked.ruleset if "ruleset" in given else None if usual else held.name) or usual_name(asked)
    kept = held.version if name == held.name else None
    version = asked.ruleset_version if "ruleset_version" in given else kept
    return pinned(replace(asked, ruleset=name, ruleset_version=version))


def check_event(meet: MeetSpec, spec: EventSpec) -> None:
    """`Invalid`, pointing into `/rules`, where the tables would not hold with what meet and event override."""
    plain = published_of(spec).plain
    if not meet.rules and not spec.rules:
        return  # As shipped, which was checked when it was loaded.
    _check(merged(plain, meet.rules) if meet.rules else plain, spec.rules, meet.lanes)


def check_meet(meet: MeetSpec) -> None:
    """The same for what a meet overrides: any of its events may run under any ruleset."""
    for name in NAMES if meet.rules else ():
        _check(newest(name).plain, meet.rules, meet.lanes)


def _check(plain: Plain, overrides: Overrides, lanes: int) -> None:
    check_paths(plain, overrides, AT)
    try:
        rules = value_of(merged(plain, overrides), Ruleset)
        check(rules)
        check_lanes(rules.lanes.preference, lanes, "/lanes/preference")
    except Invalid as refused:
        refused.at = AT + refused.at
        raise
