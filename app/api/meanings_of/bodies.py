"""What the fields of bodies mean that belong to no noun: what an official sends, and no answer repeats."""

from typing import Final

from app.api.meanings import FINISH, REGISTRATION, Meanings

_REASON: Final = "Why, in words for officials; kept beside the log."
_SEED: Final = "Whole number that the lots are drawn with; left out, one is chosen by chance and said."
_CHIP: Final[Meanings] = {
    "kind": "Says what is supposed.",
    "chip": "As readers send it, exactly.",
    "bib": "Whom it is handed to.",
    "from": "When it begins to name the athlete, included; null for always.",
    "until": "When it ends to, excluded; null for always.",
}
_LINE_TIME: Final[Meanings] = {
    "at": "When somebody crossed: text with an offset.",
    "bib": "Who it was, once that is known: a starter of this heat, on the road of its wave.",
}
_SUPPOSED: Final[Meanings] = {
    "kind": "Says what is supposed.",
    "heat_id": "The heat that it is supposed in.",
    "event": "Its fields that are to be others.",
    "ruling": "As it would be posted.",
    "at": "The gun: text with an offset.",
    "runners": "Who caused it.",
    "seq": "Position in the meet's log.",
}
_HEATS: Final[Meanings] = {
    "heats": "Every heat of the round.",
    "number": "Number of the heat within the round, from 1.",
    "starters": "Who starts in it, in any order.",
    "bib": "The runner, or the relay team.",
    "lane": "The lane; null where the race is not run in lanes.",
    "group": "The start line of the runner, where a large field sets off from two with one gun.",
}
RECORD: Final[Meanings] = {
    "code": "WR, WB, AR, NR, CR, MR, or one of your own, as results show it.",
    "sex": "Whose record it is.",
    "distance_m": "In metres; of a relay each leg.",
    "surface": "Track or road.",
    "confidence": "How sure the mark is: high, medium, low.",
    "of": "The nation of a national record, the area of an area record.",
    "date": "When it was run: a day, a month (2015-09) or a year. The best one from before the meet stands.",
    "holder": "Who ran it.",
    "nation": "For whom.",
    "place": "Where it was run.",
    "category": "The age group that it is a record of; null for all ages.",
    "relay_legs": "How many legs the race has: 1 where it is no relay.",
    "legs_m": "Metres of each leg of a medley relay in running order.",
    "discipline": "What was run.",
    "direction": "The way that the runner faced.",
    "field": "Whether men ran along, where women's records are kept apart.",
    "method": "How the time was taken.",
    "wind_mps": "Wind in metres per second as text with its sign.",
    "note": "Whatever else is known.",
    "lists": "All lists of the meet; those that are not sent are gone.",
    "name": "A short name of the list.",
    "title": "As it is printed.",
    "source": "Who keeps it, or where it was read.",
    "as_of": "The day that it was true on.",
    "records": "Its marks.",
    "takes": "What a mark needs to count; null: as the rules of each event say.",
    "photo_finish_to_m": "Up to this distance on a track only a photo finish counts.",
    "hand": "Whether times taken by hand count.",
    "transponder_on_track": "Whether times of transponders on a track count.",
}
_RELAY: Final[Meanings] = {
    "legs": "The teams that are named anew.",
    "runners": "One for each leg, in running order: by athlete id or by a bib that the runner wears here.",
    "method": "Read from the image, or by watches.",
    "takeovers": "Those that were read, in any order.",
    "bib": "The team by bib; a takeover needs that or its lane.",
    "lane": "The team by lane.",
    "leg": "The leg that ended: 1 for the first takeover.",
    "elapsed_us": "Microseconds from the gun, as read and not rounded.",
}
KEY: Final[Meanings] = {
    "name": "What it is for.",
    "source": "The one source that it may send reads of; null for all of the meet.",
    "not_before": "Refused before this instant; null for at once.",
    "expires_at": "Refused from this instant on; null for no end.",
    "scopes": "What it may do.",
    "organization_id": "Whose it is; null: that of the token that makes it.",
    "grace_s": "Seconds in which the old secret goes on working.",
}
SERIES: Final[Meanings] = {
    "name": "As it is printed.",
    "races": "In the order in which they are run.",
    "event_id": "Its last round counts.",
    "rules": "How races add up.",
    "points": "What each place is worth, from the first one on.",
    "beyond": "Points of every place behind those.",
    "best": "How many races count, the best of each runner; null for all.",
    "tie_breaks": "Tried in this order where points are equal.",
}
_DECIDED: Final[Meanings] = {
    "official": "Who accepts it, by name.",
    "reason": _REASON,
    "point": "Which crossing, where several are proposed.",
    "take": "The read that counts: the first one, or the one that was offered later.",
    "bib": "Whom it is about.",
    "by": "Who runs instead; null: the first who stands by.",
    "reaction_us": FINISH["reaction_us"],
    "runners": "Who caused it; none where nobody is to be blamed.",
    "note": "Words that are kept beside the log.",
    "status": "Provisional, or official: that is refused while an anomaly is open.",
    "bibs": "Who runs again; null for all.",
    "at": "An instant: text with an offset.",
    "source": "What told it: a starter's device, a clock, a hand.",
    "draw_seed": _SEED,
    "lanes_out": "Lanes that nobody is drawn into this time, besides those of meet and event.",
    "preview": "Answer the plan and store nothing.",
    "entries": "How many entries to plan for; null: those that are active now.",
    "name": "As it is shown.",
    "facts": "What is supposed, in this order.",
}
DESIGN: Final[Meanings] = {
    "colour": "Of headings and bands, as #rrggbb: dark enough to be read on white (4.5 to 1).",
    "accent": "Of what stands out, as #rrggbb: as dark.",
    "paper": "What is printed on, where a request for a sheet names no other.",
    "meet_address": "Where the public finds the meet: a QR code on its sheets. `{meet_id}` stands for the meet.",
    "event_address": "The same for an event, on its own sheets; `{event_id}` stands for it. Left out: meet_address.",
    "officials": "Whose names stand below the lines to sign on, one a role. Left out: nobody's.",
}

