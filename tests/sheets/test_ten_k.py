"""A race that was run, with the places that its organizers published."""

from app.domain.ids import EventId
from tests.sheets.golden import meet_of
from tests.sheets.meets.ten_k import EVENT, finishers


def test_every_place_overall_and_in_its_age_group_is_the_published_one() -> None:
    _, now = meet_of("ten_k")
    table = now.table(EventId(EVENT))
    found = {row.bib: (row.place, row.place_category) for row in table.rows(0, len(table)) if row.place}
    assert found == {one.bib: (one.place, one.division_place) for one in finishers()}
    assert len(found) == 1_265
