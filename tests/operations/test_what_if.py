import pytest

from app.domain.ids import Bib, Chip, EventId, HeatId
from app.domain.refusals import Case, ChipTaken, Contradicts, Invalid, NotFound, NotInHeat, Refusal, RunnerTwice
from app.domain.units import Instant
from app.operations import events, meets
from app.operations.false_starts import Accused
from app.operations.rulings import Decision
from app.operations.what_if import Assign, Change, FalselyStart, Moved, Rule, Start, Supposed, Undo, imagine, what_if
from tests.operations.fakes import GUN, TimedSheet
from tests.operations.scenes import timed_road, timed_sprint


def asked(sheet: TimedSheet, event: EventId, *supposed: Supposed) -> list[Moved]:
    """Nothing of it is left behind."""
    before = sheet.projection.head, len(sheet.facts)
    copy, table = imagine(sheet.meet_id, sheet.projection, sheet.people, GUN), sheet.projection.table(event)
    answer = what_if(copy, event, supposed, table)
    assert (sheet.projection.head, len(sheet.facts)) == before
    return answer


def places(moved: list[Moved]) -> dict[str, tuple[int | None, int | None]]:
    return {one.bib: (one.place_before, one.place_after) for one in moved}


def test_a_disqualification_would_move_up_those_behind() -> None:
    sheet, event, heat = timed_sprint()
    moved = asked(sheet, event, Rule(heat, Decision(bib=Bib("8"), kind="dq", rule="TR17.3", reason="lane")))
    assert places(moved) == {"8": (2, None), "9": (3, 2)}
    assert {(one.status_before, one.status_after) for one in moved} == {("OK", "DQ"), ("OK", "OK")}


def test_ranking_by_net_times_would_change_who_wins() -> None:
    sheet, event, _ = timed_road()
    assert places(asked(sheet, event, Change({"ranking": "net"}))) == {"7": (1, 2), "9": (2, 1)}


def test_another_gun_would_change_marks_and_no_place() -> None:
    sheet, event, heat = timed_road()
    moved = asked(sheet, event, Start(heat, Instant(GUN + 500_000)), Start(heat, Instant(GUN - 60_000_000)))
    assert [(one.bib, one.mark_before, one.mark_after) for one in moved] == [
        ("7", "30:00", "31:00"),
        ("9", "30:05", "31:05"),
    ]


def test_a_chip_that_nobody_had_would_give_its_reads_to_a_runner() -> None:
    sheet, event, _ = timed_road()
    assert asked(sheet, event, Assign(Chip("stranger"), Bib("7"))) == []
    with pytest.raises(ChipTaken):
        asked(sheet, event, Assign(Chip("C9"), Bib("7")))


def test_an_undone_gun_would_leave_nobody_with_a_place() -> None:
    sheet, event, _ = timed_road()
    (gun,) = [recorded.seq for recorded in sheet.state.log if type(recorded.fact).__name__ == "StartSignal"]
    assert places(asked(sheet, event, Undo(gun))) == {"7": (1, None), "9": (2, None)}


@pytest.mark.parametrize(
    ("policy", "starts", "out"),
    [
        ("immediate", ["8"], {"8": (2, None), "9": (3, 2)}),
        ("one_per_race", ["8"], {}),
        ("one_per_race", ["8", "9"], {"9": (3, None)}),
        ("retro_two_step", ["9", "8"], {"8": (2, None), "9": (3, 2)}),
    ],
)
def test_r14_a_false_start_would_put_out_whom_the_policy_says(
    policy: str, starts: list[str], out: dict[str, tuple[int | None, int | None]]
) -> None:
    sheet, event, heat = timed_sprint()
    events.change(sheet, event, {"rules": {"starts": {"false_starts": policy}}})
    supposed = [FalselyStart(heat, (Accused(bib=Bib(bib)),)) for bib in starts]
    assert places(asked(sheet, event, *supposed)) == out


def test_a_false_start_that_could_not_be_recorded_cannot_be_supposed() -> None:
    sheet, event, heat = timed_sprint()
    twice = FalselyStart(heat, (Accused(bib=Bib("8")), Accused(bib=Bib("8"))))
    with pytest.raises(RunnerTwice) as raised:
        asked(sheet, event, twice)
    assert raised.value.pointer == "/facts/0/runners/1/bib"


GONE = HeatId("heat_gone")
EARLY = Instant(GUN - 1)


@pytest.mark.parametrize(
    ("supposed", "refusal", "pointer"),
    [
        (Rule(GONE, Decision(bib=Bib("7"), kind="dq")), NotFound, "/heat_id"),
        (Start(GONE, GUN), NotFound, "/heat_id"),
        (FalselyStart(GONE, (Accused(bib=Bib("7")),)), NotFound, "/heat_id"),
        (Assign(Chip("stranger"), Bib("99")), Case, "/bib"),
        (Assign(Chip("stranger"), Bib("7"), GUN, EARLY), Invalid, "/until"),
        (Change({"cut_off_us": 0}), Invalid, "/event/cut_off_us"),
        (Undo(1), Contradicts, "/seq"),
        (Undo(9_999), NotFound, "/seq"),
    ],
)
def test_a_refusal_points_to_the_fact_and_the_field_in_it(
    supposed: Supposed, refusal: type[Refusal], pointer: str
) -> None:
    sheet, event, heat = timed_road()
    fine = Rule(heat, Decision(bib=Bib("7"), kind="dq"))
    with pytest.raises(refusal) as raised:
        asked(sheet, event, fine, supposed)
    assert raised.value.pointer == f"/facts/1{pointer}"


def test_a_refused_ruling_points_into_the_ruling() -> None:
    sheet, event, heat = timed_sprint()
    with pytest.raises(NotInHeat) as raised:
        asked(sheet, event, Rule(heat, Decision(bib=Bib("99"), kind="dq")))
    assert raised.value.pointer == "/facts/0/ruling/bib"


def test_what_would_be_refused_is_refused_and_a_closed_meet_may_be_asked() -> None:
    sheet, event, heat = timed_sprint()
    with pytest.raises(NotInHeat):
        asked(sheet, event, Rule(heat, Decision(bib=Bib("99"), kind="dq")))
    meets.close(sheet)
    assert places(asked(sheet, event, Rule(heat, Decision(bib=Bib("9"), kind="dq")))) == {"9": (3, None)}
    assert sheet.state.closed


def test_other_marks_are_told_where_no_time_is_another() -> None:
    sheet, event, _ = timed_sprint()
    moved = asked(sheet, event, Change({"surface": "road"}))
    assert [(one.bib, one.place_before == one.place_after, one.mark_after) for one in moved] == [
        ("7", True, "0:11"),
        ("8", True, "0:11"),
        ("9", True, "0:11"),
    ]
