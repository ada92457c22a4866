"""What is said of each read, word for word: the passing that it is, or the rule by which it is none (R62–R64, R100)."""

from typing import Any

import pytest

from app.domain.facts import HeatClosed, LineTimeTaken
from app.domain.ids import EventId, HeatId, RegistrationId, TimeId
from tests.timing.builders import S, Script, at, road
from tests.timing.lap_scenes import laps, race

E = EventId("e")
HEAT = HeatId("e/final/1")

LAST = "the last valid read at start (R62)"
EARLIER = "the last read on the start mat counts (R62)"
BESIDE = "within 5 s of the read that counts at {} (R63)"
FIRST = "the first valid read at {} (R62)"
AFTER = "after the runner's finish (R62)"
MATS = "within 200 ms of a read at another place: the mats are misconfigured (R63)"
TOO_FAST = "too fast for {} (R63, R100)"
NO_TIME = "leaves no time to run from 5k to the finish (R63)"

Told = list[tuple[str, float, str, str | None, str]]


def ten(**changes: Any) -> Script:
    """A 10 km with a 5 km mat; runners 1 and 2; gun at 0. Nobody is at 5 km before 714.285715 s."""
    script = Script()
    script.event(spec=road(**changes))
    for bib in "12":
        script.runner(bib)
    script.draw()
    script.gun()
    return script


def told(script: Script) -> Told:
    """Source, seconds after the gun, state, point, reason."""
    return [
        (str(read.source), (read.at_us - at(0)) / S, read.state, read.point, read.reason)
        for read in script.project().reads()
    ]


@pytest.mark.parametrize(
    "expected",
    [
        pytest.param(
            [
                ("start", -5.000001, "early", None, "more than 5 s before the gun (R62)"),
                ("start", -5, "superseded", "start", EARLIER),
                ("start", 9.2, "superseded", "start", EARLIER),
                ("start", 5_400, "used", "start", LAST),
                ("start", 5_400.000001, "duplicate", "start", BESIDE.format("start")),
                ("start", 6_000, "late", None, "after the start window (R62)"),
            ],
            id="R62 the start window is from 5 s before the gun to its last second",
        ),
        pytest.param(
            [
                ("start", 4.899999, "superseded", "start", EARLIER),
                ("start", 4.9, "duplicate", "start", BESIDE.format("start")),
                ("start", 9.9, "used", "start", LAST),
            ],
            id="R63 reads exactly 5 s apart are one passing",
        ),
        pytest.param(
            [
                ("finish", 1_420, "ghost", None, TOO_FAST.format("finish")),
                ("finish", 1_428.571429, "used", "finish", FIRST.format("finish")),
                ("finish", 1_433.571429, "duplicate", "finish", BESIDE.format("finish")),
                ("finish", 1_433.57143, "after_finish", None, AFTER),
                ("finish", 86_399.999999, "after_finish", None, AFTER),
                ("finish", 86_400, "late", None, "more than 24 h after the gun"),
            ],
            id="R63 nobody finishes before the least time, and nothing counts after a day",
        ),
        pytest.param(
            [
                ("5k", 705, "ghost", None, TOO_FAST.format("5k")),
                ("5k", 714.285715, "used", "5k", FIRST.format("5k")),
                ("5k", 719, "duplicate", "5k", BESIDE.format("5k")),
                ("5k", 1_300, "superseded", "5k", "the first read at 5k counts (R62)"),
            ],
            id="R62 R63 the first possible read on the way counts",
        ),
        pytest.param(
            [
                ("start", 10, "used", "start", LAST),
                ("5k", 719, "ghost", None, TOO_FAST.format("5k")),
                ("5k", 724.285715, "used", "5k", FIRST.format("5k")),
            ],
            id="R63 the least time runs from the start line",
        ),
        pytest.param(
            [
                ("5k", 2_399.8, "ghost", None, MATS),
                ("finish", 2_400, "ghost", None, MATS),
                ("finish", 2_500, "used", "finish", FIRST.format("finish")),
            ],
            id="R63 one chip at two places at once is at neither",
        ),
        pytest.param(
            [
                ("5k", 2_399.799999, "ghost", None, NO_TIME),
                ("finish", 2_400, "used", "finish", FIRST.format("finish")),
                ("5k", 2_600, "after_finish", None, AFTER),
            ],
            id="R63 who finishes so soon afterwards was not there",
        ),
    ],
)
def test_every_read_is_told_about_in_the_words_of_its_rule(expected: Told) -> None:
    script = ten()
    for source, seconds, *_ in expected:
        script.read(source, "1", seconds)
    assert told(script) == expected


