"""A relay whose runners wear chips of their own: each counts for the team, on the runner's own leg alone (R78)."""

from typing import Any

import pytest

from app.domain.facts import HeatClosed, LegsNamed, MeetClosed, Recorded, RegistrationWithdrawn
from app.domain.ids import AthleteId, EventId, HeatId, RegistrationId
from app.timing.projection import Projection
from app.timing.relays import TeamRun
from tests.timing.builders import S, Script, at, points, road, track

RELAY = HeatId("relay/final/1")
LINE = points(
    ("start", 0), ("400 m", 400, "line"), ("800 m", 800, "line"), ("1200 m", 1_200, "line"), ("finish", 1_600, "line")
)
TEAMS = {"NOR": "1234", "SWE": "5678"}
NOR = RegistrationId("relay/NOR")


def relay(**changes: Any) -> Script:
    """4x400 m of two teams, chips on the runners 1 to 8, who are entered in a 10 km of their own."""
    script = Script()
    script.event("e", road())
    for bib in "12345678":
        script.runner(bib)
    given: dict[str, Any] = {
        "relay_legs": 4,
        "timing": "transponder",
        "start": "mass",
        "points": LINE,
        "ruleset": "local",
    }
    script.event("relay", track(400, **(given | changes)))
    for team in TEAMS:
        script.runner(team, "relay", chips=[])
    script.draw("e")
    script.draw("relay")
    name(script)
    script.gun(RELAY)
    return script


def name(script: Script, **teams: str) -> None:
    for team, bibs in (teams or TEAMS).items():
        athletes = tuple(AthleteId(f"a{bib}") for bib in bibs)
        script.record(LegsNamed(heat=RELAY, registration=RegistrationId(f"relay/{team}"), athletes=athletes))


def run(script: Script, *seconds: float, bibs: str = "1234", source: str = "line") -> None:
    for bib, when in zip(bibs, seconds, strict=False):
        script.read(source, bib, when)


def team(script: Script, name: str = "NOR") -> TeamRun:
    return script.project().team_runs(EventId("relay"), "final")[RELAY, RegistrationId(f"relay/{name}")]


def marks(script: Script, name: str = "NOR") -> list[str | None]:
    return [leg.mark for leg in team(script, name).legs]


def states(script: Script, **wanted: Any) -> list[str]:
    return [read.state for read in script.project().reads(**wanted)]


def test_r78_each_leg_ends_where_the_chip_of_its_runner_crosses() -> None:
    script = relay()
    run(script, 60, 121, 183.5, 240)
    run(script, 61, 120, 180, 241, bibs="5678")
    lines = script.lines("relay")
    assert [(lines[bib].place, lines[bib].mark) for bib in TEAMS] == [(1, "4:00.0"), (2, "4:01.0")]
    assert marks(script) == ["1:00.0", "1:01.0", "1:02.5", "56.5"]
    assert states(script) == ["used"] * 8


def test_r78_who_waits_at_the_line_or_walks_over_it_afterwards_takes_nothing_over() -> None:
    script = relay()
    script.read("line", "2", 58)
    script.read("line", "2", 60.1)
    script.read("line", "1", 60)
    script.read("line", "1", 118)
    run(script, 121, 183.5, 240, bibs="234")
    assert marks(script) == ["1:00.0", "1:01.0", "1:02.5", "56.5"]
    assert states(script) == ["ghost", "ghost", "used", "superseded", "used", "used", "used"]


def test_r78_nobody_but_the_last_runner_finishes() -> None:
    script = relay()
    run(script, 60, 121, 183.5)
    script.read("line", "1", 250)
    script.read("line", "3", 251)
    assert script.lines("relay")["NOR"].status is None
    script.read("line", "4", 260)
    assert script.lines("relay")["NOR"].mark == "4:20.0"


def test_r78_a_chip_of_the_team_and_chips_of_its_runners_go_together() -> None:
    script = relay()
    script.chip("BATON", "NOR")
    for when in (60.2, 121.2, 183.7, 240.2):
        script.read("line", "NOR", when, chip="BATON")
    run(script, 60, 121)
    assert marks(script) == ["1:00.0", "1:01.0", "1:02.7", "56.5"]


def test_r78_another_order_of_the_runners_makes_all_legs_anew() -> None:
    script = relay()
    run(script, 60, 121, 183.5, 240, bibs="2134")
    assert marks(script) == ["2:01.0", None, None, None]
    name(script, NOR="2134")
    assert marks(script) == ["1:00.0", "1:01.0", "1:02.5", "56.5"]


