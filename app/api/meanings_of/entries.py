"""What the fields of athletes, heats, draws and start lists mean."""

from collections.abc import Mapping
from typing import Final

from app.api.meanings import REGISTRATION, ROUND, Meanings

_LAST: Final = "Position in the meet's log of the last fact about it."
_COMPUTED: Final = "Position in the meet's log that this was computed at."

_ATHLETE: Final[Meanings] = {
    "bibs": "All that the athlete wears in the meet.",
    "club": REGISTRATION["club"],
    "seq": _LAST,
}
_STARTER: Final[Meanings] = {
    "position": "Place on the start line, from the inside; null in lanes.",
    "state": REGISTRATION["state"],
    "status": "DQ or DNS of who is out before the start; null for all others.",
}
_HEAT: Final[Meanings] = {
    "number": "Number of the heat within its round, from 1.",
    "state": "Drawn, started, recalled or closed.",
    "starter_count": "How many start in it.",
    "attempt": "Its running, from 1: more after a re-run.",
    "closed_at": "When it closed, in UTC; null while it takes reads.",
    "seq": _LAST,
    "heats": "All heats of the round, in order.",
    "draw": "How it was drawn; null before.",
    "not_qualified": "Bibs that start without having qualified.",
}
_ATTEMPT: Final[Meanings] = {
    "number": "Which running it is, from 1.",
    "status": "Whether it counts, or is void.",
    "again": "Bibs that it was opened for, where the others kept what they had; empty for all.",
    "results_as_of": "Position in the log that shows what a void one gave.",
}
_DRAW: Final[Meanings] = {
    "at": "When it was, in UTC.",
    "rules": "Rules that it followed; none for a start list made elsewhere.",
    "lanes_out": "Lanes that nobody was drawn into.",
    "among": "Bibs between whom it was drawn, in this order.",
    "winners": "Bibs that won.",
    "label": "What was drawn for: part of what the lots are made from.",
    "lots": "The drawings, one for each tie.",
}
_ROUND: Final[Meanings] = {
    **ROUND,
    "number": "Its place in running order, from 1.",
    "heat_count": "How many heats there are.",
    "fixed": "Whether its qualifiers are.",
    "qualifiers": "Those who go on.",
    "seq": _LAST,
}
_PLAN: Final[Meanings] = {
    "name": "As addresses name it.",
    "heats": "How many heats.",
    "sizes": "Runners of each heat.",
    "applied": "Whether the event has these rounds from now on.",
    "entries": "For how many entries it is made.",
    "lanes": "Lanes in use.",
    "per_heat": "Most runners in a heat.",
    "rules": "Rules that it follows.",
    "table": "Where the plan stands, as a dotted path; null where it was made by counting.",
    "row": "The row of that table.",
    "why": "Why it was made by counting; null where it was not.",
    "seq": _COMPUTED,
}
_REPLACEMENT: Final[Meanings] = {
    "bib": "Who does not run.",
    "why": "Withdrawn, or disqualified.",
    "by": "Bib of who runs instead; null: the lane stays vacant.",
    "from_round": "The round that both come from.",
    "round": "The round that they were drawn for.",
    "qualification": "The letter of who runs instead in the round before.",
}
_RESERVE: Final[Meanings] = {
    "rank": "Who is asked first, second and so on.",
    "round": "The round that was run.",
    "place": "Place in the heat there.",
}
_TIE: Final[Meanings] = {
    "by": "Level by place in a heat, or by time.",
    "heat": "The heat of a tie by place; null by time.",
    "bibs": "Who is level.",
    "spots": "Places that are left for them.",
    "free_lanes": "Lanes that are free in the next round: only proposed.",
    "may_rule": "Values of `how` that a ruling of kind `advance` may have.",
}

OF: Final[Mapping[str, Meanings]] = {
    **dict.fromkeys(("AthleteFound", "AthleteOut", "AthletePublic", "AthletePublicFound"), _ATHLETE),
    "ChipAssignmentOut": {
        "chip": "As readers send it, exactly.",
        "bibs": "All that its athlete wears in the meet.",
        "from": "When it begins to name the athlete, included; null for always.",
        "until": "When it ends to, excluded; null for always.",
        "seq": _LAST,
    },
    **dict.fromkeys(("StarterOut", "StarterWhole"), _STARTER),
    "EntryOut": {"state": REGISTRATION["state"]},
    **dict.fromkeys(("HeatOut", "HeatsOut"), _HEAT),
    "AttemptOut": _ATTEMPT,
    **dict.fromkeys(("DrawOut", "DrawnLotsOut", "LotsOut"), _DRAW),
    **dict.fromkeys(("RoundOut", "AdvancedOut"), _ROUND),
    **dict.fromkeys(("PlanOut", "PlannedRoundOut", "PlanBecauseOut"), _PLAN),
    "ReplacementOut": _REPLACEMENT,
    "ReserveOut": _RESERVE,
    "TieOut": _TIE,
    "FalseStartOut": {
        "number": "Which false start of the race it is, from 1.",
        "runners": "Who caused it, and what follows for each.",
        "at": "When it was recorded, in UTC.",
    },
    "TeamOut": {"legs": "Its runners in running order, as far as they were named."},
    "LineTimeOut": {
        "at": "When somebody crossed, in UTC.",
        "bib": "Who it was; null until somebody has read it.",
        "registration_id": "Whose it is; null until somebody has read it.",
        "seq": _LAST,
    },
}
