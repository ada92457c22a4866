"""The shipped rulesets by short names."""

from app.rules.ruleset import Ruleset
from app.rules.rulesets import RULESETS


def shipped(name: str) -> Ruleset:
    return RULESETS[name, "2026.1"].ruleset


WORLD, LOCAL, RETRO = shipped("world-athletics"), shipped("local"), shipped("irr-retro-2016")
