"""Every document of three small meets, word for word. `python -m tests.sheets.golden` makes the files anew: read the
difference before it is kept."""

import pytest

from tests.sheets.golden import CASES, FOLDER, path_of, written


@pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join((*case[:1], *case[2:])))
def test_a_document_is_written_as_it_was(case: tuple[str, str, str, str, str]) -> None:
    assert written(*case).decode() == path_of(*case).read_bytes().decode()


def test_no_golden_file_is_left_over() -> None:
    assert set(FOLDER.rglob("*.*")) == {path_of(*case) for case in CASES}
