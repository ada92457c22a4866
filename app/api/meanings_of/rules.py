"""What the fields of a ruleset's tables mean: as `app/rules` says below each, and here where it says nothing there."""

import ast
import inspect
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from types import ModuleType
from typing import Final

from app.api.meanings import CATEGORY, Meanings
from app.api.meanings_of.bodies import RECORD
from app.rules import (
    anomalies,
    awards,
    categories,
    duties,
    honours,
    lanes,
    laps,
    order,
    rounding,
    rounds,
    speed,
    teams,
    wind,
)

TABLES: Final = (
    *(anomalies, awards, categories, duties, honours, lanes, laps, order),
    *(rounding, rounds, speed, teams, wind),
)

ANYWHERE: Final[Meanings] = {
    "longest_m": "Metres of the longest race that it is for; null for any.",
    "relay": "Whether it is for relays: metres are those of a leg.",
    "forward": "For those who run forwards.",
    "backward": "For those who run backwards.",
    "mm_per_s": "Speed in millimetres per second.",
}
_TEAMS: Final[Meanings] = {"by": "By places, by times, or by the time of the slowest."}
_AWARDS: Final[Meanings] = {
    "overall_top": "So many of each sex are awarded overall.",
    "by_group": "So many of each age group and sex.",
    "overall_basis": "Overall by place from the gun, or by net time.",
    "group_basis": "Age groups by place from the gun, or by net time.",
}
TAKES: Final[Meanings] = {
    **{name: RECORD[name] for name in ("photo_finish_to_m", "hand", "transponder_on_track")},
    "wind": "Whether the wind has to be known and legal.",
}
OF: Final[Mapping[str, Meanings]] = {
    "Ruleset": {
        "name": "Name of the ruleset.",
        "timing": "How times are rounded and how exact they are.",
        "passings": "How reads become passings.",
        "laps": "How laps are counted and timed.",
        "rounds": "How rounds and heats are made.",
        "lanes": "How lanes are drawn.",
        "starts": "How races start, and false starts.",
        "wind": "When wind is measured and counts.",
        "order": "How sheets are ordered.",
        "categories": "Age groups.",
        "disqualifications": "What is printed behind `DQ`.",
        "conduct": "What runners may and have to do.",
        "relays": "Takeovers and teams of relays.",
        "points": "What places and times are worth.",
        "teams": "How teams are scored.",
        "awards": "Who is awarded.",
        "records": "What a mark needs to be a record.",
        "announcing": "Protests and summaries.",
        "anomalies": "What officials are asked about.",
    },
    "Believable": {
        "direction": "The way that the runner faces.",
        "sex": "Whom it fits; null for all.",
        "min_age": "The youngest that it fits, in whole years; null for no bound.",
        "max_age": "The oldest that it fits, in whole years; null for no bound.",
    },
    "Category": CATEGORY,
    "Starts": {
        "false_starts": "How they are handled.",
        "blocks_to_m": "Races up to here start from blocks.",
        "standing": "Whether runners start standing.",
    },
    "Break": {
        "rule": "Runners stay in their lanes, leave them after some metres, or are free at once.",
        "after_m": "Metres after which they may leave them; null where they stay.",
    },
    "Conduct": {
        "finish_reference": "The part of the body that stops the clock.",
        "escort": "Whether a companion may run along.",
        "breaks": "Where runners stay in lanes: the first row that fits counts.",
    },
    "Code": {"code": "As it is printed.", "case": "What it is for.", "text": "The same in words."},
    "Relays": {"zones": "Takeover zones: the first that reaches far enough.", "baton": "Whether there is a baton."},
    "Zone": {"zone_m": "Length of the zone in metres.", "mark_m": "Metres from its begin to the line of the leg."},
    "Rest": {
        "least_us": "Microseconds between the heats, at least.",
        "another_day": "Whether the next round has to be on another day.",
    },
    "LaneGroups": {
        "race": "On the straight, in the bend, or over a lap and more.",
        "lanes": "Lanes that are in use.",
        "groups": "Lanes of the best ranked, of the next, ….",
    },
    "Lanes": {"groups": "Which lanes go to whom."},
    "LeastLap": {
        "lap_m": "Metres of the lap.",
        "forward_us": "Microseconds of the shortest lap, forwards.",
        "backward_us": "Microseconds of the shortest lap, backwards.",
    },
    "Laps": {
        "opening_mm_per_s": "Nobody is faster up to the first crossing of a race of several laps (R100).",
        "least": "What the shortest lap takes.",
        "missed": "When a lap hides a crossing.",
    },
    "Missed": {
        "from_percent": "From so many per cent of the runner's median lap.",
        "to_percent": "Up to so many per cent of it.",
        "least_laps": "So many laps make a median, at least.",
    },
    "Passings": {"fastest": "Speeds that nobody exceeds."},
    "Points": {
        "combined": "Name of the table of formulas of combined events (R83).",
        "scoring": "Name of the table of formulas of times of one event (R84).",
    },
    "Teams": {
        "cross_country": "How teams are scored in cross country (R80).",
        "road": "How they are on the road (R81).",
    },
    **dict.fromkeys(("TeamRules", "TeamRulesOut"), _TEAMS),
    **dict.fromkeys(("AwardRules", "AwardRulesOut"), _AWARDS),
    **dict.fromkeys(("Takes", "TakesOut"), TAKES),
    "Timing": {
        "fineness": "How fine times are that no reader and no image gives.",
        "chip_errors": "How far readers' times may be off.",
        "hand_seeding": "What is added to hand times to sort entries.",
    },
    "Precision": {
        "method": "How the time was taken.",
        "surface": "Track or road.",
        "unit_us": "Microseconds that official times are rounded up to.",
    },
    "HandSeeding": {"add_us": "Microseconds that are added."},
    "Fineness": {"hand_us": "Microseconds of watches.", "semi_us": "Microseconds of a system automatic at one end."},
    "ChipError": {
        "error_us": "Microseconds that times may be off.",
        "protocol": "Of readers that speak this; null for all others.",
    },
    "Step": {
        "heats": "So many heats.",
        "places": "So many of each heat go on by place (Q).",
        "times": "So many more go on by time (q).",
    },
    "Plan": {"up_to": "For up to so many entries.", "rounds": "The rounds before the final."},
    "Progression": {"plans": "By entries, fewest first."},
    "Room": {"most": "Most runners in a heat."},
    "Rounds": {
        "progressions": "Which rounds for how many entries.",
        "semi_final": "Name of the last round before the final.",
        "final": "Name of the final.",
        "room": "Most runners in a heat without lanes.",
        "counted": "How rounds are made where no table fits.",
        "rest": "Time between rounds.",
    },
    "Measured": {"seconds": "Seconds that are measured.", "discipline": "Of this discipline only; null for all."},
    "Wind": {"measured": "In which races, from when and for how long."},
}
"""By the names of schemas."""


def in_code() -> dict[str, dict[str, str]]:
    """By class and field: what stands below the fields of the tables in `app/rules`."""
    found: dict[str, dict[str, str]] = {}
    for module in TABLES:
        found |= {name: fields for name, fields in _classes(module) if fields}
    return found


def _classes(module: ModuleType) -> Iterator[tuple[str, dict[str, str]]]:
    for node in ast.parse(inspect.getsource(module)).body:
        if isinstance(node, ast.ClassDef):
            yield node.name, dict(_explained(node.body))


def _explained(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    for field, below in pairwise(body):
        match field, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                yield name, re.sub(r"\bNone\b", "null", " ".join(text.split()))
