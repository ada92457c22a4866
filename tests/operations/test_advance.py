import pytest

from app.domain.facts import Qualifier, QualifiersFixed, Status
from app.domain.ids import Bib, EventId, HeatId, RegistrationId
from app.domain.refusals import Contradicts, NotFound, Undecided
from app.operations.advance import fix_qualifiers
from tests.operations.fakes import FakeSheet, Line
from tests.operations.scenes import HEATS_AND_FINAL, place, register, sprint


def after_the_heats(*words: str | None, status: Status | None = "OK") -> tuple[FakeSheet, EventId]:
    sheet, event = sprint(rounds=HEATS_AND_FINAL)
    register(sheet, event, "7", "8", "9")
    place(sheet, event, "3:7 4:8 5:9", round="heats")
    results(sheet, *words, status=status)
    return sheet, event


def results(sheet: FakeSheet, *words: str | None, status: Status | None = "OK") -> None:
    sheet.projection.rounds["heats"] = [
        Line(RegistrationId(f"reg_{n}"), Bib(f"{n + 6}"), HeatId("heat_1"), n, status, qualification=word)
        for n, word in enumerate(words, 1)
    ]


def test_the_qualifiers_are_fixed_as_the_results_stand_and_once() -> None:
    sheet, event = after_the_heats("Q", "q", None)
    fix_qualifiers(sheet, event, "heats")
    fix_qualifiers(sheet, event, "heats")
    qualifiers = (
        Qualifier(registration=RegistrationId("reg_1"), how="Q"),
        Qualifier(registration=RegistrationId("reg_2"), how="q"),
    )
    assert [f for f in sheet.facts if isinstance(f, QualifiersFixed)] == [
        QualifiersFixed(event=event, round="heats", qualifiers=qualifiers)
    ]


def test_nobody_advances_while_one_is_undecided() -> None:
    sheet, event = after_the_heats("Q", "undecided", "undecided")
    with pytest.raises(Undecided, match="bibs 8, 9 are tied") as refused:
        fix_qualifiers(sheet, event, "heats")
    assert refused.value.bibs == ("8", "9")


def test_nobody_advances_while_a_runner_has_no_result() -> None:
    sheet, event = after_the_heats("Q", None, status=None)
    with pytest.raises(Contradicts, match="bibs 7, 8 have no result"):
        fix_qualifiers(sheet, event, "heats")


def test_somebody_must_qualify_and_for_a_later_round() -> None:
    sheet, event = after_the_heats(None, None)
    with pytest.raises(Contradicts, match="nobody qualifies"):
        fix_qualifiers(sheet, event, "heats")
    with pytest.raises(Contradicts, match="last round"):
        fix_qualifiers(sheet, event, "final")
    with pytest.raises(NotFound):
        fix_qualifiers(sheet, event, "semi")


def test_once_fixed_the_list_stays_whatever_is_ruled_later() -> None:
    sheet, event = after_the_heats("Q", "q", None)
    fixed = fix_qualifiers(sheet, event, "heats")
    results(sheet, "Q", None, "q")
    assert fix_qualifiers(sheet, event, "heats") == fixed