@pytest.mark.parametrize("reads_first", [True, False])
def test_r78_what_a_runner_does_in_a_race_of_their_own_is_not_of_the_relay(reads_first: bool) -> None:
    script = relay()
    script.record(HeatClosed(heat=RELAY, at=at(1_000)))
    if not reads_first:
        script.gun("e/final/1", 2_000)
    run(script, 60, 121, 183.5, 240)
    for place, when in (("start", 2_001), ("5k", 3_000), ("finish", 4_000)):
        script.read(place, "1", when)
    if reads_first:
        script.gun("e/final/1", 2_000)
    assert marks(script) == ["1:00.0", "1:01.0", "1:02.5", "56.5"]
    assert (script.lines("e")["1"].gun_us, script.lines("e")["2"].status) == (2_000 * S, None)


def test_r78_a_relay_takes_the_reads_of_an_own_race_that_started_before() -> None:
    script = relay(points=points(("start", 0), ("400 m", 400, "finish"), ("800 m", 800, "finish"), ("finish", 1_600)))
    script.gun("e/final/1", -3_000)
    script.read("finish", "1", -600)
    script.read("finish", "2", 121)
    assert (script.lines("e")["1"].gun_us, script.lines("e")["2"].status) == (2_400 * S, None)
    assert [split.point for split in script.lines("relay")["NOR"].splits] == ["800 m"]


def test_r78_why_names_the_reads_of_each_runner() -> None:
    script = relay()
    run(script, 60, 121, 183.5, 240)
    because = script.project().explain(EventId("relay"), RegistrationId("relay/NOR"))
    assert [(read.chip, read.point) for read in because.reads] == [
        ("C1", "400 m"),
        ("C2", "800 m"),
        ("C3", "1200 m"),
        ("C4", "finish"),
    ]
    assert [(one.point, one.chip) for one in because.passings] == [(r.point, r.chip) for r in because.reads]


ZONES = points(("start", 0), ("1st", 100), ("2nd", 200), ("3rd", 300), ("finish", 400))
RUN = (("1st", "1", 12), ("2nd", "2", 23), ("3rd", "3", 34.5), ("finish", "4", 45))


def by_zones(*reads: tuple[str, str, float]) -> Script:
    script = relay(distance_m=100, points=ZONES)
    for place, bib, when in reads:
        script.read(place, bib, when)
    return script


def test_r78_a_runner_of_another_leg_at_a_place_says_so() -> None:
    script = by_zones(("1st", "2", 11.5), *RUN)
    assert marks(script) == ["12.0", "11.0", "11.5", "10.5"]
    (told,) = script.project().reads(state="not_on_course")
    assert (told.chip, told.reason) == ("C2", "the runner of leg 2 passes no point at 1st (R78)")


def test_r78_only_the_first_runner_starts() -> None:
    script = by_zones(("start", "1", 2), ("start", "2", 3), *RUN)
    assert script.lines("relay")["NOR"].net_us == 43 * S


def test_r63_runners_of_one_team_at_two_places_at_once_are_no_twins() -> None:
    script = by_zones(*RUN, ("3rd", "3", 45.1))
    assert (script.lines("relay")["NOR"].mark, marks(script)[-1]) == ("45.0", "10.5")


def test_r78_who_is_seen_at_the_finish_before_the_last_runner_hurries_nobody() -> None:
    script = by_zones(*RUN[:2], ("3rd", "3", 36), ("finish", "1", 44))
    assert [split.point for split in script.lines("relay")["NOR"].splits] == ["1st", "2nd", "3rd"]


def test_r78_of_two_runners_at_the_line_in_one_instant_the_one_who_arrives_counts() -> None:
    script = relay()
    waiting, arriving = script.read("line", "2", 60), script.read("line", "1", 60)
    (passing,) = script.project().passings()
    assert (passing.seq, passing.chip) == (arriving, "C1")
    assert waiting not in passing.because


def test_chips_of_one_team_far_apart_are_nothing_odd() -> None:
    script = by_zones(*RUN, ("finish", "1", 200))
    assert [one.kind for one in script.project().anomalies(EventId("relay"))] == []


def test_r78_runners_of_a_team_that_withdrew_run_for_themselves() -> None:
    script = relay(points=points(("start", 0), ("400 m", 400, "finish"), ("finish", 1_600)))
    script.gun("e/final/1", -3_000)
    script.read("finish", "1", 60)
    assert script.lines("e")["1"].gun_us is None
    script.record(RegistrationWithdrawn(registration=RegistrationId("relay/NOR")))
    assert script.lines("e")["1"].gun_us == 3_060 * S


