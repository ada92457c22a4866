"""Tables that an organizer overrides are seen in the results."""

from typing import Any

import pytest

from app.domain.facts import EventDescribed, MeetDescribed, Recorded
from app.domain.ids import EventId, HeatId
from app.domain.meet import Advance, EventSpec, MeetSpec, RoundSpec
from app.rules.laps import default_points
from app.rules.rulesets import rules_of
from tests.timing.builders import Script, mass_start, points, road, track

MEET = MeetSpec(name="Open", timezone="UTC", starts_on="2026-06-01", ends_on="2026-06-01")
CHIP_ON_TRACK = [
    {"method": method, "surface": surface, "unit_us": 100_000}
    for method in ("photo_finish", "hand", "transponder")
    for surface in ("track", "road")
]


def sprint(rules: dict[str, Any], *finishes: tuple[str, float], **changes: Any) -> Script:
    script = Script()
    script.event(spec=track(rules=rules, **changes))
    for bib, _ in finishes:
        script.runner(bib)
    (heat,) = script.heats([bib for bib, _ in finishes])
    script.finishes(heat, *finishes)
    return script


def results(script: Script, heat: str = "e/final/1") -> list[tuple[str, int | None, str | None, str | None]]:
    return [(r.bib, r.place, r.mark, r.thousandths) for r in script.project().heat_results(HeatId(heat))]


def test_precision() -> None:
    rules = {"timing": {"precision": CHIP_ON_TRACK}}
    assert results(sprint({}, ("1", 10.213), ("2", 10.291))) == [("1", 1, "10.22", None), ("2", 2, "10.30", None)]
    assert results(sprint(rules, ("1", 10.213), ("2", 10.291))) == [
        ("1", 1, "10.3", "(.213)"),
        ("2", 2, "10.3", "(.291)"),
    ]


def test_what_an_image_tells_apart() -> None:
    rules = {"timing": {"image_us": 10_000}}
    assert [r[1] for r in results(sprint({}, ("1", 10.213), ("2", 10.218)))] == [1, 2]
    assert [r[1] for r in results(sprint(rules, ("1", 10.213), ("2", 10.218)))] == [1, 1]


@pytest.mark.parametrize(
    ("rules", "status"), [({}, None), ({"passings": {"fastest": {"forward": [{"mm_per_s": 20_000}]}}}, "OK")]
)
def test_fastest_speeds(rules: dict[str, Any], status: str | None) -> None:
    """10 km in ten minutes, on a bicycle."""
    script = mass_start(rules=rules)
    script.reads("1", start=1.0, finish=600.0)
    assert script.lines()["1"].status == status


@pytest.mark.parametrize(("rules", "chosen"), [({}, 2_003), ({"passings": {"same_us": 1_000_000}}, 2_000)])
def test_reads_of_one_passing(rules: dict[str, Any], chosen: int) -> None:
    """A main reader three seconds after a backup: the same passing, or not."""
    script = mass_start(rules=rules)
    script.source("finish")
    script.source("finish", "spare", role="backup")
    script.read("spare", "1", 2_000.0)
    script.read("finish", "1", 2_003.0)
    assert script.lines()["1"].gun_us == chosen * 1_000_000


@pytest.mark.parametrize(("rules", "splits"), [({}, 2), ({"passings": {"twins_us": 300_000}}, 0)])
def test_reads_at_two_places_at_once(rules: dict[str, Any], splits: int) -> None:
    spec = road(points=points(("start", 0), ("a", 5_000), ("b", 5_001), ("finish", 10_000)), rules=rules)
    script = Script()
    script.event(spec=spec)
    script.runner("1")
    script.draw()
    script.gun()
    script.reads("1", a=1_000.0, b=1_000.25)
    line = script.lines()["1"]
    assert len(line.splits) == splits


@pytest.mark.parametrize(("rules", "status"), [({}, None), ({"passings": {"slowest_mm_per_s": 3_000}}, "DNF")])
def test_the_slowest_pace(rules: dict[str, Any], status: str | None) -> None:
    """Who is not in after the start window and a walk over the distance did not finish."""
    script = mass_start(rules=rules)
    script.reads("1", start=1.0)
    script.reads("2", start=1.0, finish=9_500.0)
    assert script.lines()["1"].status == status


def lap_race(metres: int, rules: dict[str, Any]) -> EventSpec:
    spec = track(metres, timing="transponder", start="mass", points=(), rules=rules)
    return track(
        metres,
        timing="transponder",
        start="mass",
        rules=rules,
        points=default_points(spec, rules_of(None, spec).laps, 400),
    )


def laps_of(spec: EventSpec, *seconds: float) -> Any:
    script = Script()
    script.event(spec=spec)
    script.runner("1")
    script.draw()
    script.gun()
    for when in seconds:
        script.read("finish", "1", when)
    return script.lines()["1"]


def test_the_shortest_lap() -> None:
    crossed = (60.0, 110.0, 170.0)
    assert len(laps_of(lap_race(2_000, {}), *crossed).splits) == 3
    rules = {"laps": {"least": {"forward_us": 55_000_000}}}
    assert len(laps_of(lap_race(2_000, rules), *crossed).splits) == 2


