"""What became of each read, and why: nothing that was seen is ever dropped (R62–R64)."""

from typing import Any

import pytest

from app.domain.facts import ConflictRuled, HeatClosed, ReadConflict, ReadRuledOut, Recorded, Undone
from app.domain.ids import Bib, Chip, EventId, HeatId, RegistrationId, SourceId
from app.domain.reads import ReadRows
from app.timing.projection import Projection
from tests.timing.builders import GUN, S, Script, at, points, road

E = EventId("e")


@pytest.fixture
def script() -> Script:
    """A 10 km with a 5 km mat; runners 1 and 2; gun at 0."""
    script = Script()
    script.event()
    for bib in "12":
        script.runner(bib)
    script.draw()
    script.gun()
    return script


def states(script: Script, **wanted: Any) -> list[str]:
    return [read.state for read in script.project().reads(**wanted)]


@pytest.mark.parametrize(
    ("reads", "expected"),
    [
        pytest.param({"start": (-40, -3, 9.2, 9.9)}, ["early", "superseded", "duplicate", "used"], id="start"),
        pytest.param({"finish": (2412.2, 2415.0, 2420)}, ["used", "duplicate", "after_finish"], id="finish"),
        pytest.param({"5k": (300, 1200, 1204, 1300)}, ["ghost", "used", "duplicate", "superseded"], id="on the course"),
        pytest.param({"5k": (2399.9,), "finish": (2400, 2500)}, ["ghost", "ghost", "used"], id="twins"),
        pytest.param({"start": (10, 900), "5k": (900.2, 901)}, ["used", "ghost", "ghost", "used"], id="start twin"),
        pytest.param({"finish": (2400,), "5k": (2300, 2600)}, ["used", "ghost", "after_finish"], id="no time left"),
        pytest.param({"start": (6000,)}, ["late"], id="start window over"),
    ],
)
def test_states_of_one_runners_reads(script: Script, reads: dict[str, tuple[float, ...]], expected: list[str]) -> None:
    for source, times in reads.items():
        for seconds in times:
            script.read(source, "1", seconds)
    assert states(script) == expected


def test_a_backup_beside_a_main_read_is_superseded(script: Script) -> None:
    script.source("finish", "finish-backup", role="backup")
    script.read("finish-backup", "1", 2400)
    script.read("finish", "1", 2400.2)
    assert states(script) == ["superseded", "used"]


def test_reads_of_chips_that_nobody_carries_are_kept(script: Script) -> None:
    script.chip("loan", "1", until=at(100))
    script.read("finish", "1", 2400, chip="stranger")
    script.read("finish", "1", 2400, chip="loan")
    assert [(r.state, r.reason) for r in script.project().reads()] == [
        ("unknown_chip", "not handed out to anybody (R64)"),
        ("unknown_chip", "not handed out at that time (R64)"),
    ]


def test_reads_that_belong_to_no_heat_say_so(script: Script) -> None:
    script.runner("3", wave="nobody starts it")
    script.source("elsewhere")
    script.read("finish", "3", 2400)
    script.read("elsewhere", "1", 1200)
    script.record(HeatClosed(heat=HeatId("e/final/1"), at=at(3000)))
    script.read("finish", "1", 3000)
    assert states(script) == ["not_a_starter", "not_on_course", "late"]


def test_before_the_gun_a_read_has_no_heat() -> None:
    script = Script()
    script.event()
    script.runner("1")
    script.draw()
    script.read("start", "1", -3)
    assert states(script) == ["no_heat"]
    script.gun()
    assert states(script) == ["used"]


def test_the_list_can_be_cut_by_state_source_chip_and_bib(script: Script) -> None:
    script.chip("spare", "1")
    for seq, (source, bib, when, chip) in enumerate(
        [
            ("start", "1", 1, None),
            ("finish", "1", 2400, "spare"),
            ("finish", "2", 2410, None),
            ("start", "2", -40, None),
        ]
    ):
        assert script.read(source, bib, when, chip=chip) > seq
    projection = script.project()
    assert [r.chip for r in projection.reads(bib=Bib("1"))] == ["C1", "spare"]
    assert [r.bib for r in projection.reads(chip=Chip("spare"))] == [None]
    assert [r.at_us for r in projection.reads(source=SourceId("finish"))] == [at(2400), at(2410)]
    assert [r.state for r in projection.reads(state="early")] == ["early"]
    first = projection.reads(limit=1)
    assert [r.seq for r in projection.reads(after=first[0].seq)] == [r.seq for r in projection.reads()][1:]
    assert projection.reads(bib=Bib("unknown")) == projection.reads(chip=Chip("unknown")) == []


