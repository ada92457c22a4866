"""Rulesets, and the tables that hold for an event."""

from typing import Any, Final, Literal

from pydantic import ConfigDict

from app.api.schemas.base import Out, example
from app.domain.meet import EventSpec, MeetSpec
from app.rules.instructions import instructions
from app.rules.ruleset import Ruleset, paths
from app.rules.rulesets import Published, published_of, rules_of, under

_ITEM: Final[dict[str, Any]] = {
    "name": "dlv-retro",
    "version": "2026.1",
    "about": "German retro running: a companion who runs forward may lead without touching.",
    "extends": "irr-retro-2016",
    "differs": ["conduct.breaks", "conduct.escort"],
}


class UnsureOut(Out):
    """A table that could not be checked against the rule book, and what its default rests on."""

    path: str
    why: str


class RulesetItem(Out):
    """A ruleset. `differs` are the tables that it has other than the one that it extends."""

    model_config = example(_ITEM)

    name: str
    version: str
    about: str
    extends: str | None
    differs: list[str]

    @classmethod
    def of(cls, one: Published) -> "RulesetItem":
        return cls(**_head(one))


class RulesetOut(RulesetItem):
    """A ruleset with all of its tables, those that it takes over too."""

    model_config = ConfigDict(json_schema_extra={})

    unsure: list[UnsureOut]
    tables: Ruleset

    @classmethod
    def of(cls, one: Published) -> "RulesetOut":
        return cls(
            **_head(one),
            unsure=[UnsureOut(path=mark.path, why=mark.why) for mark in one.unsure],
            tables=one.ruleset,
        )


def _head(one: Published) -> dict[str, Any]:
    return {
        "name": one.ruleset.name,
        "version": one.ruleset.version,
        "about": one.about,
        "extends": one.extends,
        "differs": list(one.differs),
    }


class OverrideOut(Out):
    """A table that is not the ruleset's, and whose word it is."""

    path: str
    by: Literal["meet", "event"]


class InstructionOut(Out):
    """What a table asks of officials in this event, in words: no answer comes out otherwise by it."""

    path: str
    rule: str
    text: str


class RulesOut(Out):
    """What holds for an event: its ruleset with what the meet and then the event override, and what officials do."""

    event_id: str
    ruleset: str
    version: str
    overridden: list[OverrideOut]
    unsure: list[UnsureOut]
    for_officials: list[InstructionOut]
    tables: Ruleset
    seq: int

    @classmethod
    def of(cls, event: str, meet: MeetSpec, spec: EventSpec, seq: int) -> "RulesOut":
        held, own, rules = under(meet, spec), paths(spec.rules), rules_of(meet, spec)
        unsure = [mark for mark in published_of(spec).unsure if mark.path not in held.overridden]
        return cls(
            event_id=event,
            ruleset=held.ruleset,
            version=held.version,
            overridden=[OverrideOut(path=path, by="event" if path in own else "meet") for path in held.overridden],
            unsure=[UnsureOut(path=mark.path, why=mark.why) for mark in unsure],
            for_officials=[
                InstructionOut(path=one.path, rule=one.rule, text=one.text)
                for one in instructions(spec, rules, meet.lap_m)
            ],
            tables=rules,
            seq=seq,
        )
