"""Files of the camera, over HTTP: in and out again with the same values."""

from pathlib import Path
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from app.interchange import lif
from tests.api.organizer import Organizer, problem

DATA = Path(__file__).parent.parent / "interchange" / "data"
HEAD = "0,0,0,100 m,+0.3,m/s,,,,100,12:00:00.1234\r\n"


@pytest.fixture
def organizer(client: TestClient) -> Organizer:
    return Organizer(client)


def heat_of(organizer: Organizer, runners: int = 8, **given: Any) -> str:
    """Bibs 11, 12, … in lanes 1, 2, …"""
    event = organizer.sprint(organizer.meet(ends_on="2026-06-06"), **given)
    starters = [{"bib": str(10 + lane), "lane": lane} for lane in range(1, runners + 1)]
    for one in starters:
        organizer.register(event, str(one["bib"]))
    heats = {"heats": [{"number": 1, "starters": starters}]}
    put = organizer.client.put(f"/v1/events/{event}/rounds/final/heats", json=heats)
    return str(put.json()["heats"][0]["id"])


def sent(organizer: Organizer, heat: str, data: str | bytes, **query: Any) -> Response:
    return organizer.client.post(
        f"/v1/heats/{heat}/finishes/import", content=data, params=query, headers={"Content-Type": "text/plain"}
    )


def lines(organizer: Organizer, heat: str) -> list[tuple[Any, ...]]:
    names = ("place", "lane", "bib", "mark", "status", "elapsed_us", "reaction_us")
    return [tuple(one[name] for name in names) for one in organizer.items(f"/heats/{heat}/results")]


@pytest.mark.parametrize("name", ["800m14.lif", "test2.lif"])
def test_a_file_of_the_camera_comes_out_with_the_same_values(organizer: Organizer, name: str) -> None:
    heat, data = heat_of(organizer, distance_m=800, start="mass"), (DATA / name).read_bytes()
    report = sent(organizer, heat, data).json()
    assert (report["stored"], report["errors"]) == (True, [])
    back = lif.read(organizer.client.get(f"/v1/heats/{heat}/sheets/results.lif").content)
    before = lif.read(data)
    ran = back.rows[: len(before.rows)]
    assert [(row.place, row.lane) for row in ran] == [(row.place, row.lane) for row in before.rows]
    assert lif.measured(ran) == lif.measured(before.rows)
    assert lif.time_of_day(back.start) == lif.time_of_day(before.start)
    if name == "800m14.lif":
        assert [(row.time, row.delta) for row in ran] == [(row.time, row.delta) for row in before.rows]


def test_a_place_without_a_time_is_a_place(organizer: Organizer) -> None:
    heat = heat_of(organizer)
    report = sent(organizer, heat, (DATA / "no_time 01.lif").read_bytes()).json()
    assert (report["stored"], report["finishes"]) == (True, 1)
    (read,) = organizer.items(f"/heats/{heat}/finishes")
    assert (read["bib"], read["place"], read["elapsed_us"]) == ("11", 1, None)


def test_ids_codes_wind_reactions_and_the_start_are_read(organizer: Organizer) -> None:
    heat = heat_of(organizer)
    ran = "1,12,2,,,,10.02,,10.013,0.141\r\n2,11,,,,,10.21,,0.196,-0.010\r\n"
    rows = f"{ran}DQ,13,3\r\nDNS,,4\r\nDNF,15\r\nADV,16\r\n,,7\r\n"
    report = sent(organizer, heat, HEAD + rows).json()
    seq = report.pop("seq")
    assert report == {
        "stored": True,
        "finishes": 5,
        "wind_mps": "+0.3",
        "started_at": "2026-06-06T10:00:00.123400Z",
        "errors": [],
    }
    assert lines(organizer, heat)[:2] == [
        (1, 2, "12", "10.02", "OK", 10_013_000, 141_000),
        (2, 1, "11", "10.21", "OK", 10_209_000, -10_000),
    ]
    found = {one[2]: one[4] for one in lines(organizer, heat)}
    assert (found["13"], found["14"], found["15"], found["16"]) == ("DQ", "DNS", "DNF", None)
    assert sent(organizer, heat, HEAD + rows).json()["seq"] == seq, "the same again changes nothing"


