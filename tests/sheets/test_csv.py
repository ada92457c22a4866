import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from app.sheets import csv as sheet_csv
from app.sheets.csv import safe
from app.sheets.sheet import Cell, Column, Row, Sheet, Table

LINES = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40)
TRICKY = st.none() | st.integers(-9, 9) | st.text('=+-@ \t\r\n",.12a', max_size=5)


def rendered(*names: str) -> bytes:
    table = Table((Column("bib"), Column("name")), tuple(Row(("7", name)) for name in names))
    return sheet_csv.render([Sheet("results", "RESULTS", "A meet", tables=(table,))])


def test_lines_end_as_the_standard_says_and_names_keep_their_letters() -> None:
    assert rendered("Zoë Åström") == "bib,name\r\n7,Zoë Åström\r\n".encode()


def test_commas_quotes_and_line_breaks_are_quoted() -> None:
    assert rendered('Ada "the comet", Kos') == b'bib,name\r\n7,"Ada ""the comet"", Kos"\r\n'


def test_a_name_is_never_a_formula() -> None:
    for name in ("=1+1", "+SUM(A1)", "-2+3", "@now", "\t=1", '=HYPERLINK("http://x","y")'):
        assert list(csv.reader(io.StringIO(rendered(name).decode())))[1][1] == f"'{name}"


def test_a_signed_number_stays_a_number() -> None:
    assert rendered("+0.3", "-1.2") == b"bib,name\r\n7,+0.3\r\n7,-1.2\r\n"


@given(LINES)
def test_what_was_written_is_read_back(name: str) -> None:
    (_, (_, cell)) = csv.reader(io.StringIO(rendered(name).decode(), newline=""))
    assert cell.removeprefix("'") == name.removeprefix("'")
    assert cell.lstrip("'0123456789+-. ")[:1] not in {"=", "@"} or cell.startswith("'") or cell == name


@given(st.lists(st.tuples(TRICKY, TRICKY, TRICKY), max_size=5))
def test_lines_written_together_are_as_safe_as_cell_by_cell(rows: list[tuple[Cell, ...]]) -> None:
    table = Table((Column("a"), Column("b"), Column("c")), tuple(map(Row, rows)))
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n").writerows([("a", "b", "c"), *(map(safe, row) for row in rows)])
    assert sheet_csv.render([Sheet("results", "RESULTS", "A meet", tables=(table,))]) == written.getvalue().encode()
