"""Results of races that are over, over HTTP."""

from pathlib import Path
from typing import Any

import pytest
from httpx2 import Response

from tests.api.organizer import Organizer, problem

DATA = Path(__file__).parent.parent / "interchange" / "data"
HEAD = "heat,lane,place,bib,family_name,sex,mark,status,wind\n"
LIST = (
    HEAD
    + "1,4,1,281,Ito,M,10.02,,-0.4\n1,5,2,282,Moe,M,10.10,,-0.4\n1,6,,283,Lie,M,,DQ,-0.4\n"
    + "2,4,2,284,Bo,M,10.30,,+1.1\n2,5,1,285,Ek,M,10.30,,+1.1\n2,6,DNS,286,Aas,M,,,+1.1\n"
)


@pytest.fixture
def event(organizer: Organizer) -> str:
    return organizer.sprint(organizer.meet(ends_on="2026-06-06"))


def sent(organizer: Organizer, event: str, data: str | bytes, media: str = "text/csv", **query: Any) -> Response:
    path = f"/v1/events/{event}/rounds/final/results/import"
    return organizer.client.post(path, content=data, params=query, headers={"Content-Type": media})


def results(organizer: Organizer, event: str) -> list[tuple[Any, ...]]:
    names = ("heat", "place", "bib", "lane", "mark", "status")
    return [tuple(one[name] for name in names) for one in organizer.items(f"/events/{event}/rounds/final/results")]


def test_a_list_becomes_entries_heats_and_results(organizer: Organizer, event: str) -> None:
    report = sent(organizer, event, LIST).json()
    assert (report["stored"], report["created"], report["heats"], report["finishes"]) == (True, 6, 2, 6)
    assert results(organizer, event) == [
        (1, 1, "281", 4, "10.02", "OK"),
        (1, 2, "282", 5, "10.10", "OK"),
        (2, 1, "285", 5, "10.30", "OK"),
        (2, 2, "284", 4, "10.30", "OK"),
        (1, None, "283", 6, None, "DQ"),
        (2, None, "286", 6, None, "DNS"),
    ]
    again = sent(organizer, event, LIST).json()
    assert (again["created"], again["unchanged"], again["stored"]) == (0, 6, True)
    assert len(results(organizer, event)) == 6


def test_a_dry_run_does_everything_and_takes_it_back(organizer: Organizer, event: str) -> None:
    report = sent(organizer, event, LIST, dry_run="true").json()
    assert (report["stored"], report["created"], report["heats"]) == (False, 6, 2)
    assert organizer.items(f"/events/{event}/registrations") == []
    assert organizer.heats(event) == []
    problem(sent(organizer, event, LIST.replace("1,5,2", "1,4,2"), dry_run="true"), 422, "lane_twice")


def test_a_day_that_is_none_is_refused_also_where_no_camera_needs_it(organizer: Organizer, event: str) -> None:
    problem(sent(organizer, event, LIST, on="2026-06-31"), 422, "not_a_date", "/on")


def test_a_bib_or_a_chip_in_two_rows_is_told_by_the_first_of_them(organizer: Organizer, event: str) -> None:
    text = "bib,family_name,sex,mark,chips\n1,Ito,M,10.02,C1\n1,Ito,M,10.02,\n2,Lie,M,10.03,C1\n"
    errors = sent(organizer, event, text).json()["errors"]
    assert [(one["row"], one["column"], one["code"]) for one in errors] == [
        (3, "bib", "bib_twice"),
        (4, "chips", "chip_twice"),
    ]


