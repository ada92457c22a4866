"""Tables of a relay that are there already follow the reads of its runners, and who is named to run (R78)."""

from typing import Any

import pytest

from app.domain.facts import LegsNamed, MeetClosed
from app.domain.ids import AthleteId, EventId
from app.timing.projection import Projection
from tests.timing.builders import points
from tests.timing.relay_scenes import NOR, RELAY, RUN, ZONES, facts, name, relay, run


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
