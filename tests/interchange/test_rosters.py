"""Lists of entries of other programs as titles and rows."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.refusals import Invalid
from app.interchange import rosters
from app.interchange.rosters import FORMATS, Format, Wanted
from tests.interchange.workbooks import of_texts

KNOWN = {"bib", "name", "sex"}


def rows(data: bytes, format: Format, event: str | None = None) -> list[tuple[int, list[str]]]:
    grid = rosters.read(data, format, Wanted(KNOWN.__contains__, event))
    return list(grid.rows)


@pytest.mark.parametrize(
    ("data", "format"),
    [
        (b"bib,sex\n", "csv"),
        (b"\xef\xbb\xbfD;Ito;Ren\r\n", "hytek"),
        (b"I;Ito;Ren\r\n", "hytek"),
        (b"DNF;Ito\r\n", "csv"),
        (b' {"competitors": []}', "opentrack"),
        (of_texts(("bib",)), "xlsx"),
        (b"", "csv"),
    ],
)
def test_what_a_file_is_shows_in_its_first_bytes(data: bytes, format: Format) -> None:
    assert rosters.sniffed(data) == format


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_makes_titles_of_the_header(delimiter: str) -> None:
    text = delimiter.join(("bib", "name", "Club; or, team|club\t" if delimiter == "?" else "club")) + "\n"
    grid = rosters.read(text.encode(), "csv", Wanted(KNOWN.__contains__))
    assert list(grid.titles) == ["bib", "name", "club"]


def test_entries_of_hytek_are_read_with_their_lines() -> None:
    data = b"I;Ito;Ren;;M;04/12/1999\r\nI;Lie;Ola;;M\r\n"
    data += b"D;Ito;Ren;;M;04/12/1999;HAR;Harbour AC;27;;100;16.50;M;;;;281;;\r\n"
    data += b"D;Moe;Kari;;F;;;;;;100;;M;;;;7;;S\r\nE;Old;Kai;;M;;;SK;44;;100;12.1\r\n"
    found = rows(data, "hytek")
    assert [(row, cells[0], cells[1], cells[3], cells[10]) for row, cells in found] == [
        (2, "", "Lie", "M", ""),
        (3, "281", "Ito", "M", "16.50"),
        (5, "44", "Old", "M", "12.1"),
    ]


def test_events_of_a_file_are_told_apart() -> None:
    data = b"12,1,1,100 m men\r\n,21,4,Bo,Ann,SK\r\n12,1,2,100 m men\r\n,23,0,Ek,Per\r\n13,1,1,200 m\r\n,22,4,Li,Bo\r\n"
    assert [(row, cells[0]) for row, cells in rows(data, "evt", "12")] == [(2, "21"), (4, "23")]
    assert [cells[0] for _, cells in rows(data, "evt", "200 M")] == ["22"]
    with pytest.raises(Invalid, match=r"12 100 m men, 13 200 m"):
        rows(data, "evt")
    with pytest.raises(Invalid, match="did you mean 100 m men"):
        rows(data, "evt", "100 m man")


def test_a_start_list_of_very_many_runners_takes_no_longer_for_each_of_them() -> None:
    data = b"1,1,1,100 m\n" + b",7,0,Bo\n" * 100_000
    assert len(rows(data, "evt")) == 100_000


@pytest.mark.parametrize(
    ("data", "format", "code"),
    [
        (b"X;Ito\r\n", "hytek", "not_hytek"),
        (b",21,4,Bo\r\n", "evt", "not_evt"),
        (b"a,b,c,d\r\n", "evt", "not_evt"),
        (b"[]", "opentrack", "not_opentrack"),
        (b"{", "opentrack", "not_json"),
        (b"{}", "opentrack", "no_competitors"),
        (b'{"competitors": [1]}', "opentrack", "not_opentrack"),
        (b"[" * 100_000, "opentrack", "not_json"),
        (b"PK", "xlsx", "not_xlsx"),
        (b"\n", "csv", "no_header"),
        (b",,\n1,2,3\n", "csv", "no_header"),
    ],
)
def test_what_is_no_such_file_is_refused(data: bytes, format: Format, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        rows(data, format)
    assert refused.value.code == code


@pytest.mark.parametrize("format", FORMATS)
@given(data=st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_rows_or_refused(format: Format, data: bytes) -> None:
    with suppress(Invalid):
        rows(data, format)
