"""Standings whole: order, places, gaps and how each time was taken, over all and at a point (R44–R46, R51)."""

from dataclasses import asdict
from typing import Any

import pytest

from app.domain.facts import LineTimeTaken, Recorded, RegistrationWithdrawn
from app.domain.ids import EventId, HeatId, RegistrationId, TimeId
from app.domain.meet import Category, RoundSpec
from app.domain.units import Duration
from app.timing.projection import Projection
from app.timing.standings import StandingsTable
from tests.timing.builders import S, Script, at, road, track

E = EventId("e")
HEAT = HeatId("e/final/1")
AGES = (Category(name="U40", max_age=39), Category(name="40+", min_age=40))


def ten(**changes: Any) -> Script:
    """Thirteen on the road over 10 km: in, on the way, out in every manner, and somebody who was never seen."""
    script = Script()
    script.event(spec=road(categories=AGES, **changes))
    for n in range(1, 14):
        role = {9: "guest", 10: "pacer"}.get(n, "competitor")
        script.runner(f"{n:02}", sex="MW"[n % 2], age=30 + 3 * n, role=role)
    script.draw()
    script.gun()
    seen: dict[str, tuple[float | None, ...]] = {
        "01": (2, 1_300, 2_600.2),
        "02": (10, 1_200, 2_500.5),
        "03": (1, 1_250, 2_600.1),
        "04": (4, None, 2_700),
        "05": (5, 1_400, None),
        "06": (3, 1_350, None),
        "07": (6, None, None),
        "08": (7, 1_500, 2_900),
        "09": (8, 1_199, 2_499),
        "10": (9, 1_201, None),
        "11": (11, 1_450, None),
        "12": (12, 1_100, 2_300),
    }
    for bib, times in seen.items():
        for source, when in zip(("start", "5k", "finish"), times, strict=True):
            if when is not None:
                script.read(source, bib, when)
    script.rule("08", "dq", rule="TR7.1")
    script.rule("11", "dnf")
    script.rule("13", "dns")
    script.rule("12", "time", elapsed_us=Duration(2_650 * S))
    return script


def table(script: Script, point: str | None = None, **filters: Any) -> StandingsTable:
    return script.project().table(E, point, **filters)


def printed(lines: StandingsTable) -> list[str]:
    """Place, places within sex and category, bib, mark, gap, status and flags of each."""
    out = []
    for one in lines.rows(0, len(lines)):
        places = "/".join(str(place or "-") for place in (one.place, one.place_sex, one.place_category))
        gap = "" if one.gap_us is None else f"+{one.gap_us / S:g}"
        said = [one.bib, one.mark or "", gap, one.status or one.state, *one.flags]
        out.append(" ".join([places, *(word for word in said if word)]))
    return out


OUT_AND_ON_THE_WAY = [
    "-/-/- 10 started pacemaker",
    "-/-/- 06 started",
    "-/-/- 05 started",
    "-/-/- 07 started",
    "-/-/- 11 DNF",
]


def test_r46_the_sheet_of_a_race_on_the_road() -> None:
    assert printed(table(ten())) == [
        "1/1/1 02 41:41 +0 OK",
        "2/1/1 03 43:21 +100 OK",
        "3/2/2 01 43:21 +100 OK",
        "4/2/1 12 44:10 +149 OK time_ruled",
        "5/3/2 04 45:00 +199 OK missed_split",
        *OUT_AND_ON_THE_WAY,
        "-/-/- 08 DQ",
        "-/-/- 09 41:39 OK OC",
        "-/-/- 13 DNS",
    ]


def test_r51_net_times_rank_from_the_own_start() -> None:
    assert printed(table(ten(ranking="net"))) == [
        "1/1/1 02 41:31 +0 OK",
        "2/1/1 01 43:19 +108 OK",
        "3/2/2 03 43:20 +109 OK",
        "4/2/1 12 44:10 +159 OK time_ruled",
        "5/3/2 04 44:56 +205 OK missed_split",
        *OUT_AND_ON_THE_WAY,
        "-/-/- 08 DQ",
        "-/-/- 09 41:31 OK OC",
        "-/-/- 13 DNS",
    ]


AT_5K = {
    "gun": "12 18:20 +0, 02 20:00 +100, 10 20:01 +101, 03 20:50 +150, 01 21:40 +200, 06 22:30 +250, 05 23:20 +300, "
    "11 24:10 +350, 04, 07, 08 25:00, 09 19:59, 13",
    "net": "12 18:08 +0, 02 19:50 +102, 10 19:52 +104, 03 20:49 +161, 01 21:38 +210, 06 22:27 +259, 05 23:15 +307, "
    "11 23:59 +351, 04, 07, 08 24:53, 09 19:51, 13",
}


@pytest.mark.parametrize("ranking", ["gun", "net"])
def test_r51_at_a_point_all_who_passed_it_rank_by_their_split(ranking: str) -> None:
    """Pacemakers and who gave up later among them; guests and who is disqualified have a time there and no place."""
    lines = printed(table(ten(ranking=ranking), "5k"))
    kept = (word for line in lines for word in [" ".join(w for w in line.split()[1:] if w[0] in "+0123456789")])
    assert ", ".join(kept) == AT_5K[ranking]
    places = ["1/1/1", "2/2/1", "3/3/2", "4/1/1", "5/2/2", "6/4/3", "7/3/1", "8/4/2", *["-/-/-"] * 5]
    assert [line.split()[0] for line in lines] == places


