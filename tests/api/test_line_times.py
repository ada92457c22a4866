"""Manual entry at the finish line over HTTP."""

import pytest
from starlette.testclient import TestClient

from tests.api.organizer import Organizer, problem
from tests.api.races import Road, road, written


@pytest.fixture
def race(client: TestClient) -> Road:
    race = road(Organizer(client), ("007", "7a", "12"))
    race.gun()
    return race


def take(race: Road, seconds: float, bib: str | None = None) -> str:
    """The path of the time that was taken."""
    body = {"at": written(seconds)} | ({} if bib is None else {"bib": bib})
    return f"/heats/{race.heat}/times/{race.organizer.make(f'/heats/{race.heat}/times', body)['id']}"


def test_a_time_comes_first_and_its_bib_later(race: Road) -> None:
    path = take(race, 2_400.0)
    assert race.organizer.get(path)["bib"] is None
    assert race.places()["12"] is None
    changed = race.organizer.send("PATCH", path, {"bib": "12"}, match="now")
    assert (changed.status_code, changed.json()["bib"]) == (200, "12")
    assert race.standings()[0]["mark"] == "40:00"


def test_both_can_be_corrected(race: Road) -> None:
    path = take(race, 2_400.0, "12")
    race.organizer.send("PATCH", path, {"at": written(2_460.0)}, match="now")
    assert race.standings()[0]["mark"] == "41:00"
    race.organizer.send("PATCH", path, {"bib": "007"}, match="now")
    assert race.places() == {"007": 1, "7a": None, "12": None}
    race.organizer.send("PATCH", path, {"bib": None}, match="now")
    assert set(race.places().values()) == {None}


def test_a_time_that_nobody_ran_is_dropped(race: Road) -> None:
    path = take(race, 2_400.0, "12")
    assert race.organizer.send("DELETE", path, match="now").status_code == 204
    problem(race.organizer.client.get(f"/v1{path}"), 404, "not_found")
    assert race.places()["12"] is None


def test_zeros_case_and_spaces_of_a_typed_bib_are_forgiven(race: Road) -> None:
    assert race.organizer.get(take(race, 2_400.0, " 7A "))["bib"] == "7a"
    assert race.organizer.get(take(race, 2_401.0, "7"))["bib"] == "007"


def test_a_bib_that_may_mean_two_runners_is_refused(race: Road) -> None:
    race.organizer.register(race.event, "0012", "Other")
    problem(race.organizer.post(f"/heats/{race.heat}/times", {"at": written(1.0), "bib": "012"}), 409, "ambiguous_bib")


def test_a_bib_that_nobody_starts_with_is_refused(race: Road) -> None:
    answer = race.organizer.post(f"/heats/{race.heat}/times", {"at": written(1.0), "bib": "99"})
    problem(answer, 422, "not_in_heat", "/bib")
    assert race.organizer.items(f"/heats/{race.heat}/times") == []


def test_times_are_listed_as_they_were_entered_page_by_page(race: Road) -> None:
    paths = [take(race, 2_400.0 + n) for n in range(5)]
    listed = race.organizer.items(f"/heats/{race.heat}/times", limit=2)
    assert [one["id"] for one in listed] == [path.rpartition("/")[2] for path in paths]


def test_changing_a_time_needs_what_was_seen(race: Road) -> None:
    path = take(race, 2_400.0)
    stale = race.organizer.tag(path)
    for method, body in (("PATCH", {"bib": "12"}), ("DELETE", None)):
        problem(race.organizer.send(method, path, body), 428, "match_required")
    race.organizer.send("PATCH", path, {"bib": "12"}, match=stale)
    for method, body in (("PATCH", {"bib": "007"}), ("DELETE", None)):
        problem(race.organizer.send(method, path, body, match=stale), 412, "stale")
    assert race.organizer.get(path)["bib"] == "12"


def test_a_time_without_an_instant_is_refused(race: Road) -> None:
    problem(race.organizer.post(f"/heats/{race.heat}/times", {"bib": "12"}), 422, "invalid_request", "/at")
    path = take(race, 2_400.0)
    problem(race.organizer.send("PATCH", path, {"at": None}, match="now"), 422, "invalid_request", "/at")


def test_a_time_is_found_in_its_own_heat_only(race: Road) -> None:
    other = road(race.organizer, ("1",))
    id = take(race, 2_400.0).rpartition("/")[2]
    problem(race.organizer.client.get(f"/v1/heats/{other.heat}/times/{id}"), 404, "not_found")


def two_waves(client: TestClient) -> tuple[Road, str]:
    """Bib 12 starts in wave A, 40 in wave B, half an hour later; the race, and the heat of wave B."""
    race = road(Organizer(client), ("1",))
    for bib, wave in (("12", "A"), ("40", "B")):
        race.organizer.register(race.event, bib, f"Runner{bib}", wave=wave)
    heats = {one["wave"]: one["id"] for one in race.organizer.items(f"/events/{race.event}/heats")}
    for wave, seconds in (("A", 0.0), ("B", 1_800.0)):
        race.organizer.make(f"/heats/{heats[wave]}/start", {"at": written(seconds)}, expect=200)
    race.heat = heats["A"]
    return race, heats["B"]


def test_the_bib_tells_the_wave_of_a_time_at_the_line(client: TestClient) -> None:
    race, other = two_waves(client)
    taken = race.organizer.make(f"/heats/{race.heat}/times", {"at": written(4_200.0), "bib": " 40 "})
    assert (taken["heat_id"], taken["bib"]) == (other, "40")
    assert race.organizer.items(f"/heats/{race.heat}/times") == []
    assert [one["mark"] for one in race.standings() if one["bib"] == "40"] == ["40:00"]


def test_a_time_moves_to_the_wave_of_its_bib_and_is_found_by_the_path_that_it_was_posted_to(client: TestClient) -> None:
    race, other = two_waves(client)
    path = take(race, 4_200.0)
    before = race.organizer.tag(f"/heats/{race.heat}/times")
    moved = race.organizer.send("PATCH", path, {"bib": "40"}, match="now").json()
    assert (moved["heat_id"], race.organizer.get(path)) == (other, moved)
    assert [one["id"] for one in race.organizer.items(f"/heats/{other}/times")] == [moved["id"]]
    assert race.organizer.tag(f"/heats/{race.heat}/times") != before
    race.organizer.send("PATCH", path, {"bib": "12"}, match="now")
    assert {one["bib"]: one["mark"] for one in race.standings()} == {"12": "1:10:00", "40": None, "1": None}
    refused = race.organizer.send("PATCH", path, {"bib": "99"}, match="now")
    problem(refused, 422, "not_in_heat", "/bib")
    race.organizer.make(f"/meets/{race.meet}/log/{race.organizer.get(path)['seq']}/undo")
    assert race.organizer.get(path)["heat_id"] == other


def test_a_wave_that_a_time_has_left_was_not_run_for_that(client: TestClient) -> None:
    race = road(Organizer(client), ("1",))
    race.organizer.register(race.event, "40", "Runner40", wave="B")
    path = take(race, 4_200.0)
    race.organizer.send("PATCH", path, {"bib": "40"}, match="now")
    problem(race.organizer.post(f"/heats/{race.heat}/rerun"), 409, "not_started")
