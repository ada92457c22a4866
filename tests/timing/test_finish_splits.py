"""The split at the finish is the official time, and laps add up to it in print (R53, R109)."""

import pytest

from app.domain.ids import EventId
from app.domain.state import MeetState
from app.timing.standing import Standing
from app.timing.standings import StandingsTable
from app.views.splits import Course, split_items
from tests.timing.builders import Script, points, track


def two_laps() -> Script:
    """800 m by photo finish, with a chip that is read at the line."""
    script = Script()
    script.event(spec=track(800, points=points(("start", 0), ("400 m", 400, "finish"), ("finish", 800))))
    script.runner("1", chips=["C1"])
    script.runner("2", chips=["C2"])
    script.heats("12")
    script.gun()
    for bib, *seconds in (("1", 117.2, 235.97), ("2", 117.9, 235.96)):
        for at in seconds:
            script.read("finish", bib, at)
    return script


def table(script: Script, point: str | None = None) -> StandingsTable:
    return script.project().table(EventId("e"), point)


def told(script: Script, bib: str) -> list[tuple[str, str, int | None]]:
    return [(split.point, split.mark, split.place) for split in script.lines()[bib].splits]


def laps(state: MeetState, row: Standing) -> list[str]:
    return [item["lap_mark"] for item in split_items(Course.of(state, state.events[EventId("e")].spec), row)]


def test_r53_the_split_at_the_finish_is_what_the_photo_finish_read() -> None:
    script = two_laps()
    assert told(script, "1") == [("400 m", "1:58", 1), ("finish", "3:56", 2)], "until it is read"
    script.finishes("e/final/1", ("1", 235.943), ("2", 235.951))
    assert told(script, "1") == [("400 m", "1:58", 1), ("finish", "3:55.95", 1)]
    assert told(script, "2")[1] == ("finish", "3:55.96", 2)
    row = script.lines()["1"]
    assert (row.mark, row.splits[1].elapsed_us) == ("3:55.95", 235_943_000)
    assert laps(script.project().state, row) == ["1:58", "1:57.95"]


def test_at_the_finish_all_rank_by_their_official_times() -> None:
    script = two_laps()
    script.finishes("e/final/1", ("1", 235.943), ("2", 235.951))
    rows = table(script, "finish").rows(0, 2)
    assert [(row.bib, row.place, row.mark, row.timed_by) for row in rows] == [
        ("1", 1, "3:55.95", "photo_finish"),
        ("2", 2, "3:55.96", "photo_finish"),
    ]


@pytest.mark.parametrize("kind", ["dq", "dnf"])
def test_who_is_out_keeps_what_the_mat_saw(kind: str) -> None:
    script = two_laps()
    script.finishes("e/final/1", ("1", 235.943), ("2", 235.951))
    script.rule("1", kind)
    assert told(script, "1")[1][1] == "3:56"


def test_a_time_that_was_ruled_is_the_split_at_the_finish() -> None:
    script = two_laps()
    script.rule("1", "time", elapsed_us=234_000_000)
    line = script.lines()["1"]
    assert line.splits[1].mark == line.mark


def test_without_a_read_at_the_finish_there_is_no_split_there() -> None:
    script = Script()
    script.event(spec=track())
    script.runner("1")
    script.heats("1")
    script.finishes("e/final/1", ("1", 10.2))
    assert script.lines()["1"].splits == ()
