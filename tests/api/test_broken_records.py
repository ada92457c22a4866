"""Records that races break, over HTTP: codes beside results, what is taken back, and what stood before."""

import pytest
from starlette.testclient import TestClient

from app.api.schemas.records import BrokenOut
from tests.api.organizer import Organizer
from tests.api.races import Track, road, track
from tests.api.record_lists import MR, NR, codes, put, raced, run


@pytest.fixture
def race(organizer: Organizer) -> Track:
    return raced(organizer)


def test_r10_results_show_what_was_broken_race_by_race(race: Track) -> None:
    run(race, 0, b1=9_984_000, b2=10_190_000)
    run(race, 1, b3=9_985_000, b4=9_990_000)
    assert codes(race, 0) == {"1": ["=NR", "MR"], "2": []}
    assert codes(race, 1) == {"3": ["=MR"], "4": ["=NR", "=MR"]}
    sheet = race.organizer.client.get(f"/v1/heats/{race.heats[0]}/sheets/results.csv").text
    assert "=NR MR" in sheet


@pytest.mark.parametrize(("wind", "found"), [("+2.0", ["NR", "MR"]), ("+2.1", ["w"]), (None, [])])
def test_r17_too_much_wind_and_none_read_break_nothing(race: Track, wind: str | None, found: list[str]) -> None:
    run(race, 0, wind, b1=9_800_000)
    assert codes(race)["1"] == found


def test_r8_by_hand_nothing_is_broken_unless_a_list_takes_it(race: Track) -> None:
    by_hand = {"method": "hand", "wind_mps": "0.0"}
    race.finishes(0, {"bib": "1", "elapsed_us": 9_800_000}, **by_hand)
    assert codes(race)["1"] == []
    put(race.organizer, race.meet, NR, match="now", takes={"photo_finish_to_m": 0})
    assert codes(race)["1"] == ["NR"]