def test_the_judge_is_asked_where_times_are_level_alone(organizer: Organizer) -> None:
    heat = heat_of(organizer)
    sent(organizer, heat, HEAD + "1,12,,,,,10.02,,10.013\r\n2,11,,,,,10.02,,0.000\r\n3,13,,,,,10.30,,0.281\r\n")
    read = {one["bib"]: one["place"] for one in organizer.items(f"/heats/{heat}/finishes")}
    assert read == {"12": 1, "11": 2, "13": None}
    assert [one[:3] for one in lines(organizer, heat)[:3]] == [(1, 2, "12"), (2, 1, "11"), (3, 3, "13")]


def test_a_start_that_was_recorded_stays(organizer: Organizer) -> None:
    heat = heat_of(organizer)
    organizer.post(f"/heats/{heat}/start", {"at": "2026-06-06T12:00:00+02:00"})
    data = HEAD + "1,12,,,,,10.02\r\n"
    assert sent(organizer, heat, data).json()["started_at"] is None
    problem(sent(organizer, heat, data, on="2026-06-31"), 422, "not_a_date", "/on")


def test_in_a_meet_of_several_days_the_day_has_to_be_said(organizer: Organizer) -> None:
    event = organizer.sprint(organizer.meet())
    organizer.register(event, "12")
    (heat,) = organizer.drawn(event)
    data = HEAD + "1,12,,,,,10.02\r\n"
    assert sent(organizer, heat, data, dry_run="true").json()["started_at"] is None
    problem(sent(organizer, heat, data, on="2026-06-31"), 422, "not_a_date")
    report = sent(organizer, heat, data, on="2026-06-07").json()
    assert report["started_at"] == "2026-06-07T10:00:00.123400Z"


def test_a_row_that_names_nobody_here_stores_nothing_unless_skipped(organizer: Organizer) -> None:
    heat = heat_of(organizer)
    data = (
        HEAD
        + "1,99,,,,,10.02\r\n2,12,3,,,,10.10\r\n3,13,,,,,10.20\r\n4,13,,,,,10.20\r\n5,,,,,,10.30\r\n6,,9,,,,10.40\r\n"
    )
    report = sent(organizer, heat, data).json()
    assert (report["stored"], report["finishes"]) == (False, 0)
    assert [(one["row"], one["column"], one["code"]) for one in report["errors"]] == [
        (2, "id", "not_in_heat"),
        (3, "lane", "not_in_heat"),
        (5, "id", "runner_twice"),
        (6, "id", "no_runner"),
        (7, "lane", "not_in_heat"),
    ]
    assert organizer.items(f"/heats/{heat}/finishes") == []
    assert sent(organizer, heat, data, on_error="skip").json()["stored"]
    assert [one["bib"] for one in organizer.items(f"/heats/{heat}/finishes")] == ["13"]


def test_a_dry_run_stores_nothing(organizer: Organizer) -> None:
    heat = heat_of(organizer)
    report = sent(organizer, heat, HEAD + "1,12,,,,,10.02\r\n", dry_run="true").json()
    assert (report["stored"], report["finishes"], report["seq"]) == (False, 1, None)
    assert organizer.items(f"/heats/{heat}/finishes") == []


def test_the_file_of_another_heat_is_refused(organizer: Organizer) -> None:
    heat = heat_of(organizer)
    data = HEAD.replace("0,0,0", "1,1,2") + "1,12,,,,,10.02\r\n"
    problem(sent(organizer, heat, data), 422, "other_heat")
    assert sent(organizer, heat, data, any_heat="true").json()["stored"]
    assert sent(organizer, heat, data.replace("1,1,2", "1,1,1")).json()["stored"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("", "not_lif"),
        (HEAD, "empty"),
        (HEAD + "1,12,,,,,10.0", "unfinished"),
        (HEAD + "1,12,,,,,slow\r\n", "not_a_mark"),
    ],
)
def test_what_is_no_result_is_refused(organizer: Organizer, data: str, code: str) -> None:
    problem(sent(organizer, heat_of(organizer, 2), data), 422, code)


def test_another_type_is_refused(organizer: Organizer) -> None:
    problem(organizer.post(f"/heats/{heat_of(organizer, 2)}/finishes/import", {}), 415, "unsupported_media_type")
