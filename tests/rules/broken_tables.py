"""One way to break each thing that tables must hold together: the change, where the refusal points, what it says."""

from typing import Any

from app.rules.rulesets import newest

PLAIN = newest("world-athletics").plain
STEP = {"heats": 2, "places": 3, "times": 2, "through": 8}


def plans(*plans: dict[str, Any], **others: Any) -> dict[str, Any]:
    return {"rounds": {"progressions": [{"final": 8, "plans": list(plans), **others}]}}


def lanes(*groups: list[int], lanes: int = 3, race: str = "lap") -> dict[str, Any]:
    return {"race": race, "lanes": lanes, "groups": list(groups)}


def without(key: str, number: int) -> list[Any]:
    return [row for index, row in enumerate(PLAIN["timing"][key]) if index != number]


BROKEN: list[tuple[str, dict[str, Any], str, str]] = [
    (
        "a unit that no mark is written in",
        {"timing": {"precision": [{**PLAIN["timing"]["precision"][0], "unit_us": 50_000}]}},
        "/timing/precision/0/unit_us",
        "times are rounded up to 1, 0.1, 0.01 or 0.001 s, not to 50,000",
    ),
    (
        "a method without a row",
        {"timing": {"precision": without("precision", 6)}},
        "/timing/precision",
        "transponder on the road: the last row has to be for any length",
    ),
    (
        "a method without a last row",
        {"timing": {"precision": without("precision", 1)}},
        "/timing/precision",
        "photo_finish on the track: the last row has to be for any length",
    ),
    (
        "hand times out of order",
        {"timing": {"hand_seeding": [{"longest_m": 400, "add_us": 1}, {"longest_m": 400, "add_us": 1}]}},
        "/timing/hand_seeding/1",
        "rows stand in order",
    ),
    (
        "readers without an error",
        {"timing": {"chip_errors": [{"protocol": "native", "error_us": 4_000}]}},
        "/timing/chip_errors",
        "it holds for all other readers",
    ),
    (
        "a protocol with two errors",
        {"timing": {"chip_errors": [{"error_us": 4_000}, {"error_us": 5_000}]}},
        "/timing/chip_errors/1",
        "the error of a protocol is listed twice",
    ),
    (
        "speeds without a last row",
        {"passings": {"fastest": {"forward": [{"longest_m": 400, "mm_per_s": 11_000}]}}},
        "/passings/fastest/forward",
        "runners forwards: the last row",
    ),
    (
        "speeds without any row",
        {"passings": {"fastest": {"backward": []}}},
        "/passings/fastest/backward",
        "runners backwards: the last row",
    ),
    (
        "speeds behind one for any length",
        {"passings": {"fastest": {"backward": [{"mm_per_s": 1}, {"mm_per_s": 2}]}}},
        "/passings/fastest/backward",
        "nothing comes behind one for any length",
    ),
    (
        "a missed lap that cannot be",
        {"laps": {"missed": {"from_percent": 240}}},
        "/laps/missed/to_percent",
        "put the lower one first",
    ),
    ("a lap in no time", {"laps": {"least": {"backward_us": 0}}}, "/laps/least/backward_us", "longer than no time"),
    (
        "rooms without a last row",
        {"rounds": {"room": [{"longest_m": 9, "most": 2}]}},
        "/rounds/room",
        "heats without lanes: the last row",
    ),
    (
        "room for nobody to be left behind",
        {"rounds": {"room": [{"longest_m": 9, "most": 9}, {"most": 2}]}},
        "/rounds/room/1/most",
        "two of each heat go on (R20)",
    ),
    ("a round named twice", {"rounds": {"names": ["a", "b", "a"]}}, "/rounds/names/2", "a round is listed twice"),
    ("a semi-final named as a round", {"rounds": {"semi_final": "round-2"}}, "/rounds/semi_final", "'round-2' too"),
    ("a final named as a round", {"rounds": {"final": "round-1"}}, "/rounds/final", "'round-1' too"),
    ("a final named as the semi-final", {"rounds": {"final": "semi-final"}}, "/rounds/final", "'semi-final' too"),
    ("points of no table", {"points": {"combined": "decathlon"}}, "/points/combined", "there are combined-events"),
    ("points of a time of no table", {"points": {"scoring": "x"}}, "/points/scoring", "'x' is no table of formulas"),
    ("rest without a last row", {"rounds": {"rest": []}}, "/rounds/rest", "rest between rounds"),
    (
        "a round that does not add up",
        plans({"up_to": 16, "rounds": [{**STEP, "times": 3}]}),
        "/rounds/progressions/0/plans/0/rounds/0",
        "2 heats × 3 places + 3 times are 9, and the next round takes 8 (R21)",
    ),
    (
        "a final of another size",
        plans({"up_to": 16, "rounds": [STEP]}, final=9),
        "/rounds/progressions/0/plans/0/rounds/0",
        "8 go on to a final of 9 (R21)",
    ),
    (
        "a round that takes as many as it sends on",
        plans({"up_to": 16, "rounds": [STEP, STEP]}),
        "/rounds/progressions/0/plans/0/rounds/1",
        "8 come into this round",
    ),
    (
        "more heats than runners",
        plans(
            {
                "up_to": 16,
                "rounds": [{**STEP, "times": 6, "through": 12}, {**STEP, "heats": 13, "places": 0, "times": 8}],
            }
        ),
        "/rounds/progressions/0/plans/0/rounds/1",
        "12 come into this round",
    ),
    (
        "plans out of order",
        plans({"up_to": 16, "rounds": []}, {"up_to": 16, "rounds": []}),
        "/rounds/progressions/0/plans/1/up_to",
        "put smaller fields first",
    ),
    (
        "more rounds than names",
        {
            "rounds": {
                "names": [],
                **plans({"up_to": 32, "rounds": [{**STEP, "places": 6, "times": 4, "through": 16}, STEP]})["rounds"],
            }
        },
        "/rounds/progressions/0/plans/0/rounds",
        "2 rounds before the final, and names for 1",
    ),
    (
        "progressions out of order",
        {"rounds": {"progressions": [{"final": 8, "plans": [], "longest_m": m} for m in (800, 400)]}},
        "/rounds/progressions/1",
        "rows stand in order",
    ),
    (
        "progressions of relays out of order",
        {"rounds": {"progressions": [{"final": 8, "plans": [], "longest_m": m, "relay": True} for m in (800, 400)]}},
        "/rounds/progressions/1",
        "rows stand in order",
    ),
    (
        "a lane in two groups",
        {"lanes": {"groups": [lanes([1, 2], [2, 3])]}},
        "/lanes/groups/0/groups",
        "name each lane from 1 to 3 once, not [1, 2, 2, 3]",
    ),
    ("a lane in no group", {"lanes": {"groups": [lanes([1, 2])]}}, "/lanes/groups/0/groups", "not [1, 2]"),
    (
        "one track twice",
        {"lanes": {"groups": [lanes([1, 2, 3]), lanes([1], [2, 3])]}},
        "/lanes/groups/1",
        "is listed twice",
    ),
    ("a straight longer than the bend", {"lanes": {"bend_to_m": 60}}, "/lanes/bend_to_m", "no longer than"),
    (
        "wind out of order",
        {"wind": {"measured": [{"longest_m": m, "start": "gun", "seconds": 5} for m in (200, 100)]}},
        "/wind/measured/1",
        "rows stand in order",
    ),
    ("a block that is missing", {"order": {"blocks": PLAIN["order"]["blocks"][1:]}}, "/order/blocks", "each block"),
    (
        "age groups that overlap",
        {"categories": {"groups": [{"name": "A", "max_age": 40}, {"name": "B", "min_age": 40}]}},
        "/categories/groups/1",
        "would take the same athlete",
    ),
    (
        "an age that nobody has",
        {"categories": {"groups": [{"name": "A", "max_age": 151}]}},
        "/categories/groups/0/max_age",
        "ages are from 0 to 150, not 151",
    ),
    (
        "an age group without a name",
        {"categories": {"groups": [{"name": " "}]}},
        "/categories/groups/0/name",
        "name an",
    ),
    (
        "an age group with too long a name",
        {"categories": {"groups": [{"name": 201 * "A"}]}},
        "/categories/groups/0/name",
        "name an age group with one line of text",
    ),
    (
        "a code twice",
        {"disqualifications": [PLAIN["disqualifications"][0]] * 2},
        "/disqualifications/1",
        "a code of disqualification is listed twice",
    ),
    (
        "no rule for long races",
        {"conduct": {"breaks": [{"rule": "free"}, {"rule": "lanes", "relay": True, "longest_m": 100}]}},
        "/conduct/breaks",
        "leaving lanes in relays: the last row",
    ),
    (
        "no rule for long races of one runner",
        {"conduct": {"breaks": [{"rule": "free", "longest_m": 100}, {"rule": "free", "relay": True}]}},
        "/conduct/breaks",
        "leaving lanes in races: the last row",
    ),
    (
        "a break nowhere",
        {"conduct": {"breaks": [{"rule": "break"}, {"rule": "free", "relay": True}]}},
        "/conduct/breaks/0/after_m",
        "say after how many metres",
    ),
    ("zones without a last row", {"relays": {"zones": []}}, "/relays/zones", "takeover zones: the last row"),
    (
        "a worse place worth more",
        {"points": {"placing": [8, 9]}},
        "/points/placing/1",
        "place 2 is worth 9 points and place 1 only 8",
    ),
    (
        "a team too small to score",
        {"teams": {"cross_country": {"starting": 3}}},
        "/teams/cross_country/starting",
        "a team of 3 cannot have 4 who score",
    ),
    (
        "more women than who score",
        {"teams": {"road": {"min_women": 4}}},
        "/teams/road/min_women",
        "of 3 who score, 4 cannot be women",
    ),
]
