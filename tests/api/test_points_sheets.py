"""Sheets of combined events and of series over HTTP."""

import csv
import io
from itertools import product
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.sheets import FORMATS
from app.sheets.words import LANGUAGES
from tests.api.organizer import Organizer, problem
from tests.api.test_combined import run
from tests.api.test_medals import Games
from tests.api.test_series import race, series


@pytest.fixture
def games(client: TestClient) -> Games:
    organizer = Organizer(client)
    return Games(organizer, organizer.meet(bib_scope="event"))


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def combined(games: Games, format: str, *events: str, **more: Any) -> Any:
    params = {"events": list(events), **more}
    return games.organizer.client.get(f"/v1/meets/{games.meet}/sheets/combined.{format}", params=params)


def test_r83_combined_events_have_points_and_marks_side_by_side(games: Games) -> None:
    hundred = run(games, 100, {"1": 10.55, "2": 11.00, "3": "DNF"})
    four = run(games, 400, {"1": 50.00, "2": 48.00, "3": "DNS"})
    first, _, last = rows(combined(games, "csv", hundred, four).text)
    assert [first[key] for key in ("rank", "bib", "points 1", "mark 1", "points 2", "mark 2", "points")] == (
        ["1", "1", "963", "10.55", "815", "50.00", "1778"]
    )
    assert (last["points 1"], last["status 1"], last["status 2"], last["points"]) == ("0", "DNF", "DNS", "0")
    text = combined(games, "txt", hundred, four, language="de").text
    assert "MEHRKAMPF" in text
    assert any(line.split()[-5:] == ["10.55", "963", "50.00", "815", "1778"] for line in text.splitlines())
    assert "DNF" in text.partition("MEHRKAMPF")[2]


def test_who_has_as_many_points_shares_the_rank_and_paper_says_so(games: Games) -> None:
    hundred = run(games, 100, {"1": 10.55, "2": 10.55, "3": 11.00})
    found = combined(games, "txt", hundred).text
    assert [line.split()[0] for line in found.splitlines() if "RUNNER" in line] == ["=1", "=1", "3"]


def test_combined_events_are_official_when_all_of_them_are(games: Games) -> None:
    hundred, four = run(games, 100, {"1": 10.55}), run(games, 400, {"1": 50.00})
    games.organizer.make(f"/events/{hundred}/publications", {"status": "official"})
    assert combined(games, "json", hundred, four).json()["status"] == "provisional"
    games.organizer.make(f"/events/{four}/publications", {"status": "official"})
    assert combined(games, "json", hundred, four).json()["status"] == "official"


def test_combined_events_want_their_events_and_a_table_that_has_them(games: Games) -> None:
    hundred = run(games, 100, {"1": 10.55})
    problem(combined(games, "csv"), 422, "invalid_request")
    problem(combined(games, "csv", "evt_0"), 404, "not_found")
    problem(combined(games, "doc", hundred), 406, "not_acceptable")
    problem(combined(games, "csv", hundred, table="none"), 404, "not_found")


def test_both_are_made_in_every_format_and_language(organizer: Organizer) -> None:
    home, event, _ = race(organizer, "A B C")
    paths = f"/meets/{home}/sheets/combined", f"/series/{series(organizer, (home, event, ''))}/sheets/standings"
    for path, format, language in product(paths, FORMATS, LANGUAGES):
        query = {"language": language} | ({"events": event} if "combined" in path else {})
        made = organizer.client.get(f"/v1{path}.{format}", params=query)
        assert (made.status_code, made.headers["Content-Type"]) == (200, FORMATS[format].media)


def test_r82_a_series_has_the_points_of_each_race_and_in_brackets_what_does_not_count(organizer: Organizer) -> None:
    cup = series(organizer, race(organizer, "A B C"), race(organizer, "B C A"), race(organizer, "B A C"))
    found = organizer.client.get(f"/v1/series/{cup}/sheets/standings.csv")
    assert [[one[key] for key in ("place", "race 1", "race 2", "race 3", "points")] for one in rows(found.text)] == [
        ["1", "(54)", "60", "60", "120"],
        ["2", "60", "(48)", "54", "114"],
        ["3", "48", "54", "(48)", "102"],
    ]
    said = organizer.client.get(f"/v1/series/{cup}/sheets/standings.json").json()
    assert (said["sheet"], said["series"], said["status"]) == ("series", "Cup", "provisional")
    assert said["notes"] == ["In brackets: does not count."]


def test_a_series_is_official_when_all_of_its_races_are_and_its_sheet_changes_with_them(organizer: Organizer) -> None:
    first, second = race(organizer, "A B"), race(organizer, "B =A")
    cup = series(organizer, first, second, tie_breaks=[])
    path = f"/v1/series/{cup}/sheets/standings.json"
    before = organizer.client.get(path)
    assert organizer.client.get(path, headers={"If-None-Match": before.headers["ETag"]}).status_code == 304
    organizer.make(f"/events/{first[1]}/publications", {"status": "official"})
    assert organizer.client.get(path).json()["status"] == "provisional"
    organizer.make(f"/events/{second[1]}/publications", {"status": "official"})
    after = organizer.client.get(path)
    assert (after.json()["status"], after.headers["ETag"] != before.headers["ETag"]) == ("official", True)


def test_a_series_without_races_that_count_has_a_clear_sheet(organizer: Organizer) -> None:
    cup = series(organizer, race(organizer, "A B"))
    said = organizer.client.get(f"/v1/series/{cup}/sheets/standings.json", params={"least": "official"}).json()
    assert (said["rows"], said["notes"]) == ([], ["There is nothing to list yet."])
    problem(organizer.client.get(f"/v1/series/{cup}/sheets/standings.doc"), 406, "not_acceptable")
    problem(organizer.client.get("/v1/series/ser_0/sheets/standings.csv"), 404, "not_found")
