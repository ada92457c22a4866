"""What the fields of bodies and answers mean, one sentence each: the API document takes them from here.

A field that says more in its own schema keeps what it says.
"""

from collections.abc import Mapping
from typing import Any, Final

Meanings = Mapping[str, str]

MEET: Final[Meanings] = {
    "id": "Names the meet for ever.",
    "name": "As it stands on every sheet.",
    "timezone": "IANA name of the zone that the meet's days and times of day are in.",
    "starts_on": "The first day; ages are counted on it.",
    "ends_on": "The last day, the first one itself where there is one only.",
    "venue": "The stadium, or where the start is.",
    "city": "Where the meet is held.",
    "country": "Where the city lies, best as a code of three letters.",
    "lanes": "Lanes of the track: heats in lanes are drawn for so many runners.",
    "lanes_out": "Lanes that nobody is drawn into: bad or reserved ones.",
    "lap_m": "Length of the track's lap in metres; events get a timing point for each lap.",
    "bib_scope": "Within what a bib names one athlete: all of the meet, or each event for itself.",
    "rehearsal": "A meet to practise with.",
    "rules": "Tables of rules that all of its events have instead of their ruleset's, as a part of that document.",
    "visibility": "Who may see it without a token: nobody, who knows the address, or everybody, in the list of meets.",
    "closed": "Read only until it is reopened.",
    "created_at": "When it was made.",
    "seq": "Position in the meet's log of the last fact about it; in a list the head of the log.",
}
EVENT: Final[Meanings] = {
    "id": "Names the event for ever.",
    "meet_id": "The meet that it belongs to.",
    "name": "As it stands on every sheet.",
    "code": "A short name that only one event of the meet has.",
    "distance_m": "What each athlete runs, in metres; of a relay with legs_m, what the team runs.",
    "relay_legs": "How many runners run one after another: 1, or 4 for a relay, where a registration is a team.",
    "legs_m": "Metres of each leg of a medley relay in running order; left out, all legs are distance_m long.",
    "discipline": "What is run; it chooses the rules that apply.",
    "direction": "The way that the runners face.",
    "surface": "Track or road: it chooses how times are rounded and heats are drawn.",
    "sex": "Who may enter: men, women, or X for all.",
    "start": "From lanes, or all from one line.",
    "timing": "What decides: photo finish, transponders read at points, or watches.",
    "ranking": "By the time from the gun, or from the runner's own crossing of the start.",
    "ruleset": "Name of its ruleset; left out, the usual one for its surface and direction.",
    "ruleset_version": "Version of the ruleset; left out, the newest one, which the event then keeps.",
    "rules": "Tables of rules instead of its ruleset's, as a part of that document; they win over the meet's.",
    "lanes_out": "Lanes that nobody is drawn into, besides those of the meet.",
    "overridden": "The tables that the meet or the event overrides, as dotted paths.",
    "points": "Where runners are timed; left out, they are the start, each lap and the finish.",
    "categories": "Age groups; a runner is in the first one that fits.",
    "cut_off_us": "Microseconds from the gun after which nobody finishes any more.",
    "min_lap_us": "Microseconds below which a second crossing of a place is no lap.",
    "start_window_before_s": "Seconds before the gun from which a read at the start counts.",
    "start_window_after_s": "Seconds after the gun until which a read at the start counts.",
    "rounds": "Rounds in running order, the final last; left out, there is a final only.",
    "registration_count": "Entries that have not withdrawn.",
    "seq": "Position in the meet's log of the last fact about it.",
}
POINT: Final[Meanings] = {
    "name": "As splits name it.",
    "distance_m": "Metres from the start: 0 is the start, the distance of the event its finish.",
    "place": "Where its reader stands; one place may serve several points, and left out it is the name.",
    "cut_off_us": "Microseconds from the gun after which it is closed, between start and finish; left out, never.",
}
ROUND: Final[Meanings] = {
    "name": "As addresses name it.",
    "advance": "Who goes on to the next round; nobody does from the last one.",
    "heats": "How many heats are drawn, where the rules leave it open.",
    "per_heat": "How many runners a heat takes, where the rules leave it open.",
    "source": "Who of the round before runs in it; left out, its qualifiers (in the first round all entries).",
    "scheduled_at": "When it is to begin.",
}
ADVANCE: Final[Meanings] = {
    "places": "So many of each heat go on by place (Q).",
    "times": "So many more go on by time over all heats (q).",
}
CATEGORY: Final[Meanings] = {
    "name": "As standings name it.",
    "sex": "Whom it takes; null for all.",
    "min_age": "The youngest that it takes, in whole years; null for no bound.",
    "max_age": "The oldest that it takes, in whole years; null for no bound.",
    "age_on": "The day that ages are taken on: the race day, the last of its year, or the first day of the meet.",
}
REGISTRATION: Final[Meanings] = {
    "id": "Names the registration for ever.",
    "event_id": "The event that it is an entry in.",
    "athlete_id": "The athlete whom it enters.",
    "bib": "The number on the runner, as text: compared exactly, leading zeros too.",
    "name": "The name as whoever asks may see it.",
    "family_name": "The athlete's family name, or the name of a team.",
    "given_name": "The athlete's given name.",
    "sex": "M, W, or X.",
    "birth_date": "Day of birth: shown to officials only.",
    "age": "Whole years on the race day, for an athlete whose birth date is not known.",
    "nation": "Whom the athlete runs for, best as a code of three letters.",
    "club": "The athlete's club.",
    "publish_name": "How much of the name the public sees; null leaves it to the age.",
    "external_id": "The athlete's id elsewhere; no two athletes of a meet have the same.",
    "category": "The age group; in an entry it overrides what the event's categories say.",
    "seed_mark": "The time that heats are drawn by.",
    "pb": "Personal best.",
    "sb": "Season's best.",
    "wave": "The heat of a road race that the runner starts in, whatever the case of its letters; null for none.",
    "team": "The team that it counts for.",
    "role": "A competitor, a guest who is timed and not placed, or a pacer.",
    "chips": "Chips that name the athlete.",
    "state": "Entered, or withdrawn before the race.",
    "match": "What a search found it by.",
    "seq": "Position in the meet's log of the last fact about it.",
}
FINISH: Final[Meanings] = {
    "heat_id": "The heat that was read.",
    "finishes": "The runners that were read.",
    "wind_mps": "Wind in metres per second as text with its sign, like +0.3; null where none was measured.",
    "bib": "The runner by bib, or else by lane.",
    "lane": "The runner by lane, or else by bib.",
    "registration_id": "Whose reading it is.",
    "method": "Photo finish, watches, or a system that is automatic at one end only.",
    "watches_us": "Microseconds of each watch, as read: two that agree, else the middle one, of two the slower.",
    "elapsed_us": "Microseconds from the gun, as read and not rounded.",
    "reaction_us": "Microseconds from the gun to the runner's leaving of the blocks.",
    "status": "OK, DNF, DQ or DNS; left out, it follows from the time.",
    "rule": "The rule that a status rests on.",
    "place": "The judge's word on the order of equal times.",
    "offset_us": "Microseconds that the clock of the system is known to be too long by: taken off before rounding.",
    "seq": "Position of the reading in the meet's log.",
}
RULING: Final[Meanings] = {
    "id": "Names the ruling for ever.",
    "heat_id": "The heat that it was made in.",
    "registration_id": "Whom it is about.",
    "bib": "Whom it is about.",
    "kind": "What is decided.",
    "how": "With `advance`: by which decision the runner goes on; `all` is for all who are level with the runner.",
    "rule": "The rule that it rests on.",
    "reason": "Why, in words for officials.",
    "elapsed_us": "Microseconds: the time that counts (`time`), or what is added (`penalty`).",
    "card": "With `card`: yellow, second yellow, or red.",
    "at": "When it was recorded.",
    "actor_id": "The token that recorded it.",
    "attempt": "The running of the heat that it is about, from 1.",
    "seq": "Position in the meet's log: undoing that takes the ruling back.",
}
SOURCE: Final[Meanings] = {
    "id": "Names the source for ever.",
    "source": "Its name, as the reader posts it.",
    "place": "Where it stands, compared exactly with the places of points.",
    "role": "The main reader of its place, or one that stands by.",
    "protocol": "How it speaks, for those who look after it.",
    "timezone": "Zone of the times that it writes without an offset.",
    "date_hint": "Day of the times that it writes without one.",
    "offset_us": "Microseconds added to all of its times, those that have come too.",
    "error_us": "Microseconds that its times may be off; null: as the rules have it for its protocol.",
    "seq": "Position in the meet's log of the last fact about it.",
}
READ: Final[Meanings] = {
    "source": "The reader that made it.",
    "epoch": "Names one run of the reader's counter: another one where the numbers begin anew.",
    "source_seq": "Its number within source and epoch.",
    "chip": "The chip that was read; a read names a chip or a bib.",
    "bib": "The bib that was read or typed, where it was no chip.",
    "place": "Where it was made; left out, where its source stands.",
    "point": "The timing point that it counts at, or would have.",
    "at": "When the runner was there, by the reader's clock with its correction.",
    "antenna": "The antenna that heard it.",
    "rssi": "How strongly it was heard.",
    "kind": "What the reader says about it.",
    "received_at": "When it arrived here.",
    "state": "What became of it.",
    "reason": "Why, with the rule.",
    "seq": "Position in the meet's log.",
}
POSTED: Final[Meanings] = {
    **READ,
    "seq": "The read's number within source and epoch: the three name it for ever.",
    "at": "When it was made: text with an offset, or microseconds since 1970 UTC.",
    "reads": "The reads, in any order.",
}

