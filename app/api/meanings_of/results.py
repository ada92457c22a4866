"""What the fields of results, standings and what is made of them mean, and why they are so."""

from collections.abc import Mapping
from typing import Final

from app.api.meanings import Meanings
from app.api.meanings_of.bodies import RECORD, SERIES
from app.api.meanings_of.rules import TAKES

_STATE: Final = "Entered, started, finished or withdrawn."
_STATUS: Final = "OK, DNF, DQ or DNS; null before there is one."
_COMPUTED: Final = "Position in the meet's log that this was computed at."
_BY: Final = "Whether it counts nations or clubs."
_WHY_READS: Final = "Positions in the log of its reads, the chosen one first."
_OFFICIAL_US: Final = "The official time in microseconds, already rounded."
_COUNTED: Final = "Whether it counts here."

_AWARD: Final[Meanings] = {
    "award": "Overall, or of an age group.",
    "category": "Of which age group; null for an overall award.",
    "sex": "Of which sex.",
    "place": "Place among the awards.",
    "basis": "By place from the gun, or by net time.",
    "place_category": "Place in the results within sex and age group, where nobody is left out.",
}
_BROKEN: Final[Meanings] = {
    "code": "What was broken, like NR, or equalled, like =NR.",
    "of": RECORD["of"],
    "category": RECORD["category"],
    "event": "Name of the event.",
    "before": "The marks that there were to beat.",
    "holder": RECORD["holder"],
    "date": "When it was run: a day, a month or a year.",
    "mark": "The mark as text.",
    "source": "Where it was read.",
    "confidence": RECORD["confidence"],
    "heat_id": "Where it was run, if earlier in this meet.",
}
_MARK: Final[Meanings] = {
    "code": "What stands there: PB, SB, NR, or w.",
    "record_list": "The list of records, by name; null for a best of the runner.",
    "of": RECORD["of"],
    "category": RECORD["category"],
    "before": "The marks that it was compared with.",
}
_BECAUSE: Final[Meanings] = {
    "rules": "The ruleset that holds.",
    "start": "The gun that counts; null before it.",
    "reads": "The reads that were considered.",
    "passings": "The crossings that they make.",
    "reading": "What photo finish or watches say; null for nothing.",
    "rulings": "What officials decided.",
    "marks": "What stands beside the mark, and why.",
    "penalties": "What follows from false starts, cards and steps over the line.",
    "cut_off": "The point that had closed; null for none.",
}
_SEEN: Final[Meanings] = {
    "at": "When it was, by the reader's clock with its correction.",
    "place": "Where its reader stands.",
    "source": "The reader that made it; told to officials.",
    "chip": "The chip that was read; told to officials.",
    "state": "What became of it.",
    "reason": "Why, with the rule.",
    "because": _WHY_READS,
    "reads": "How many reads it is made of.",
}
_READING: Final[Meanings] = {
    "status": "OK, DNF, DQ or DNS; null: it follows from the time.",
    "elapsed_us": "Microseconds from the gun, as read and not rounded.",
    "watches_us": "Microseconds of each watch, as read.",
    "offset_us": "Microseconds taken off before rounding: the system's clock is too long by them.",
    "place": "The judge's word on the order of equal times.",
}
_RULING_SEEN: Final[Meanings] = {
    "kind": "What was decided.",
    "how": "By which decision a runner goes on.",
    "elapsed_us": "Microseconds: the time that counts, or what is added.",
    "card": "Yellow, second yellow, or red.",
    "reason_given": "Why, in words; told to officials.",
}
_LAPS: Final[Meanings] = {
    "state": _STATE,
    "status": _STATUS,
    "items": "Starters in running order.",
    "laps": "How often the line is crossed.",
    "yields": "Whether who is overtaken makes way to the outside.",
    "leaders": "The first at each point.",
    "kilometres": "The 1000 m marks of the race.",
    "about_to_be_lapped": "Who will be lapped before reaching the line again.",
    "before_line_m": "Metres before the finish line.",
    "point": "The point that times it; null where none does.",
    "by": "Bib of who laps.",
    "at": "At about what time, in UTC.",
    "laps_done": "Crossings of the line so far.",
    "laps_to_go": "Crossings that are still to come.",
    "bell": "Whether the bell rings at the next crossing: one lap is left.",
    "laps_down": "Whole laps that the leader had gained at the runner's last crossing.",
    "last_lap": "The last lap's time as text, of who has finished.",
    "last_kilometre": "The last kilometre's time as text, of who has finished.",
    "crossings": "The points that the runner crossed, in order.",
}
_CROSSING: Final[Meanings] = {
    "at": "When it was, in UTC; null where only its time is known.",
    "elapsed_us": "Official microseconds from the gun.",
    "mark": "The official time as text; with a question mark where it is only proposed.",
    "lap": "The time since the point before as text.",
    "place": "Place at this point.",
    "gap_us": "Microseconds behind the first at this point.",
    "estimated": "Whether no reader saw it.",
    "confirmed": "Whether an official confirmed it.",
}
_SPLIT: Final[Meanings] = {
    "elapsed_us": "Microseconds as the event ranks, not rounded.",
    "mark": _CROSSING["mark"],
    "place": _CROSSING["place"],
    "net_mark": "The time from the runner's own start as text; null without a read there.",
    "lap_mark": _CROSSING["lap"],
}
_LEG: Final[Meanings] = {
    "distance_m": "Metres of the leg.",
    "elapsed_us": "Official microseconds of the leg; null beside a takeover that is not known.",
    "teams": "The relay teams.",
}
_TAKEOVER: Final[Meanings] = {
    "elapsed_us": "Microseconds from the gun, not rounded.",
    "leg": "The leg that ended.",
    "zone_begins_m": "Metres from the start where its zone begins.",
    "zone_ends_m": "Metres from the start where its zone ends.",
    "because": "Positions in the log that it rests on: an official's reading, else the reads of the team's chips.",
    "takeovers": "How many were recorded.",
}
_STANDING: Final[Meanings] = {
    "state": _STATE,
    "status": _STATUS,
    "elapsed_us": "Microseconds that rank, not rounded: `gun_us` or `net_us`.",
    "gap": "How far behind the first, as text.",
    "round": "The last round that it was drawn into.",
    "splits": "At each point that was crossed, in order.",
    "because": "The reads, the readings and the rulings that it rests on.",
    "seq": _COMPUTED,
}
_RESULT: Final[Meanings] = {
    "state": _STATE,
    "status": _STATUS,
    "place": "Place in the heat.",
    "rank": "Rank over the round.",
    "elapsed_us": "Microseconds from the gun, not rounded; null without a time.",
    "order_source": "What the place rests on: the image, the judge, a chip, or hands.",
    "thousandths": "What separates equal marks, as it is printed.",
    "records": "What stands beside the mark: PB, NR, w and the like.",
    "timing_note": "What the rules have printed beside a time by transponder on a track.",
}
_MEDALS: Final[Meanings] = {
    "name": "The nation, or the club.",
    "by": _BY,
    "least": "How far an event must have come to count.",
    "gold": "Gold medals.",
    "silver": "Silver medals.",
    "bronze": "Bronze medals.",
    "total": "All medals.",
    "because": "The places that it counts.",
    "points": "As exact text: 40, 6.5, 2 1/3.",
    "places": "How many firsts, seconds, and so on.",
}
_EVENT: Final[Meanings] = {"name": "Name of the event; null where it is held no more.", "counted": _COUNTED}
_SCORES: Final[Meanings] = {
    "points": "Sum of the points that count.",
    "parts": "Each event of the athlete.",
    "table": "The table that events are scored by.",
    "scores": "Points of each race; null without a place there.",
    "counted": "Of each score whether it makes up the points.",
    "because": "How the points came about and ties were broken, in words.",
    "races": "The races, and how far each has come.",
}
_TEAM: Final[Meanings] = {
    "place": "Place of the team; null while it is incomplete.",
    "score": "Sum of places, or of microseconds; null while the team is incomplete.",
    "mark": "A score that is a time, as text.",
    "scorers": "Members who score, in order.",
    "others": "Its other members with a place.",
    "because": "How the score came about, and which way a tie went.",
    "rules": "How teams are scored here.",
}
_WORTH: Final[Meanings] = {
    "percent": "Per cent, as text.",
    "graded_us": "Microseconds that the time is worth in the best age.",
    "graded_mark": "The same as text.",
    "standard_s": "Seconds of the age's standard, as text.",
    "factor": "The age's factor, as text.",
    "best": "The best mark, as text.",
    "code": "Code of that record.",
    "date": "When it was run.",
    "confidence": RECORD["confidence"],
    "points": "Points, as text.",
}
_LISTS: Final = frozenset({"lists", "name", "title", "records", "takes", "as_of"})
_RECORD: Final[Meanings] = {
    **{name: meaning for name, meaning in RECORD.items() if name not in _LISTS | TAKES.keys()},
    "mark": "The time as text, as exact as its source has it.",
}