def test_a_bib_read_counts_like_a_chip(script: Script) -> None:
    script.source("finish")
    script.log.append((script.head + 1, 1, None, "1", at(2400), None))
    assert script.lines()["1"].gun_us == 2_400 * S
    assert script.project().reads()[0].bib == "1"


def test_a_bib_worn_by_two_athletes_is_whose_heat_runs() -> None:
    script = Script()
    for event, athlete in (("e", "a1"), ("f", "other")):
        script.event(event, road(distance_m=1_000, points=points(("start", 0), ("finish", 1_000))))
        script.runner("1", event, athlete=athlete, chips=())
        script.draw(event)
    script.gun("e/final/1")
    script.source("finish")
    script.log.append((script.head + 1, 1, None, "1", at(300), None))
    assert script.lines("e")["1"].gun_us == 300 * S
    script.gun("f/final/1", seconds=200)
    assert [script.lines(event)["1"].gun_us for event in "ef"] == [None, None]
    assert states(script) == ["no_heat"]


def conflict(script: Script, **offered: Any) -> int:
    """A read of runner 1 at 2400, and another one under the same identity."""
    first = script.read("finish", "1", 2400)
    fact = ReadConflict(source=SourceId("finish"), epoch="1", source_seq=1, first_seq=first, **offered)
    return script.record(fact)


def test_of_two_reads_under_one_identity_the_first_counts_until_an_official_rules(script: Script) -> None:
    seq = conflict(script, at=at(2300), chip=Chip("C2"))
    assert [script.lines()[bib].gun_us for bib in "12"] == [2_400 * S, None]
    script.record(ConflictRuled(conflict_seq=seq, take="offered"))
    assert [script.lines()[bib].gun_us for bib in "12"] == [None, 2_300 * S]
    assert states(script) == ["conflict_lost", "used"]
    undone = script.record(Undone(target_seq=script.head))
    assert [script.lines()[bib].gun_us for bib in "12"] == [2_400 * S, None]
    script.record(Undone(target_seq=undone))
    assert [script.lines()[bib].gun_us for bib in "12"] == [None, 2_300 * S]
    script.record(ConflictRuled(conflict_seq=seq, take="first"))
    assert states(script) == ["used"]


def test_because_names_the_start_the_reads_and_the_rulings(script: Script) -> None:
    script.reads("1", start=9, half=1200, finish=2400)
    script.read("finish", "1", 2401)
    ruling = script.rule("1", "note")
    why = script.project().explain(E, RegistrationId("e/1"))
    assert why.start is not None
    assert why.start[1].at == GUN
    assert [(p.point, p.reads, len(p.because)) for p in why.passings] == [
        ("start", 1, 1),
        ("5k", 1, 1),
        ("finish", 2, 2),
    ]
    assert [(r.state, r.point) for r in why.reads][-2:] == [("used", "finish"), ("duplicate", "finish")]
    assert [seq for seq, _ in why.rulings] == [ruling]


def test_because_of_an_entry_without_a_heat_is_empty(script: Script) -> None:
    registration = script.runner("3", wave="none")
    why = script.project().explain(E, registration)
    assert (why.start, why.reads, why.passings) == (None, (), ())


def test_passings_are_listed_in_order_of_time(script: Script) -> None:
    script.reads("2", start=1, finish=2300)
    script.reads("1", start=2, finish=2400)
    projection = script.project()
    assert [(p.bib, p.point) for p in projection.passings()] == [
        ("2", "start"), ("1", "start"), ("2", "finish"), ("1", "finish"),
    ]  # fmt: skip
    assert [p.bib for p in projection.passings(place="finish", bib=Bib("1"))] == ["1"]
    assert [p.point for p in projection.passings(chip=Chip("C2"))] == ["start", "finish"]


def test_reads_at_a_place_of_their_own_stand_there(script: Script) -> None:
    script.read("start", "1", 2400, place="finish")
    assert script.lines()["1"].gun_us == 2_400 * S


