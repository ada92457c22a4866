"""Every document of the meets, text by text and place by place."""

import pytest

from tests.sheets.golden import sheets
from tests.sheets.pdf.golden import CASES, FOLDER, of_pages, path_of
from tests.sheets.pdf.reading import overlaps


@pytest.mark.parametrize(("meet", "noun", "id", "name"), CASES)
def test_a_page_is_as_it_was_and_nothing_on_it_runs_into_another(meet: str, noun: str, id: str, name: str) -> None:
    kept, found = of_pages(sheets(meet, noun, id, name))
    assert kept == path_of(meet, noun, id, name).read_text(encoding="utf-8")
    assert overlaps(found) == []


def test_there_is_no_golden_page_of_a_document_that_is_gone() -> None:
    assert set(FOLDER.rglob("*.txt")) == {path_of(*case) for case in CASES}
