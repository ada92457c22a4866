"""Every document of the meets, word for word. `python -m tests.sheets.golden` makes the files anew: read the difference
before it is kept."""

import pytest

from app.interchange.files import EVENT, HEAT, MEET
from app.sheets import FORMATS
from app.sheets.documents.events import EVENTS
from app.sheets.documents.heats import HEATS
from app.sheets.documents.meets import MEETS
from tests.sheets.golden import (
    CASES,
    DOCUMENTS,
    FILE_CASES,
    FOLDER,
    WRITTEN,
    file_path_of,
    file_written,
    path_of,
    sheets,
    written,
)
from tests.sheets.meets import MAKERS

SMALL = [meet for meet in MAKERS if meet not in ("ten_k", "several")]


@pytest.mark.parametrize("document", [(meet, *one) for meet, found in DOCUMENTS.items() for one in found], ids="-".join)
def test_a_document_is_written_as_it_was(document: tuple[str, str, str, str]) -> None:
    for format in WRITTEN:
        assert written(*document, format) == path_of(*document, format).read_bytes().decode(), format


@pytest.mark.parametrize("file", FILE_CASES, ids="-".join)
def test_a_file_for_other_programs_is_written_as_it_was(file: tuple[str, str, str, str]) -> None:
    assert file_written(*file) == file_path_of(*file).read_bytes().decode()


def test_no_golden_file_is_left_over() -> None:
    wanted = {path_of(*case) for case in CASES} | {file_path_of(*case) for case in FILE_CASES}
    assert {path for path in FOLDER.rglob("*") if path.is_file()} == wanted


@pytest.mark.parametrize("meet", SMALL)
def test_of_every_small_meet_every_document_in_every_format_is_golden(meet: str) -> None:
    served = (
        {("heat", name) for name in HEATS} | {("event", name) for name in EVENTS} | {("meet", name) for name in MEETS}
    )
    assert {(noun, name) for noun, _, name in DOCUMENTS[meet]} == served
    assert {*WRITTEN, "pdf"} == set(FORMATS)


def test_every_file_for_other_programs_is_golden() -> None:
    served = {(noun, name) for noun, files in (("heat", HEAT), ("event", EVENT), ("meet", MEET)) for name in files}
    assert {(noun, name) for _, noun, _, name in FILE_CASES} == served


def test_the_golden_sheets_have_every_status_letter_and_code_between_them() -> None:
    said = {code for case in CASES if case[4] == "txt" for sheet in sheets(*case[:4]) for code, _ in sheet.legend}
    letters = {"Q", "q", "qR", "qJ", "qD", "undecided"}
    marks = {"PB", "SB", "CR", "NR", "WB", "=", "w", "NWI", "h", "(.)"}
    out = {"DNF", "DNS", "DQ", "YC", "YRC", "RC", "L", "OC", "CUT"}
    assert letters | marks | out <= said