@pytest.mark.parametrize(
    ("start", "seconds", "state"),
    [(0, 714.285714, "ghost"), (0, 714.285715, "used"), (10, 724.285714, "ghost"), (10, 724.285715, "used")],
)
def test_r63_the_least_time_runs_from_the_gun_or_the_own_start(start: float, seconds: float, state: str) -> None:
    script = ten()
    script.reads("1", start=start, half=seconds)
    assert told(script)[1][2] == state


@pytest.mark.parametrize("by_hand_first", [True, False])
def test_a_read_in_the_instant_of_a_time_taken_by_hand_is_the_one_that_counts(by_hand_first: bool) -> None:
    script = ten()
    script.source("finish", "backup", role="backup")
    taken = LineTimeTaken(time=TimeId("t"), heat=HEAT, at=at(2_400), registration=RegistrationId("e/1"))
    if by_hand_first:
        script.record(taken)
    seq = script.read("backup", "1", 2_400)
    if not by_hand_first:
        script.record(taken)
    assert [one.seq for one in script.project().passings()] == [seq]
    assert [state for *_, state, _, _ in told(script)] == ["used"]


def test_r62_a_backup_counts_where_no_main_source_read_and_only_there() -> None:
    script = ten()
    script.source("finish", "backup", role="backup")
    script.read("backup", "1", 2_400)
    script.read("finish", "1", 2_400.2)
    script.read("backup", "2", 2_410)
    script.read("finish", "2", 2_420)
    assert told(script) == [
        ("backup", 2_400, "superseded", "finish", "a main source read the same passing at finish"),
        ("finish", 2_400.2, "used", "finish", "the first valid read at finish (R62)"),
        (
            "backup",
            2_410,
            "used",
            "finish",
            "the first valid read at finish, by a backup as no main source read it (R62)",
        ),
        ("finish", 2_420, "after_finish", None, AFTER),
    ]


def test_of_two_sources_that_read_at_one_instant_the_main_one_counts_and_then_the_first() -> None:
    script = ten()
    script.source("finish", "backup", role="backup")
    script.source("finish", "other")
    for source in ("backup", "finish", "other"):
        script.read(source, "1", 2_400)
    assert [(source, state) for source, _, state, _, _ in told(script)] == [
        ("backup", "superseded"),
        ("finish", "used"),
        ("other", "duplicate"),
    ]


def test_after_a_heat_is_closed_nothing_counts() -> None:
    script = ten()
    script.read("finish", "1", 2_999.999999)
    script.read("finish", "2", 3_000)
    script.record(HeatClosed(heat=HEAT, at=at(3_000)))
    assert told(script) == [
        ("finish", 2_999.999999, "used", "finish", "the first valid read at finish (R62)"),
        ("finish", 3_000, "late", None, "after the heat was closed"),
    ]


def test_r100_on_laps_a_read_too_soon_for_the_next_lap_is_a_ghost_of_that_lap() -> None:
    script = race(laps(1_200), {"1": (70, 80, 140, 210)})
    assert [(state, point, reason) for _, _, state, point, reason in told(script)] == [
        ("used", "400 m", "the first valid read at 400 m (R62)"),
        ("ghost", None, "too fast for 800 m (R63, R100)"),
        ("used", "800 m", "the first valid read at 800 m (R62)"),
        ("used", "finish", "the first valid read at finish (R62)"),
    ]