def test_a_later_disqualification_takes_it_back_and_the_next_one_has_it(race: Track) -> None:
    run(race, 0, b1=9_900_000)
    run(race, 1, b4=9_950_000)
    path = f"/v1/heats/{race.heats[1]}/results"
    before = race.organizer.client.get(path)
    assert codes(race, 1)["4"] == []
    dq = race.organizer.make(f"/heats/{race.heats[0]}/rulings", {"bib": "1", "kind": "dq", "rule": "TR17.3"})
    assert codes(race, 0)["1"] == []
    assert codes(race, 1)["4"] == ["NR", "MR"]
    after = race.organizer.client.get(path, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    race.organizer.make(f"/meets/{race.meet}/log/{dq['seq']}/undo", expect=201)
    assert codes(race, 0)["1"] == ["NR", "MR"]


def test_r47_a_change_after_publication_is_a_new_version_with_places_qualifiers_and_records(race: Track) -> None:
    run(race, 0, b1=9_900_000, b2=10_190_000)
    run(race, 1, b3=10_300_000, b4=9_950_000)
    publications = f"/events/{race.event}/publications"
    for one in race.organizer.items(f"/events/{race.event}/anomalies", state="open"):
        path = f"/events/{race.event}/anomalies/{one['id']}/accept"
        race.organizer.make(path, {"official": "Sand", "reason": "Seen"}, expect=200)
    first = race.organizer.make(publications, {"status": "official"})
    race.organizer.make(f"/heats/{race.heats[0]}/rulings", {"bib": "1", "kind": "dq", "rule": "TR17.3"})
    second = race.organizer.make(publications, {"status": "official", "note": "After a protest"})
    assert (first["version"], second["version"]) == (1, 2)
    assert first["digest"] != second["digest"]
    one, two = (
        race.organizer.get(f"/publications/{version['id']}/content")["rounds"]["heat"] for version in (first, second)
    )
    assert {line["bib"]: line.get("place") for line in one}["2"] == 2
    assert {line["bib"]: line.get("place") for line in two}["2"] == 1
    lines = {line["bib"]: line for line in race.results(0)}
    assert (lines["2"]["place"], lines["2"]["qualification"], lines["2"]["records"]) == (1, "Q", ["MR"])
    assert (lines["1"]["place"], lines["1"]["qualification"], lines["1"]["records"]) == (None, None, [])
    assert codes(race, 1)["4"] == ["NR", "MR"]


def test_r48_what_was_broken_is_listed_in_order_with_what_stood_before(race: Track) -> None:
    run(race, 1, b4=9_970_000)
    run(race, 0, b1=9_960_000)
    found = race.organizer.items(f"/meets/{race.meet}/records/broken", limit=2)
    for one in found:
        BrokenOut.model_validate(one)
        assert one.keys() == BrokenOut.model_fields.keys()
    assert [(one["code"], one["bib"], one["mark"], one["heat"]) for one in found] == [
        ("NR", "4", "9.97", 2),
        ("MR", "4", "9.97", 2),
        ("NR", "1", "9.96", 1),
        ("MR", "1", "9.96", 1),
    ]
    (listed_before,), (run_before,) = found[0]["before"], found[2]["before"]
    assert (listed_before["mark"], listed_before["holder"], listed_before["date"]) == (
        "9.99",
        "A. Holder",
        "2011-08-02",
    )
    assert (run_before["mark"], run_before["bib"], run_before["heat_id"]) == ("9.97", "4", race.heats[1])


def test_because_names_the_record_and_the_rule(race: Track) -> None:
    run(race, 0, b1=9_984_000)
    marks = race.organizer.get(f"/events/{race.event}/standings/1")["because"]["marks"]
    assert [(one["code"], one["rule"], one["record_list"]) for one in marks] == [
        ("=NR", "R10", "club"),
        ("MR", "R10", "club"),
    ]
    assert marks[0]["before"][0]["holder"] == "A. Holder"
    run(race, 0, "+2.4", b1=9_984_000)
    marks = race.organizer.get(f"/events/{race.event}/standings/1")["because"]["marks"]
    assert [(one["code"], one["rule"], one["before"]) for one in marks] == [("w", "R17", [])]


def test_because_names_the_best_that_was_beaten(client: TestClient) -> None:
    organizer = Organizer(client)
    race = track(organizer, (), rounds=[{"name": "final"}])
    organizer.register(race.event, "9", pb="10.20")
    lists = {"heats": [{"number": 1, "starters": [{"bib": "9"}]}]}
    race.heats = [
        heat["id"]
        for heat in organizer.send("PUT", f"/events/{race.event}/rounds/final/heats", lists, match="*").json()["heats"]
    ]
    run(race, 0, b9=10_187_000)
    (mark,) = organizer.get(f"/events/{race.event}/standings/9")["because"]["marks"]
    assert (mark["code"], mark["rule"], mark["before"][0]["mark"]) == ("PB", "R10", "10.20")


def test_r78_a_medleys_record_is_broken_by_a_medley_alone(client: TestClient) -> None:
    organizer, legs = Organizer(client), [100, 200, 300, 400]
    race = track(organizer, ("NOR",), distance_m=1_000, relay_legs=4, legs_m=legs)
    long = {**MR, "code": "LR", "distance_m": 1_000, "relay_legs": 4, "mark": "9:00.00"}
    medley = {**MR, "distance_m": 1_000, "relay_legs": 4, "legs_m": legs, "mark": "1:55.00"}
    assert put(organizer, race.meet, long, medley).json()["lists"][0]["records"][1]["legs_m"] == legs
    race.finishes(0, {"bib": "NOR", "elapsed_us": 110_123_000})
    assert codes(race) == {"NOR": ["MR"]}


def test_a_reading_that_no_time_was_taken_from_takes_no_record_away(client: TestClient) -> None:
    race = road(Organizer(client), ("1",), surface="track")
    takes = {"photo_finish_to_m": 800, "transponder_on_track": True}
    held = {**MR, "distance_m": 10_000, "mark": "31:00"}
    assert put(race.organizer, race.meet, held, takes=takes).status_code == 200
    race.gun()
    race.finish({"1": 1_800.0})
    broken = f"/meets/{race.meet}/records/broken"
    assert [one["mark"] for one in race.organizer.items(broken)] == ["30:00"]
    reading = {"method": "semi", "finishes": [{"bib": "1", "elapsed_us": 1_805_000_000}]}
    race.organizer.make(f"/heats/{race.heat}/finishes", reading)
    assert [one["mark"] for one in race.organizer.items(broken)] == ["30:00"]
