"""Lists of records as an organizer gives them."""

from dataclasses import replace

import pytest

from app.domain.facts import RecordsListed
from app.domain.ids import TextId
from app.domain.refusals import Invalid, MeetIsClosed
from app.operations.meets import close
from app.operations.records import MOST_LISTS, MOST_RECORDS, check, list_records, lists_of
from app.rules.record_lists import RETRO, WORLD
from tests.operations.fakes import FakeSheet
from tests.operations.scenes import open_meet


@pytest.fixture
def sheet() -> FakeSheet:
    return open_meet()


def test_a_list_is_recorded_without_its_words_and_read_with_them(sheet: FakeSheet) -> None:
    list_records(sheet, [RETRO])
    fact = sheet.facts[-1]
    assert isinstance(fact, RecordsListed)
    assert {record.holder for record in fact.lists[0].records} == {None}
    assert lists_of(sheet) == (RETRO,)


def test_the_same_lists_again_record_nothing(sheet: FakeSheet) -> None:
    list_records(sheet, [])
    assert not any(isinstance(fact, RecordsListed) for fact in sheet.facts)
    list_records(sheet, [RETRO])
    before = len(sheet.facts)
    list_records(sheet, [RETRO])
    assert len(sheet.facts) == before


def test_words_of_the_lists_before_are_gone(sheet: FakeSheet) -> None:
    list_records(sheet, [RETRO])
    (old,) = sheet.texts
    list_records(sheet, [WORLD])
    assert sheet.texts[TextId(old)] == ""
    assert lists_of(sheet) == (WORLD,)


def test_too_many_lists_or_records_are_refused() -> None:
    check([replace(RETRO, name=str(number), records=()) for number in range(MOST_LISTS)])
    with pytest.raises(Invalid, match="lists of records must be"):
        check([replace(RETRO, name=str(number), records=()) for number in range(MOST_LISTS + 1)])
    with pytest.raises(Invalid, match="records must be"):
        check([replace(RETRO, records=RETRO.records[:1] * (MOST_RECORDS + 1))])


def test_a_closed_meet_takes_none(sheet: FakeSheet) -> None:
    close(sheet)
    with pytest.raises(MeetIsClosed):
        list_records(sheet, [RETRO])