OF: Final[Mapping[str, Meanings]] = {
    "AwardOut": _AWARD,
    "AccusedOut": {"out": "Whether it disqualifies the runner."},
    **dict.fromkeys(("BrokenOut", "BestBefore"), _BROKEN),
    "MarkSeen": _MARK,
    "Because": _BECAUSE,
    **dict.fromkeys(("ReadSeen", "PassingSeen", "PassingOut"), _SEEN),
    "StartSeen": {"at": "The gun, in UTC."},
    "ReadingSeen": _READING,
    "RulingSeen": _RULING_SEEN,
    "PenaltySeen": {
        "kind": "What it follows from.",
        "out": "Whether the runner is disqualified, or not allowed to start.",
        "reason": "Why, with rule and policy.",
    },
    "CutOffSeen": {
        "cut_off_us": "Microseconds from the gun after which the point is closed.",
        "elapsed_us": "Microseconds from the gun at which the runner crossed it.",
    },
    **dict.fromkeys(("LapChartOut", "LapRunnerOut", "KilometreOut", "CaughtOut"), _LAPS),
    "CrossingOut": _CROSSING,
    "SplitOut": _SPLIT,
    "LeaderOut": {"elapsed_us": "Official microseconds from the gun.", "mark": "The same as text."},
    "ConfirmedOut": {"at": "When the runner crossed, in UTC."},
    **dict.fromkeys(("LegRunOut", "LegsOut"), _LEG),
    **dict.fromkeys(("TakeoverOut", "TakeoversOut"), _TAKEOVER),
    **dict.fromkeys(("StandingOut", "StandingWhole"), _STANDING),
    "StandsOut": {"place": "Place; null without one.", "status": _STATUS},
    "ResultOut": _RESULT,
    **dict.fromkeys(("MedalsOut", "MedalsLineOut", "PlacingsOut", "PlacingsLineOut", "PointsPlaceOut"), _MEDALS),
    **dict.fromkeys(("FinalOut", "SeriesRaceOut"), _EVENT),
    **dict.fromkeys(("CombinedOut", "CombinedLineOut", "SeriesLineOut", "SeriesStandingsOut"), _SCORES),
    "PartOut": {"points": "Null while there is no result, 0 for DNF, DQ and DNS.", "status": _STATUS},
    "SeriesOut": SERIES,
    "SeriesRulesOut": SERIES,
    **dict.fromkeys(("TeamScoreOut", "TeamsOut"), _TEAM),
    "MemberOut": {
        "place": "Place that counts for the team: another than the runner's own where they are counted anew.",
        "elapsed_us": _OFFICIAL_US,
    },
    **dict.fromkeys(("AgeGradeOut", "PercentOut", "ScoreOut"), _WORTH),
    **dict.fromkeys(("RecordsOut", "RecordListOut"), RECORD),
    **dict.fromkeys(("RecordOut", "RecordStands"), _RECORD),
}