def test_the_fastest_opening() -> None:
    rules = {"laps": {"opening_mm_per_s": {"forward": 5_000}}}
    assert laps_of(lap_race(2_000, {}), 70.0).splits[0].elapsed_us == 70_000_000
    assert laps_of(lap_race(2_000, rules), 70.0).splits == ()


def test_what_hides_a_missed_lap() -> None:
    crossed = (72.0, 144.5, 289.3, 361.5)
    assert "missed_split" in laps_of(lap_race(10_000, {}), *crossed, 433.0).flags
    rules = {"laps": {"missed": {"from_percent": 220}}}
    assert laps_of(lap_race(10_000, rules), *crossed, 433.0).flags == ()


def test_the_nearest_crossing_makes_the_points_of_a_course() -> None:
    mile = [p.distance_m for p in lap_race(1_609, {}).points]
    assert mile == [0, 409, 809, 1_209, 1_609]
    every = lap_race(1_609, {"laps": {"nearest_crossing_m": 0}})
    assert [p.distance_m for p in every.points] == [0, 9, *mile[1:]]


BLOCKS = ["placed", "DQ", "DNS", "DNF", "guest", "racing", "entered"]


def test_the_order_of_a_sheet() -> None:
    def lines(rules: dict[str, Any]) -> list[str]:
        script = mass_start(rules=rules)
        script.runner("5", role="guest")
        script.runner("6")
        for bib in "35":
            script.reads(bib, start=1.0, finish=2_000.0)
        script.reads("4", start=1.0)
        for bib, ruled in (("1", "dns"), ("2", "dq"), ("6", "dnf")):
            script.rule(bib, ruled)
        return list(script.lines())

    assert lines({}) == ["3", "4", "6", "2", "5", "1"]
    assert lines({"order": {"blocks": BLOCKS}}) == ["3", "2", "1", "6", "5", "4"]


def test_the_order_of_a_heat() -> None:
    def bibs(rules: dict[str, Any]) -> list[str]:
        script = sprint(rules, ("1", 10.1))
        script.rule("1", "dnf")
        script.runner("2")
        script.heats(["1", "2"])
        script.rule("2", "dq")
        by_round = script.project().round_results(EventId("e"), "final")
        in_heat = script.project().heat_results(HeatId("e/final/1"))
        assert [r.bib for r in by_round] == [r.bib for r in in_heat]
        return [r.bib for r in in_heat]

    assert (bibs({}), bibs({"order": {"blocks": BLOCKS}})) == (["1", "2"], ["2", "1"])


@pytest.mark.parametrize(("fill", "third"), [(True, "q"), (False, None)])
def test_places_that_a_heat_cannot_fill(fill: bool, third: str | None) -> None:
    script = Script()
    rounds = (RoundSpec(name="heats", advance=Advance(places=2)), RoundSpec(name="final"))
    script.event(spec=track(rounds=rounds, rules={"rounds": {"fill_by_time": fill}}))
    for bib in "12345":
        script.runner(bib)
    one, other = script.heats("123", "45", round="heats")
    script.finishes(one, ("1", 10.1), ("2", 10.2), ("3", 10.3))
    script.finishes(other, ("4", 10.5), ("5", None, {"status": "DNF"}))
    words = {r.bib: r.qualification for r in script.project().round_results(EventId("e"), "heats")}
    assert words == {"1": "Q", "2": "Q", "4": "Q", "3": third, "5": None}


def test_age_groups_of_the_ruleset_are_given_to_runners_where_they_are_assigned() -> None:
    script = Script()
    script.event(spec=road(ruleset="masters", ruleset_version="2026.1"))
    script.runner("1", age=47)
    script.event("f", spec=road())
    script.runner("1", event="f", age=47)
    assert script.lines()["1"].category == "M45"
    assert script.lines("f")["1"].category is None


def test_what_the_meet_overrides_later_changes_results_that_are_there() -> None:
    script = sprint({}, ("1", 10.213))
    projection = script.project()
    assert projection.heat_results(HeatId("e/final/1"))[0].mark == "10.22"
    seq, before = script.head, projection.touched(EventId("e"))
    meet = MeetSpec(**{**fields(MEET), "rules": {"timing": {"precision": CHIP_ON_TRACK}}})
    script.record(MeetDescribed(spec=meet))
    projection.apply([e for e in script.log[seq:] if isinstance(e, Recorded)])
    assert projection.heat_results(HeatId("e/final/1"))[0].mark == "10.3"
    assert projection.touched(EventId("e")) == script.head > before
    script.record(EventDescribed(event=EventId("e"), spec=track(rules={"timing": {"precision": [
        {**row, "unit_us": 1_000_000} for row in CHIP_ON_TRACK
    ]}})))  # fmt: skip
    projection.apply([e for e in script.log[-1:] if isinstance(e, Recorded)])
    assert projection.heat_results(HeatId("e/final/1"))[0].mark == "0:11"


def fields(spec: MeetSpec) -> dict[str, Any]:
    return {name: getattr(spec, name) for name in MeetSpec.__slots__}