OF: Final[dict[str, Meanings]] = {
    **dict.fromkeys(("AthleteIn", "AthletePatch"), REGISTRATION),
    **dict.fromkeys(("ChipAssignmentIn", "ChipAssignmentPatch", "ChipSupposed"), _CHIP),
    **dict.fromkeys(("LineTimeIn", "LineTimePatch"), _LINE_TIME),
    **dict.fromkeys(
        (
            "EventSupposed",
            "FalseStartSupposed",
            "ReadRuledOutSupposed",
            "RulingSupposed",
            "StartSupposed",
            "UndoSupposed",
        ),
        _SUPPOSED,
    ),
    "DesignIn": DESIGN,
    **dict.fromkeys(("HeatsIn", "HeatIn", "StarterIn"), _HEATS),
    **dict.fromkeys(("RecordsIn", "RecordListIn", "RecordIn", "TakesIn"), RECORD),
    **dict.fromkeys(("LegsIn", "TeamIn", "TakeoversIn", "TakeoverIn"), _RELAY),
    **dict.fromkeys(("DeviceIn", "TokenIn", "RotationIn"), KEY),
    **dict.fromkeys(("SeriesIn", "RaceIn", "SeriesRulesIn"), SERIES),
    **dict.fromkeys(
        (
            "AcceptIn",
            "AccusedIn",
            "CloseIn",
            "ConfirmIn",
            "ConflictRulingIn",
            "DrawIn",
            "FalseStartIn",
            "LotsIn",
            "OrganizationIn",
            "PlanIn",
            "PublicationIn",
            "ReplacementIn",
            "RuleOutIn",
            "RerunIn",
            "StartIn",
            "WeatherIn",
            "UndoIn",
            "WhatIfIn",
        ),
        _DECIDED,
    ),
}
"""By the names of schemas."""
