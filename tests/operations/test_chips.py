from typing import Any

import pytest

from app.domain.facts import ChipAssigned
from app.domain.ids import AthleteId, Bib, Chip
from app.domain.refusals import ChipTaken, Contradicts, Invalid, NotFound, NotRegistered
from app.domain.units import Instant
from app.operations import chips, events
from tests.operations.fakes import GUN, FakeSheet
from tests.operations.scenes import ROAD, SPRINT, open_meet, register, road_race


def at(seconds: int) -> Instant:
    return Instant(GUN + seconds * 1_000_000)


def two_runners() -> FakeSheet:
    sheet, event = road_race()
    register(sheet, event, "7", "9")
    return sheet


def assign(sheet: FakeSheet, bib: str, since: int | None = None, until: int | None = None, **given: Any) -> Any:
    first, last = (None if seconds is None else at(seconds) for seconds in (since, until))
    return chips.assign(sheet, Chip("C1"), Bib(bib), first, last, **given)


def test_a_chip_is_handed_out_for_good_or_for_a_time() -> None:
    sheet = two_runners()
    id = assign(sheet, "7", 0, 60)
    assert sheet.facts[-1] == ChipAssigned(
        assignment=id, chip=Chip("C1"), athlete=AthleteId("ath_1"), since=at(0), until=at(60)
    )


def test_the_same_assignment_again_is_the_one_there_is() -> None:
    sheet = two_runners()
    first = assign(sheet, "7", 0, 60)
    before = len(sheet.facts)
    assert assign(sheet, "7", 0, 60) == first
    assert len(sheet.facts) == before


@pytest.mark.parametrize(("since", "until"), [(None, None), (30, None), (None, 30), (59, 61), (10, 20), (-5, 90)])
def test_at_no_instant_does_a_chip_name_two_runners(since: int | None, until: int | None) -> None:
    sheet = two_runners()
    assign(sheet, "7", 0, 60)
    with pytest.raises(ChipTaken) as refused:
        assign(sheet, "9", since, until)
    assert (refused.value.held_by, refused.value.pointer) == ("7", "/chip")


@pytest.mark.parametrize(("since", "until"), [(60, None), (None, 0), (60, 70), (-9, 0)])
def test_a_chip_may_go_on_the_moment_that_it_is_given_back(since: int | None, until: int | None) -> None:
    sheet = two_runners()
    assign(sheet, "7", 0, 60)
    assign(sheet, "9", since, until)


def test_a_chip_is_ended_before_it_goes_to_somebody_else() -> None:
    sheet = two_runners()
    first = assign(sheet, "7")
    with pytest.raises(ChipTaken):
        assign(sheet, "9", 60)
    chips.change(sheet, first, {"until": at(60)})
    assign(sheet, "9", 60)
    with pytest.raises(ChipTaken):
        chips.change(sheet, first, {"until": None})


def test_a_released_chip_was_never_handed_out() -> None:
    sheet = two_runners()
    id = assign(sheet, "7")
    chips.release(sheet, id)
    assign(sheet, "9")
    with pytest.raises(NotFound):
        chips.release(sheet, id)


def test_an_assignment_ends_after_it_begins_and_a_chip_is_written_in_one_word() -> None:
    sheet = two_runners()
    with pytest.raises(Invalid, match="ends after it begins") as refused:
        assign(sheet, "7", 60, 60)
    assert refused.value.pointer == "/until"
    for chip in ("", "C 1"):
        with pytest.raises(Invalid, match="is no chip"):
            chips.assign(sheet, Chip(chip), Bib("7"))


def test_a_bib_that_nobody_or_more_than_one_wears_is_refused() -> None:
    with pytest.raises(NotRegistered) as refused:
        assign(two_runners(), "8")
    assert refused.value.pointer == "/bib"
    sheet = open_meet(bib_scope="event")
    one, other = events.describe(sheet, ROAD), events.describe(sheet, SPRINT)
    register(sheet, one, "7")
    register(sheet, other, "7", family_name="Somebody else")
    with pytest.raises(Contradicts, match="name the event too"):
        assign(sheet, "7")
    assign(sheet, "7", event=other)
    assert isinstance(sheet.facts[-1], ChipAssigned)
    assert sheet.facts[-1].athlete == "ath_2"
