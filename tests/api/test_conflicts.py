"""Two reads with one identity, over HTTP."""

import pytest
from starlette.testclient import TestClient

from tests.api.organizer import Organizer, problem
from tests.api.races import Road, after_gun, road, written


@pytest.fixture
def race(client: TestClient) -> Road:
    """Number 1 of the finish mat came twice: as runner 1 at 30:00, and as runner 2 at 30:10."""
    race = road(Organizer(client))
    race.gun()
    race.read("Finish", "1", 1_800.0)
    race.read("Finish", "2", 1_810.0, seq=1)
    return race


def rule(race: Road, take: str) -> dict[str, object]:
    (conflict,) = race.organizer.items(f"/meets/{race.meet}/read-conflicts")
    ruled = race.organizer.make(f"/meets/{race.meet}/read-conflicts/{conflict['seq']}/rulings", {"take": take})
    return dict(ruled)


def test_both_are_shown_and_the_first_counts(race: Road) -> None:
    (conflict,) = race.organizer.items(f"/meets/{race.meet}/read-conflicts")
    assert (conflict["source"], conflict["epoch"], conflict["source_seq"]) == ("Finish", "1", 1)
    assert (conflict["first"]["chip"], conflict["first"]["at"]) == ("C1", written(1_800.0))
    assert (conflict["offered"]["chip"], conflict["offered"]["at"]) == ("C2", written(1_810.0))
    assert (conflict["counts"], conflict["ruling_seq"]) == ("first", None)
    assert (race.places()["1"], race.places()["2"]) == (1, None)
    assert race.organizer.get(f"/meets/{race.meet}/read-conflicts/{conflict['seq']}") == conflict


def test_an_official_says_which_one_counts_and_may_say_otherwise_later(race: Road) -> None:
    assert rule(race, "offered")["counts"] == "offered"
    assert (race.places()["1"], race.places()["2"]) == (None, 1)
    assert rule(race, "first")["counts"] == "first"
    assert (race.places()["1"], race.places()["2"]) == (1, None)


def test_undoing_the_ruling_leaves_the_first(race: Road) -> None:
    seq = rule(race, "offered")["ruling_seq"]
    race.organizer.make(f"/meets/{race.meet}/log/{seq}/undo")
    (conflict,) = race.organizer.items(f"/meets/{race.meet}/read-conflicts")
    assert (conflict["counts"], conflict["ruling_seq"], race.places()["1"]) == ("first", None, 1)


def test_what_lost_says_so_among_the_reads(race: Road) -> None:
    rule(race, "offered")
    states = {one["chip"]: one["state"] for one in race.organizer.items(f"/meets/{race.meet}/reads")}
    assert states == {"C1": "conflict_lost", "C2": "used"}


def test_conflicts_come_in_pages(race: Road) -> None:
    for n in range(4):
        race.post("Finish", [{"seq": 1, "chip": f"C{n}", "at": after_gun(1_900.0 + n)}])
    listed = race.organizer.items(f"/meets/{race.meet}/read-conflicts", limit=2)
    assert [one["offered"]["chip"] for one in listed] == ["C2", "C0", "C1", "C2", "C3"]


def test_only_a_conflict_can_be_ruled_on(race: Road) -> None:
    path = f"/meets/{race.meet}/read-conflicts/1"
    problem(race.organizer.post(f"{path}/rulings", {"take": "first"}), 404, "not_found")
    problem(race.organizer.client.get(f"/v1{path}"), 404, "not_found")
    (conflict,) = race.organizer.items(f"/meets/{race.meet}/read-conflicts")
    answer = race.organizer.post(f"/meets/{race.meet}/read-conflicts/{conflict['seq']}/rulings", {"take": "neither"})
    problem(answer, 422, "invalid_request", "/take")
