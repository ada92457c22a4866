"""What follows from what officials see: false starts, cards, steps over a line (R13, R14, R38, R39, R91)."""

from collections.abc import Sequence
from typing import Final, Literal

from app.domain.meet import EventSpec
from app.rules.duties import Case, Code, FalseStarts, Starts

Card = Literal["YC", "YRC", "RC"]
"""A warning, a second one, out at once."""
RED: Final = frozenset({"YRC", "RC"})
INSTEAD: Final[dict[Case, Case]] = {"cards": "unsporting"}
"""Where a ruleset has no code for a case, the one of this case is printed."""


def is_out(policy: FalseStarts, number: int) -> bool:
    """Whether who causes the false start of this number in the race, counted from 1, is out."""
    return policy == "immediate" or number > 1


def possibly_false(reaction_us: int | None, starts: Starts) -> bool:
    """A reaction of exactly the limit is legal (R13)."""
    return reaction_us is not None and reaction_us < starts.least_reaction_us


def prints_reactions(spec: EventSpec, starts: Starts) -> bool:
    """By the metres that the first runner runs: of a relay it is the reaction of the first leg (R13)."""
    return spec.legs[0] <= starts.reactions_to_m


def is_listed(rule: str, codes: Sequence[str]) -> bool:
    """Whether a rule, as officials wrote it, is one of the codes, a part of one, or what one is a part of (R43)."""
    number = rule.partition(" ")[0]
    return any(f"{code}.".startswith(f"{number}.") or f"{number}.".startswith(f"{code}.") for code in codes)


def code_for(case: Case, codes: Sequence[Code], policy: FalseStarts | None = None) -> str | None:
    """What is printed behind `DQ` (R43): the code of the case and the policy, else the first one of the case."""
    found = [one for one in codes if one.case == case]
    if not found and case in INSTEAD:
        return code_for(INSTEAD[case], codes)
    own = next((one for one in found if policy is not None and one.policy == policy), None)
    usual = next((one for one in found if one.policy is None), None)
    chosen = own or usual
    return chosen.code if chosen else None


def is_red(card: Card, number: int, yellow_cards: int) -> bool:
    """`number`: which yellow card of the meet it is, from 1. The last one that is allowed is a red one (R38)."""
    return card in RED or number >= yellow_cards