def test_r78_naming_the_runners_moves_their_own_races_too() -> None:
    script = relay()
    assert script.project().touched(EventId("e")) == script.head - 1
    name(script, NOR="1234")
    assert script.project().touched(EventId("e")) == script.head


def test_r78_tables_that_are_there_already_follow_the_names() -> None:
    script, projection = relay(), Projection()
    name(script, NOR="1238")
    run(script, 60, 121, 183.5, 240)
    projection.apply(facts(script), script.rows(script.log))
    assert projection.table(EventId("relay")).rows(0, 1)[0].status is None
    name(script, NOR="1234")
    projection.apply(facts(script)[-1:])
    assert projection.table(EventId("relay")).rows(0, 1)[0].mark == "4:00.0"


def facts(script: Script) -> list[Recorded]:
    return [one for one in script.log if isinstance(one, Recorded)]


def test_r78_read_by_read_a_relay_and_a_race_of_their_own_stay_apart() -> None:
    script = relay(
        points=points(("start", 0), *((f"{n} m", n, "finish") for n in (400, 800, 1_200)), ("finish", 1_600, "finish"))
    )
    projection = Projection()
    script.gun("e/final/1", -3_000)
    script.source("finish")
    projection.apply(facts(script))
    for event in ("e", "relay"):
        projection.table(EventId(event))
    for bib, when in (("1", 60), ("2", 121), ("3", 183.5), ("4", 240)):
        script.read("finish", bib, when)
        projection.apply([], script.rows(script.log[-1:]))
    rows = {event: projection.table(EventId(event)).rows(0, 8) for event in ("e", "relay")}
    assert (rows["relay"][0].mark, {one.gun_us for one in rows["e"]}) == ("4:00.0", {None})


@pytest.mark.parametrize(
    ("course", "reads"),
    [
        (
            {},
            (("line", "2", 60.1), ("line", "1", 60), ("line", "3", 183.5), ("line", "2", 121), ("line", "4", 240)),
        ),
        ({"distance_m": 100, "points": ZONES}, (("1st", "2", 11.5), *RUN, ("finish", "1", 50))),
    ],
)
def test_r78_read_by_read_equals_all_at_once(course: dict[str, Any], reads: tuple[tuple[str, str, float], ...]) -> None:
    script, projection = relay(**course), Projection()
    for place in {place for place, _, _ in reads}:
        script.source(place)
    projection.apply(facts(script))
    projection.table(EventId("relay"))
    for place, bib, when in reads:
        script.read(place, bib, when)
        projection.apply([], script.rows(script.log[-1:]))
        now, anew = projection.table(EventId("relay")), script.project().table(EventId("relay"))
        assert now.rows(0, 2) == anew.rows(0, 2)
    assert projection.table(EventId("relay")).rows(0, 1)[0].status == "OK"


@pytest.mark.parametrize("few", [True, False])
def test_r78_a_team_that_its_own_legs_name_keeps_its_chip_and_runs_no_leg(few: bool) -> None:
    script, projection = relay(), Projection()
    script.chip("BATON", "NOR")
    script.source("line")
    script.record(LegsNamed(heat=RELAY, registration=NOR, athletes=tuple(map(AthleteId, ("a1", "aNOR", "a3", "a4")))))
    if few:
        projection.apply(facts(script))
        projection.table(EventId("relay"))
    for when in (60, 121, 183.5, 240):
        script.read("line", "NOR", when, chip="BATON")
        if few:
            projection.apply([], script.rows(script.log[-1:]))
    if not few:
        projection = script.project()
    assert projection.table(EventId("relay")).rows(0, 1)[0].mark == "4:00.0"
    legs = projection.team_runs(EventId("relay"), "final")[RELAY, NOR].legs
    assert [leg.mark for leg in legs] == ["1:00.0", "1:01.0", "1:02.5", "56.5"]


def test_r78_reads_that_come_in_bulk_renew_the_relay_of_who_was_read() -> None:
    script, projection = relay(), Projection()
    script.source("line")
    projection.apply(facts(script))
    assert projection.table(EventId("relay")).rows(0, 1)[0].status is None
    script.record(MeetClosed())
    run(script, 60, 121, 183.5, 240)
    projection.apply(facts(script)[-1:], script.rows(script.log[-4:]))
    assert projection.table(EventId("relay")).rows(0, 1)[0].mark == "4:00.0"


def test_r78_runners_who_are_named_later_bring_the_reads_they_have() -> None:
    script = relay()
    name(script, NOR="1238")
    run(script, 60, 121, 183.5, 240)
    assert script.lines("relay")["NOR"].status is None
    name(script, NOR="1234")
    assert script.lines("relay")["NOR"].mark == "4:00.0"
