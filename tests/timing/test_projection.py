"""The projection as a whole: what moves which resource, and decisions that come late."""

from dataclasses import replace

import pytest

from app.domain.facts import (
    AthleteErased,
    EventDescribed,
    EventWithdrawn,
    Published,
    Recorded,
    RegistrationWithdrawn,
    Undone,
)
from app.domain.ids import ActorId, AthleteId, EventId, HeatId, PublicationId, RegistrationId
from app.domain.refusals import NotFound
from app.domain.units import Duration
from app.timing.projection import Projection
from app.timing.roster import Roster
from tests.timing.builders import GUN, S, Script, at, points, road

E = EventId("e")
SHORT = road(distance_m=1_000, points=points(("start", 0), ("finish", 1_000)))


def two_races() -> Script:
    """Runner 1 in event e, runner 2 in event f; both started."""
    script = Script()
    for event, bib in zip("ef", "12", strict=True):
        script.event(event, SHORT)
        script.runner(bib, event)
        script.draw(event)
        script.gun(f"{event}/final/1")
    return script


def test_a_read_touches_its_own_event_and_heat_only() -> None:
    script = two_races()
    others = script.project().touched(EventId("f")), script.project().touched(HeatId("f/final/1"))
    seq = script.read("finish", "1", 300)
    projection = script.project()
    assert projection.touched(E) == projection.touched(HeatId("e/final/1")) == seq
    last = script.head - 1  # the source that was described for the read
    assert projection.touched(EventId("f")) == last
    assert projection.touched(HeatId("f/final/1")) == others[1]


def test_evidence_that_the_start_has_closed_touches_an_event() -> None:
    script = two_races()
    script.source("finish")
    seq = script.read("finish", "1", 5_400)
    assert script.project().touched(EventId("f")) == seq
    assert script.lines("f")["2"].status == "DNS"


def test_a_late_entry_and_a_late_chip_take_part_at_once() -> None:
    script = two_races()
    script.read("finish", "9", 290)
    assert "9" not in script.lines()
    script.runner("9")
    assert (script.lines()["9"].gun_us, script.lines()["9"].place) == (290 * S, 1)


def test_a_runner_moved_to_another_wave_is_timed_from_its_gun() -> None:
    script = Script()
    script.event(spec=SHORT)
    script.runner("1", wave="A")
    script.runner("2", wave="B")
    for heat, seconds in zip(script.draw(waves=("A", "B")), (0, 60), strict=True):
        script.gun(heat, seconds)
    script.reads("1", start=61, finish=400)
    assert script.lines()["1"].gun_us == 400 * S
    script.runner("1", wave="B", chips=())
    assert (script.lines()["1"].gun_us, script.lines()["1"].flags) == (340 * S, ())


def test_a_withdrawn_entry_is_listed_without_a_result() -> None:
    script = two_races()
    script.read("finish", "1", 300)
    script.record(RegistrationWithdrawn(registration=RegistrationId("e/1")))
    line = script.lines()["1"]
    assert (line.state, line.status, line.place, line.elapsed_us) == ("withdrawn", "DNS", None, None)
    script.record(Undone(target_seq=script.head))
    assert script.lines()["1"].place == 1


def test_an_undone_gun_never_went() -> None:
    script = Script()
    script.event(spec=SHORT)
    script.runner("1")
    script.draw()
    gun = script.gun()
    script.read("finish", "1", 300)
    assert script.lines()["1"].status == "OK"
    script.record(Undone(target_seq=gun))
    assert script.lines()["1"].status is None


def test_a_changed_course_makes_every_result_anew() -> None:
    script = two_races()
    script.read("finish", "1", 300)
    script.record(EventDescribed(event=E, spec=replace(SHORT, cut_off_us=Duration(250 * S))))
    assert script.lines()["1"].flags == ("no_start_read", "CUT")


def test_erasing_and_publishing_change_no_result() -> None:
    script = two_races()
    script.read("finish", "1", 300)
    projection = script.project()
    before = projection.table(E)
    done = len(script.log)
    script.record(published(), AthleteErased(athlete=AthleteId("a1")))
    projection.apply([one for one in script.log[done:] if isinstance(one, Recorded)])
    assert projection.table(E) is before
    assert projection.touched(E) == script.head == projection.head


def test_what_was_announced_counts_as_memory() -> None:
    script = two_races()
    before = script.project().nbytes
    script.record(published("x" * 1_000_000))
    assert 1_000_000 < script.project().nbytes - before < 1_010_000


def test_memory_is_added_up_while_another_thread_adds_events(monkeypatch: pytest.MonkeyPatch) -> None:
    script = two_races()
    projection = script.project()

    def add_event(name: str) -> None:
        projection.apply(
            [Recorded(script.head + 1, GUN, ActorId("tok"), EventDescribed(event=EventId(name), spec=SHORT))]
        )
        projection.table(E)

    class Meanwhile(str):
        __slots__ = ()

        def __len__(self) -> int:
            add_event("g")
            return 1

    def meanwhile(roster: Roster) -> int:
        monkeypatch.undo()
        add_event("h")
        return len(roster)

    projection.apply([Recorded(script.head + 1, GUN, ActorId("tok"), published(Meanwhile()))])
    projection.table(E)
    monkeypatch.setattr(Roster, "__len__", meanwhile)
    assert projection.nbytes > 0
    assert [*projection.state.events] == ["e", "f", "h", "g"]


def published(content: str = "") -> Published:
    return Published(
        publication=PublicationId("p"),
        event=E,
        version=1,
        status="official",
        at_seq=1,
        content=content,
        digest="",
        engine="",
    )


def test_a_withdrawn_event_has_no_races() -> None:
    script = two_races()
    script.read("finish", "1", 300)
    script.record(EventWithdrawn(event=E))
    assert script.lines()["1"].place is None


def test_unknown_ids_are_not_found() -> None:
    projection = two_races().project()
    for ask in (
        lambda: projection.table(EventId("x")),
        lambda: projection.table(E, point="x"),
        lambda: projection.standing(E, RegistrationId("f/2")),
        lambda: projection.places(E, RegistrationId("f/2")),
        lambda: projection.explain(E, RegistrationId("f/2")),
        lambda: projection.heat_results(HeatId("x")),
        lambda: projection.round_results(E, "x"),
    ):
        with pytest.raises(NotFound):
            ask()


def test_a_round_that_is_not_drawn_yet_has_no_results() -> None:
    script = Script()
    script.event()
    assert script.project().round_results(E, "final") == []


def test_an_empty_projection_has_nothing() -> None:
    projection = Projection()
    projection.apply(head=7)
    assert (projection.head, projection.reads(), projection.passings()) == (7, [], [])
    assert projection.nbytes < 10_000


def test_a_what_if_leaves_the_original_alone() -> None:
    script = two_races()
    script.read("finish", "1", 300)
    projection = script.project()
    changed = projection.fork()
    done = len(script.log)
    script.rule("1", "dq")
    changed.apply([one for one in script.log[done:] if isinstance(one, Recorded)])
    assert changed.standing(E, RegistrationId("e/1")).status == "DQ"
    assert projection.standing(E, RegistrationId("e/1")).status == "OK"
    assert at(0) == projection.state.heats[HeatId("e/final/1")].now.starts[0][1].at
