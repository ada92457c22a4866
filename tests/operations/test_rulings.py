import pytest

from app.domain.facts import ConflictRuled, ReadConflict, Ruling, Status
from app.domain.ids import Bib, Chip, HeatId, RegistrationId, SourceId, TextId
from app.domain.refusals import Contradicts, Invalid, NotFound, NotInHeat
from app.domain.units import Duration
from app.operations import conflicts, registrations
from app.operations.rulings import Decision, rule
from tests.operations.fakes import GUN, FakeSheet, Line
from tests.operations.scenes import open_meet, place, register, sprint


def heat_of_two() -> tuple[FakeSheet, HeatId]:
    sheet, event = sprint()
    register(sheet, event, "7", "8", "9")
    return sheet, place(sheet, event, "3:7 4:8")[0]


def test_a_ruling_says_the_rule_and_keeps_the_reason_beside_the_log() -> None:
    sheet, heat = heat_of_two()
    id = rule(sheet, heat, Decision(bib=Bib("7"), kind="dq", rule="TR17.3", reason="two steps on the line"))
    assert sheet.facts[-1] == Ruling(
        ruling=id, heat=heat, registration=RegistrationId("reg_1"), kind="dq", rule="TR17.3", reason=TextId("txt_1")
    )
    assert sheet.texts == {"txt_1": "two steps on the line"}


@pytest.mark.parametrize(
    "decision",
    [
        Decision(bib=Bib("7"), kind="dq"),
        Decision(bib=Bib("7"), kind="dns"),
        Decision(bib=Bib("7"), kind="dnf"),
        Decision(bib=Bib("7"), kind="withdrawn"),
        Decision(bib=Bib("7"), kind="time", elapsed_us=Duration(10_000_000)),
        Decision(bib=Bib("7"), kind="penalty", elapsed_us=Duration(5_000_000)),
        Decision(bib=Bib("7"), kind="advance"),
        Decision(bib=Bib("7"), kind="advance", how="lots"),
        Decision(bib=Bib("7"), kind="card", card="YC"),
        Decision(bib=Bib("7"), kind="note", reason="helped up a fallen runner"),
    ],
)
def test_every_kind_of_ruling_can_be_made(decision: Decision) -> None:
    sheet, heat = heat_of_two()
    rule(sheet, heat, decision)
    assert isinstance(sheet.facts[-1], Ruling)


@pytest.mark.parametrize(
    ("decision", "pointer"),
    [
        (Decision(bib=Bib("7"), kind="time"), "/elapsed_us"),
        (Decision(bib=Bib("7"), kind="penalty"), "/elapsed_us"),
        (Decision(bib=Bib("7"), kind="time", elapsed_us=Duration(0)), "/elapsed_us"),
        (Decision(bib=Bib("7"), kind="dq", elapsed_us=Duration(1)), "/elapsed_us"),
        (Decision(bib=Bib("7"), kind="card"), "/card"),
        (Decision(bib=Bib("7"), kind="dq", card="RC"), "/card"),
        (Decision(bib=Bib("7"), kind="dq", how="jury"), "/how"),
        (Decision(bib=Bib("7"), kind="note"), "/reason"),
    ],
)
def test_a_ruling_has_the_values_of_its_kind_and_no_others(decision: Decision, pointer: str) -> None:
    sheet, heat = heat_of_two()
    with pytest.raises(Invalid) as refused:
        rule(sheet, heat, decision)
    assert refused.value.pointer == pointer


def test_a_ruling_is_about_a_runner_of_the_heat() -> None:
    sheet, heat = heat_of_two()
    for bib in ("9", "nobody"):
        with pytest.raises(NotInHeat):
            rule(sheet, heat, Decision(bib=Bib(bib), kind="dq"))
    with pytest.raises(NotFound):
        rule(sheet, HeatId("heat_other"), Decision(bib=Bib("7"), kind="dq"))


@pytest.mark.parametrize(("status", "state"), [("DQ", "finished"), ("DNF", "started"), ("DNS", "withdrawn")])
def test_who_is_out_can_be_reinstated(status: Status, state: str) -> None:
    sheet, heat = heat_of_two()
    sheet.projection.rounds["final"] = [Line(RegistrationId("reg_1"), Bib("7"), heat, status=status, state=state)]
    rule(sheet, heat, Decision(bib=Bib("7"), kind="reinstate"))


def test_who_is_not_out_cannot_be_reinstated() -> None:
    sheet, heat = heat_of_two()
    sheet.projection.rounds["final"] = [
        Line(RegistrationId("reg_1"), Bib("7"), heat),
        Line(RegistrationId("reg_2"), Bib("8"), heat, status="DQ"),
    ]
    with pytest.raises(Contradicts, match="bib 7 is not out"):
        rule(sheet, heat, Decision(bib=Bib("7"), kind="reinstate"))


def test_who_withdrew_from_the_event_is_registered_again_instead() -> None:
    sheet, heat = heat_of_two()
    registrations.withdraw(sheet, RegistrationId("reg_1"))
    with pytest.raises(Contradicts, match="register the runner again"):
        rule(sheet, heat, Decision(bib=Bib("7"), kind="reinstate"))


def test_an_official_says_which_of_two_reads_counts() -> None:
    sheet = open_meet()
    seq = sheet.record(
        ReadConflict(source=SourceId("src_1"), epoch="1", source_seq=4, first_seq=1, at=GUN, chip=Chip("C1"))
    )
    conflicts.rule(sheet, seq, "offered", "the box was reset")
    assert sheet.facts[-1] == ConflictRuled(conflict_seq=seq, take="offered", reason=TextId("txt_1"))
    with pytest.raises(NotFound):
        conflicts.rule(sheet, seq + 1, "first")
