"""LIF as the camera writes it."""

from pathlib import Path

import pytest

from app.domain.facts import Status
from app.domain.refusals import Invalid
from app.domain.units import Duration
from app.interchange import lif
from app.interchange.lif import Lif, Row

DATA = Path(__file__).parent / "data"
FILES = ("800m14.lif", "test2.lif", "no_time 01.lif")


def read(name: str) -> Lif:
    return lif.read((DATA / name).read_bytes())


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_the_camera_comes_out_as_it_went_in(name: str) -> None:
    assert lif.read(lif.write(read(name))) == read(name)


def test_the_longest_of_them_comes_out_to_the_byte() -> None:
    assert lif.write(read("800m14.lif")) == (DATA / "800m14.lif").read_bytes()


def test_differences_to_the_winner_are_finer_than_the_times_beside_them() -> None:
    file = read("800m14.lif")
    assert (file.name, file.start, len(file.rows)) == ("800m 14", "11:47:50.9326", 8)
    assert (file.rows[3].lane, file.rows[3].time) == (6, "2:55.23")
    assert lif.measured(file.rows)[0] == 155_190_000
    assert lif.measured(file.rows)[-1] == 184_353_000, "2:35.190 and 29.163, published as 3:04.36"


def test_differences_to_the_one_before_are_told_by_the_times() -> None:
    assert lif.measured(read("test2.lif").rows) == [9_232_000, 9_340_000, 9_460_000, 9_508_000]


def test_differences_that_do_not_fit_the_times_do_not_count() -> None:
    rows = (Row(time="10.00", delta="10.000"), Row(time="10.20", delta="0.500"))
    assert lif.measured(rows) == [10_000_000, 10_200_000]


def test_a_place_without_a_time_is_kept() -> None:
    (row,) = read("no_time 01.lif").rows
    assert (row.place, row.lane, row.time, lif.status_of(row)) == ("1", 1, "", "OK")
    assert lif.measured([row]) == [None]


@pytest.mark.parametrize(
    ("place", "time", "status"),
    [
        ("1", "10.00", "OK"),
        ("", "10.00", "OK"),
        ("", "", None),
        ("DNS", "", "DNS"),
        ("SCR", "", "DNS"),
        ("DQ", "", "DQ"),
        ("DSQ", "", "DQ"),
        ("dq", "10.00", "DQ"),
        ("FS", "", "DQ"),
        ("DNF", "", "DNF"),
        ("RET", "", "DNF"),
        ("ADV", "", None),
    ],
)
def test_the_place_may_be_a_code(place: str, time: str, status: Status | None) -> None:
    assert lif.status_of(Row(place=place, time=time)) == status


def test_a_file_that_is_still_being_written_is_refused() -> None:
    whole = (DATA / "800m14.lif").read_bytes()
    for end in range(1, len(whole) - 1):
        if whole[end - 1 : end] != b"\n" and whole[end : end + 1] != b"\n":
            with pytest.raises(Invalid, match="still being written"):
                lif.read(whole[:end])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_lif"),
        (b"\n\n", "not_lif"),
        (b"place,bib\r\n1,7\r\n", "not_lif"),
        (b"1,1,1,x\r\n1,7,1,,,,fast\r\n", "not_a_mark"),
    ],
)
def test_what_is_no_lif_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        lif.read(data)
    assert refused.value.code == code


def test_windows_1252_is_read_and_lane_0_is_none() -> None:
    (row,) = lif.read("1,1,1,Läufe\r\n1,7,0,Ågren,Zoë,,10.00\r\n".encode("cp1252")).rows
    assert (row.last, row.first, row.lane) == ("Ågren", "Zoë", None)


def test_a_difference_may_be_nothing_or_less() -> None:
    """Level in the image, and placed by the judge against the clock."""
    rows = (Row(time="10.01", delta="10.003"), Row(time="10.01", delta="0.000"), Row(time="10.00", delta="-0.004"))
    assert lif.measured(rows) == [10_003_000, 10_003_000, 9_999_000]


@pytest.mark.parametrize(
    ("start", "us"),
    [("11:47:50.9326", 42_470_932_600), ("8:29:39", 30_579_000_000), ("24:00:00", None), ("soon", None)],
)
def test_the_start_is_a_time_of_day(start: str, us: int | None) -> None:
    assert lif.time_of_day(start) == (None if us is None else Duration(us))