def test_runners_who_are_registered_need_no_name(organizer: Organizer, event: str) -> None:
    organizer.register(event, "281", "Ito")
    assert sent(organizer, event, "bib,mark\n281,10.02\n").json()["unchanged"] == 1
    (error,) = sent(organizer, event, "bib,mark\n999,10.02\n").json()["errors"]
    assert (error["row"], error["column"], error["code"]) == (2, "bib", "not_registered")


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("1,4,1,281,Ito,M,fast,,", "mark", "not_a_mark"),
        ("1,x,1,281,Ito,M,10.02,,", "lane", "not_a_lane"),
        ("one,4,1,281,Ito,M,10.02,,", "heat", "not_a_heat"),
        ("1,4,,281,Ito,M,,,", "mark", "no_result"),
        ("1,4,1,281,Ito,?,10.02,,", "sex", "not_a_sex"),
        ("1,4,1,,Ito,M,10.02,,", "bib", "no_bib"),
    ],
)
def test_a_bad_row_stores_nothing_unless_skipped(
    organizer: Organizer, event: str, row: str, column: str, code: str
) -> None:
    text = f"{HEAD}1,3,1,7,Lie,M,10.00,,\n{row}\n"
    report = sent(organizer, event, text).json()
    (error,) = report["errors"]
    assert (report["stored"], error["row"], error["column"], error["code"]) == (False, 3, column, code)
    assert organizer.items(f"/events/{event}/registrations") == []
    assert sent(organizer, event, text, on_error="skip").json()["finishes"] == 1


def test_winds_of_one_heat_must_agree(organizer: Organizer, event: str) -> None:
    problem(sent(organizer, event, LIST.replace("Moe,M,10.10,,-0.4", "Moe,M,10.10,,+0.4")), 422, "winds_differ")
    assert organizer.items(f"/events/{event}/registrations") == []


def test_a_road_list_goes_to_the_heats_of_its_waves(organizer: Organizer) -> None:
    event = organizer.event(organizer.meet())
    text = "bib,family_name,sex,wave,mark\n1,Holm,M,A,40:01\n2,Moe,W,B,41:10\n3,Lie,M,A,39:59\n"
    report = sent(organizer, event, text, method="hand").json()
    assert (report["errors"], report["heats"]) == ([], 2)
    standings = organizer.items(f"/events/{event}/standings")
    assert [(one["place"], one["bib"], one["mark"]) for one in standings] == [
        (1, "3", "39:59"),
        (2, "1", "40:01"),
        (3, "2", "41:10"),
    ]


def test_the_cameras_file_of_a_race_that_is_over(organizer: Organizer, event: str) -> None:
    data = "1,1,2,100 m,+0.3,m/s,,,,100,12:00:00.1234\r\n1,7,4,Ito,Ren,SK,10.02,,10.013\r\nDNF,8,5,Moe,Kai,SK\r\n"
    report = sent(organizer, event, data, "text/plain", format="lif")
    assert [one["code"] for one in report.json()["errors"]] == ["no_sex", "no_sex"]
    men = organizer.sprint(organizer.meet(ends_on="2026-06-06"), sex="M")
    assert sent(organizer, men, data, "text/plain", format="lif").json()["created"] == 2
    assert results(organizer, men) == [(2, 1, "7", 4, "10.02", "OK"), (2, None, "8", 5, None, "DNF")]
    (heat,) = organizer.items(f"/events/{men}/heats")
    out = organizer.client.get(f"/v1/heats/{heat['id']}/sheets/results.lif").text
    assert out.splitlines()[1].startswith("1,7,4,Ito,Ren,SK,10.02,,10.013")
    assert out.splitlines()[0].endswith("12:00:00.1234")


def test_what_is_no_list_of_results_is_refused(organizer: Organizer, event: str) -> None:
    problem(sent(organizer, event, "place,mark\n1,10.02\n"), 422, "missing_column", "/bib")
    problem(sent(organizer, event, "bib,mark\n"), 422, "empty")
    problem(
        sent(organizer, event, (DATA / "800m14.lif").read_bytes()[:-2], "text/plain", format="lif"), 422, "unfinished"
    )
    problem(sent(organizer, event, LIST, "image/png"), 415, "unsupported_media_type")
    path = f"/v1/events/{event}/rounds/semifinal/results/import"
    answer = organizer.client.post(path, content=LIST, headers={"Content-Type": "text/csv"})
    problem(answer, 404, "not_found")