def test_many_reads_of_several_sources_in_one_run_keep_their_order(script: Script) -> None:
    for n in range(700):
        script.read(("start", "5k", "finish")[n % 3], "12"[n % 2], 3 * n, place="5k" if n % 7 == 0 else None)
    rows = [entry for entry in script.log if not isinstance(entry, Recorded)]
    projection = script.project()
    assert [r.seq for r in projection.reads(limit=1_000)] == [row[0] for row in rows]
    projection.apply(reads=[ReadRows([], {})])
    assert projection.head == script.head


def ruled_out(script: Script, seq: int) -> int:
    return script.record(ReadRuledOut(read_seq=seq))


def test_a_read_that_was_ruled_out_counts_for_nothing_and_is_kept(script: Script) -> None:
    script.read("start", "1", 10)
    stray = script.read("finish", "1", 2_300)
    script.read("finish", "1", 2_400)
    script.read("finish", "2", 2_350)
    ruling = ruled_out(script, stray)
    assert states(script) == ["used", "ruled_out", "used", "used"]
    lines = script.lines()
    assert [(lines[bib].place, lines[bib].gun_us) for bib in "12"] == [(2, 2_400 * S), (1, 2_350 * S)]
    (told,) = script.project().reads(state="ruled_out")
    assert told.reason == f"an official ruled it out (number {ruling} of the log)"
    assert (told.chip, told.source, told.at_us, told.point) == ("C1", "finish", at(2_300), None)


def test_why_names_the_read_that_was_ruled_out_of_its_runner_alone(script: Script) -> None:
    stray = script.read("finish", "1", 2_300)
    script.read("finish", "1", 2_400)
    script.read("finish", "2", 2_350)
    ruled_out(script, stray)
    projection = script.project()
    why = {bib: projection.explain(E, RegistrationId(f"e/{bib}")).reads for bib in "12"}
    told = {bib: [(read.seq, read.state) for read in reads] for bib, reads in why.items()}
    assert told == {"1": [(stray, "ruled_out"), (stray + 1, "used")], "2": [(stray + 2, "used")]}


def test_undoing_the_ruling_lets_the_read_count_again(script: Script) -> None:
    stray = script.read("finish", "1", 2_300)
    script.read("finish", "1", 2_400)
    ruling = ruled_out(script, stray)
    assert script.lines()["1"].gun_us == 2_400 * S
    script.record(Undone(target_seq=ruling))
    assert (script.lines()["1"].gun_us, states(script)) == (2_300 * S, ["used", "after_finish"])


def test_a_read_that_was_ruled_out_is_listed_under_its_chip_and_bib(script: Script) -> None:
    ruled_out(script, script.read("finish", "1", 2_300))
    assert states(script, chip=Chip("C1")) == states(script, bib=Bib("1")) == ["ruled_out"]
    assert states(script, chip=Chip("C2")) == []


def test_a_ruling_moves_the_tables_that_are_there_already(script: Script) -> None:
    stray, projection = script.read("finish", "1", 2_300), Projection()
    script.read("finish", "1", 2_400)
    projection.apply([one for one in script.log if isinstance(one, Recorded)], script.rows(script.log))
    assert projection.table(E).rows(0, 1)[0].gun_us == 2_300 * S
    for seq in (ruled_out(script, stray), script.record(Undone(target_seq=script.head))):
        projection.apply([one for one in script.log[seq - 1 : seq] if isinstance(one, Recorded)])
        expected = 2_400 if seq == script.head - 1 else 2_300
        assert projection.table(E).rows(0, 1)[0].gun_us == expected * S


def test_a_copy_to_try_things_on_knows_what_was_ruled_out(script: Script) -> None:
    stray = script.read("finish", "1", 2_300)
    script.read("finish", "1", 2_400)
    ruled_out(script, stray)
    assert script.project().fork().table(E).rows(0, 1)[0].gun_us == 2_400 * S


def test_why_names_a_read_that_was_ruled_out_before_the_gun_of_its_runner_alone() -> None:
    script = Script()
    script.event()
    for bib in "12":
        script.runner(bib)
    script.draw()
    ruled_out(script, script.read("start", "1", -600))
    why = [script.project().explain(E, RegistrationId(f"e/{bib}")).reads for bib in "12"]
    assert [[read.state for read in reads] for reads in why] == [["ruled_out"], []]