def test_a_time_that_was_ruled_says_so_at_the_finish_and_nowhere_else() -> None:
    said = {point: table(ten(), point).find(RegistrationId("e/12")) for point in (None, "5k", "finish")}
    assert {point: (one.timed_by, one.resolution_us, one.flags) for point, one in said.items()} == {
        None: ("ruled", S, ("time_ruled",)),
        "5k": ("transponder", 50_000, ()),
        "finish": ("ruled", S, ("time_ruled",)),
    }


def test_without_a_time_nothing_is_said_of_how_it_was_taken() -> None:
    lines = {str(one.bib): one for one in table(ten()).rows(0, 13)}
    assert {(lines[bib].timed_by, lines[bib].resolution_us, lines[bib].gap_us) for bib in ("05", "08", "13")} == {
        (None, None, None)
    }
    assert [lines[bib].start_us for bib in ("02", "07", "13")] == [10 * S, 6 * S, None]


def test_the_lines_of_a_sex_and_a_category_keep_their_places_over_all() -> None:
    assert [line.split()[:2] for line in printed(table(ten(), sex="W"))] == [
        ["2/1/1", "03"], ["3/2/2", "01"], ["-/-/-", "05"], ["-/-/-", "07"], ["-/-/-", "11"], ["-/-/-", "09"],
        ["-/-/-", "13"],
    ]  # fmt: skip
    assert printed(table(ten(), "5k", category="U40")) == [
        "2/2/1 02 20:00 +100 OK",
        "4/1/1 03 20:50 +150 OK",
        "5/2/2 01 21:40 +200 OK",
    ]
    assert table(ten(), sex="W").find(RegistrationId("e/02")).place == 1, "filtered out or not"


def test_a_line_has_everything_of_its_runner() -> None:
    assert asdict(table(ten()).find(RegistrationId("e/02"))) == {
        "registration": "e/02",
        "athlete": "a02",
        "bib": "02",
        "role": "competitor",
        "sex": "M",
        "category": "U40",
        "wave": None,
        "round": "final",
        "heat": "e/final/1",
        "place": 1,
        "place_sex": 1,
        "place_category": 1,
        "status": "OK",
        "rule": None,
        "state": "finished",
        "elapsed_us": 2_500_500_000,
        "mark": "41:41",
        "gun_us": 2_500_500_000,
        "net_us": 2_490_500_000,
        "splits": (
            {"point": "5k", "elapsed_us": 1_200 * S, "mark": "20:00", "place": 2},
            {"point": "finish", "elapsed_us": 2_500_500_000, "mark": "41:41", "place": 1},
        ),
        "flags": (),
        "start_us": 10 * S,
        "gap_us": 0,
        "timed_by": "transponder",
        "resolution_us": 50_000,
    }


def test_what_moved_is_told_before_and_now_without_splits() -> None:
    script = ten()
    before = table(script)
    assert table(script).moved_since(before) == []
    script.rule("02", "dq", rule="TR7.1")
    moved = table(script).moved_since(before)
    assert [(was.bib, was.place, was.status, now.place, now.status) for was, now in moved] == [
        ("03", 2, "OK", 1, "OK"),
        ("01", 3, "OK", 2, "OK"),
        ("12", 4, "OK", 3, "OK"),
        ("04", 5, "OK", 4, "OK"),
        ("02", 1, "OK", None, "DQ"),
    ]
    assert {one.splits for pair in moved for one in pair} == {()}


def test_a_time_at_the_line_is_told_as_such_at_the_finish_alone() -> None:
    script = ten()
    taken = LineTimeTaken(time=TimeId("t"), heat=HEAT, at=at(2_800), registration=RegistrationId("e/05"))
    script.record(taken)
    lines = [table(script, point).find(RegistrationId("e/05")) for point in (None, "5k")]
    assert [(one.mark, one.timed_by) for one in lines] == [
        ("46:40", "manual_at_line"),
        ("23:20", "transponder"),
    ]


def two_rounds() -> Script:
    """Three in two heats, the first two in the final, where one of them fell."""
    script = Script()
    script.event(spec=track(100, rounds=(RoundSpec(name="heats"), RoundSpec(name="final"))))
    for bib in "1234":
        script.runner(bib)
    script.heats("12", "34", round="heats")
    script.finishes("e/heats/1", ("1", 10.2), ("2", 10.4))
    script.finishes("e/heats/2", ("3", 10.3), ("4", 10.1))
    script.heats("14")
    script.finishes("e/final/1", ("1", 10.5))
    script.rule("4", "dnf")
    return script


def test_r46_over_rounds_there_are_places_and_no_gaps() -> None:
    """Who was in the final is ahead of all who were not, and its second place stays free for nobody out before."""
    lines = table(two_rounds())
    assert [(one.bib, one.round, one.place, one.mark, one.gap_us) for one in lines.rows(0, 4)] == [
        ("1", "final", 1, "10.50", None),
        ("3", "heats", 3, "10.30", None),
        ("2", "heats", 4, "10.40", None),
        ("4", "final", None, None, None),
    ]


def test_a_table_is_of_the_log_as_it_was_whoever_asked_for_a_place_before() -> None:
    script = two_rounds()
    projection = Projection()
    projection.apply([one for one in script.log if isinstance(one, Recorded)])
    assert projection.places(E, RegistrationId("e/3"))[0] == 3
    assert projection.table(E).seq == script.head
    assert projection.table(E) is projection.table(E)


def test_a_pacemaker_who_gave_the_entry_up_stands_among_those_who_did_not_start() -> None:
    script = ten()
    script.record(RegistrationWithdrawn(registration=RegistrationId("e/13")))
    assert printed(table(script))[-1] == "-/-/- 13 DNS"
