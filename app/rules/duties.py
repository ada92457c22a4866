"""Tables of what officials watch: starts, conduct on the track, codes of disqualification, relays, rest."""

from dataclasses import dataclass
from typing import Literal

from app.rules.relays import Zone
from app.rules.table import Metres, Micros, Number, Some, Text, Unit

FalseStarts = Literal["immediate", "one_per_race", "retro_two_step"]
"""Out at the first one; one per race is free (combined events); the first one of a race is free, whoever makes it."""
Escort = Literal["none", "no_contact", "organiser"]
Case = Literal[
    "false_start",
    "obstruction",
    "lane",
    "break",
    "assistance",
    "unsporting",
    "takeover",
    "baton",
    "hurdle",
    "participation",
    "cards",
    "direction",
    "start_line",
    "yielding",
    "course",
    "other",
]
"""What a code of disqualification is for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Starts:
    """R13, R14, R91."""

    false_starts: FalseStarts
    least_reaction_us: Micros
    """A shorter one is a possible false start; this one is legal."""
    reactions_to_m: Number
    """Reactions are printed for races up to here."""
    blocks_to_m: Number
    standing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """Where runners stay in their lanes, leave them after some metres, or are free at once. Relays: metres of a leg."""

    rule: Literal["lanes", "break", "free"]
    longest_m: Metres | None = None
    relay: bool = False
    after_m: Number | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conduct:
    """R4, R38, R39, R89–R93."""

    finish_reference: Literal["torso", "back"]
    escort: Escort
    lapped_yield: bool
    """Whoever is overtaken makes way to the outside."""
    breaks: tuple[Break, ...]
    yellow_cards: Some
    """So many in one meet are a red one."""
    lane_steps: Some
    """So many steps over the line of a bend in one event are a disqualification."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """What is printed behind `DQ`, and what for (R43, R95)."""

    code: Text
    case: Case
    text: Text
    policy: FalseStarts | None = None
    """Of a false start: only where these are handled so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relays:
    zones: tuple[Zone, ...]
    chip_leg_unit_us: Unit
    """Times of legs by transponder are rounded up to this."""
    baton: bool
    substitutes: Number
    """So many more than its legs may run for a team over all rounds (TR24.10)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """From the last heat of a round to the first of the next one (R41)."""

    least_us: Micros
    another_day: bool = False
    longest_m: Metres | None = None