OF_SCHEMAS: Final[Mapping[str, Meanings]] = {
    **dict.fromkeys(("MeetIn", "MeetPatch", "MeetCloneIn", "MeetOut", "MeetItem"), MEET),
    **dict.fromkeys(("EventIn", "EventPatch", "EventCloneIn", "EventOut"), EVENT),
    **dict.fromkeys(("PointIn", "PointOut"), POINT),
    **dict.fromkeys(("RoundIn", "RoundSpecOut"), ROUND),
    **dict.fromkeys(("AdvanceIn", "AdvanceOut"), ADVANCE),
    **dict.fromkeys(("CategoryIn", "CategoryOut"), CATEGORY),
    **dict.fromkeys(
        (
            "RegistrationIn",
            "RegistrationPatch",
            "RegistrationOut",
            "RegistrationDone",
            "RegistrationFound",
            "RegistrationPublic",
            "RegistrationPublicFound",
        ),
        REGISTRATION,
    ),
    **dict.fromkeys(("FinishIn", "FinishesIn", "FinishOut", "FinishesOut"), FINISH),
    **dict.fromkeys(("RulingIn", "RulingOut"), RULING),
    **dict.fromkeys(("SourceIn", "SourceOut"), SOURCE),
    "ReadOut": READ,
}


def give(schema: Mapping[str, Any], meanings: Meanings) -> None:
    """Each field of the schema its sentence."""
    for name, field in schema.get("properties", {}).items():
        if name in meanings:
            field.setdefault("description", meanings[name])
