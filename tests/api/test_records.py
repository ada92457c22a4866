"""Records over HTTP: lists that an organizer gives, codes beside results, and what was broken."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from app.api.schemas.records import BrokenOut, RecordListOut, RecordStands
from tests.api.organizer import Organizer, problem
from tests.api.races import Track, road, show, track

NR = {
    "code": "NR",
    "of": "NOR",
    "sex": "M",
    "distance_m": 100,
    "surface": "track",
    "mark": "9.99",
    "source": "all-time list",
    "confidence": "H",
    "date": "2011-08-02",
    "holder": "A. Holder",
}
MR = {**NR, "code": "MR", "of": None, "mark": "10.20", "holder": "B. Before", "date": "2024"}
TWO_ROUNDS = [{"name": "heat", "advance": {"places": 2, "times": 0}}, {"name": "final"}]


def listed(*records: dict[str, Any], **given: Any) -> dict[str, Any]:
    one = {"name": "club", "title": "Records", "source": "the club", "as_of": "2026-05-01", "records": list(records)}
    return {"lists": [{**one, **given}]}


def put(organizer: Organizer, meet: str, *records: dict[str, Any], match: str | None = None, **given: Any) -> Any:
    return organizer.send("PUT", f"/meets/{meet}/records", listed(*records, **given), match)


@pytest.fixture
def race(client: TestClient) -> Track:
    organizer = Organizer(client)
    race = track(organizer, ("1", "2"), ("3", "4"), round="heat", rounds=TWO_ROUNDS)
    for bib in ("1", "4"):
        athlete = organizer.items(f"/events/{race.event}/registrations", q=bib)[0]["athlete_id"]
        organizer.send("PATCH", f"/athletes/{athlete}", {"nation": "NOR"}, match="now")
    assert put(organizer, race.meet, NR, MR).status_code == 200
    return race


def run(race: Track, heat: int, wind: str | None = "+0.5", **times: int) -> None:
    finishes = ({"bib": bib.lstrip("b"), "elapsed_us": us} for bib, us in times.items())
    race.finishes(heat, *finishes, **({} if wind is None else {"wind_mps": wind}))


def codes(race: Track, heat: int = 0) -> dict[str, list[str]]:
    return {line["bib"]: line["records"] for line in race.results(heat)}


def test_a_list_is_kept_as_it_was_given(race: Track) -> None:
    (one,) = race.organizer.get(f"/meets/{race.meet}/records")["lists"]
    assert RecordListOut.model_validate(one)
    assert (one["name"], one["title"], one["source"], one["takes"]) == ("club", "Records", "the club", None)
    assert [(r["code"], r["mark"], r["holder"], r["of"]) for r in one["records"]] == [
        ("NR", "9.99", "A. Holder", "NOR"),
        ("MR", "10.20", "B. Before", None),
    ]


def test_without_any_there_are_no_lists(client: TestClient) -> None:
    organizer = Organizer(client)
    meet = organizer.meet()
    assert organizer.get(f"/meets/{meet}/records") == {"lists": [], "seq": 0}


@pytest.mark.parametrize("name", ["retro", "world"])
def test_a_template_can_be_sent_as_it_is(client: TestClient, name: str) -> None:
    organizer = Organizer(client)
    meet, template = organizer.meet(), organizer.get(f"/record-lists/{name}")
    assert template in organizer.items("/record-lists", limit=1)
    answer = organizer.send("PUT", f"/meets/{meet}/records", {"lists": [template]})
    assert answer.status_code == 200, answer.text
    assert organizer.get(f"/meets/{meet}/records")["lists"] == [template]


def test_a_template_that_there_is_not_is_not_found(client: TestClient) -> None:
    problem(client.get("/v1/record-lists/moon"), 404, "not_found")


def test_lists_that_are_there_are_changed_by_who_has_seen_them(race: Track) -> None:
    assert put(race.organizer, race.meet, NR, MR).status_code == 200
    problem(put(race.organizer, race.meet, NR), 428, "match_required")
    problem(put(race.organizer, race.meet, NR, match='"1-a"'), 412, "stale")
    before = race.organizer.get(f"/meets/{race.meet}/records")["seq"]
    assert put(race.organizer, race.meet, NR, match="now").json()["seq"] > before


def test_names_of_holders_stand_beside_the_log_and_go_with_their_list(race: Track) -> None:
    assert "Holder" not in str(race.organizer.items(f"/meets/{race.meet}/log"))
    put(race.organizer, race.meet, {**NR, "holder": None}, match="now")
    export = race.organizer.client.get(f"/v1/meets/{race.meet}/archive")
    assert b"Holder" not in export.content


@pytest.mark.parametrize(
    ("given", "code", "pointer"),
    [
        ({"mark": "fast"}, "not_a_mark", "/lists/0/records/1/mark"),
        ({"mark": "10.00", "date": "2020"}, "slower_record", "/lists/0/records/1/mark"),
        ({"date": "2024-02-30"}, "not_a_day", "/lists/0/records/1/date"),
        ({"of": None}, "missing", "/lists/0/records/1/of"),
        ({"code": "PB", "of": None}, "reserved_code", "/lists/0/records/1/code"),
        ({}, "record_twice", "/lists/0/records/1"),
        (
            {"distance_m": 900, "relay_legs": 4, "legs_m": [100, 200, 300, 400]},
            "legs_differ",
            "/lists/0/records/1/legs_m",
        ),
        ({"distance_m": 600, "relay_legs": 4, "legs_m": [100, 200, 300]}, "legs_differ", "/lists/0/records/1/legs_m"),
        ({"method": "hand"}, "not_eligible", "/lists/0/records/1/method"),
        ({"confidence": "certain"}, "invalid_request", "/lists/0/records/1/confidence"),
        ({"code": "n r"}, "invalid_request", "/lists/0/records/1/code"),
    ],
)
def test_a_list_that_cannot_be_is_refused_where_it_is_wrong(
    client: TestClient, given: dict[str, Any], code: str, pointer: str
) -> None:
    organizer = Organizer(client)
    takes: dict[str, Any] = {"takes": {"photo_finish_to_m": 800}}
    problem(put(organizer, organizer.meet(), NR, {**NR, **given}, **takes), 422, code, pointer)


def test_two_lists_of_one_name_are_refused(client: TestClient) -> None:
    organizer = Organizer(client)
    body = {"lists": [*listed(NR)["lists"], *listed(MR)["lists"]]}
    answer = organizer.send("PUT", f"/meets/{organizer.meet()}/records", body)
    problem(answer, 422, "list_twice", "/lists/1/name")


def test_a_closed_meet_keeps_its_lists(race: Track) -> None:
    race.organizer.make(f"/meets/{race.meet}/close", expect=200)
    problem(put(race.organizer, race.meet, NR, match="now"), 409, "meet_is_closed")


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


def test_r50_what_stands_above_the_results(race: Track) -> None:
    path = f"/events/{race.event}/records"
    assert [(one["code"], one["mark"]) for one in race.organizer.items(path)] == [("MR", "10.20")]
    both = race.organizer.items(path, of="NOR")
    assert [(one["code"], one["mark"], one["record_list"]) for one in both] == [
        ("NR", "9.99", "club"),
        ("MR", "10.20", "club"),
    ]
    RecordStands.model_validate(both[0])
    run(race, 0, b1=9_900_000)
    assert race.organizer.items(path, of="NOR") == both


def test_the_public_sees_records_of_a_public_meet(race: Track) -> None:
    run(race, 0, b1=9_900_000)
    show(race.organizer, race.meet, "public")
    for path in (f"meets/{race.meet}/records", f"meets/{race.meet}/records/broken", f"events/{race.event}/records"):
        answer = race.organizer.client.get(f"/v1/{path}", headers={"Authorization": ""})
        assert answer.status_code == 200, answer.text


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


def test_a_copy_of_the_meet_has_its_lists_as_they_were_given_and_its_own_words(race: Track) -> None:
    run(race, 0, b1=9_900_000)
    copy = race.organizer.make(f"/meets/{race.meet}/clone", {"name": "Next year"})["id"]
    mine, copied = (race.organizer.get(f"/meets/{meet}/records")["lists"] for meet in (race.meet, copy))
    assert copied == mine
    assert [record["mark"] for record in copied[0]["records"]] == ["9.99", "10.20"]
    assert race.organizer.items(f"/meets/{copy}/records/broken") == []
    put(race.organizer, race.meet, {**NR, "holder": None}, match="now")
    assert race.organizer.get(f"/meets/{copy}/records")["lists"] == copied


def test_r78_a_medleys_record_is_broken_by_a_medley_alone(client: TestClient) -> None:
    organizer, legs = Organizer(client), [100, 200, 300, 400]
    race = track(organizer, ("NOR",), distance_m=1_000, relay_legs=4, legs_m=legs)
    long = {**MR, "code": "LR", "distance_m": 1_000, "relay_legs": 4, "mark": "9:00.00"}
    medley = {**MR, "distance_m": 1_000, "relay_legs": 4, "legs_m": legs, "mark": "1:55.00"}
    assert put(organizer, race.meet, long, medley).json()["lists"][0]["records"][1]["legs_m"] == legs
    race.finishes(0, {"bib": "NOR", "elapsed_us": 110_123_000})
    assert codes(race) == {"NOR": ["MR"]}


def test_r74_records_of_age_groups_that_the_rules_assign_stand_above_the_results(client: TestClient) -> None:
    organizer = Organizer(client)
    for ruleset, stand in (("masters", ["MR"]), ("world-athletics", [])):
        race = track(organizer, ("1",), ruleset=ruleset)
        assert put(organizer, race.meet, {**MR, "category": "M50"}).status_code == 200
        assert [one["code"] for one in organizer.items(f"/events/{race.event}/records")] == stand


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


def test_above_the_results_of_a_mixed_relay_stand_records_of_mixed_teams_alone(client: TestClient) -> None:
    organizer = Organizer(client)
    race = track(organizer, ("NOR",), distance_m=400, relay_legs=4, sex="X")
    relay = {**MR, "distance_m": 400, "relay_legs": 4}
    men, mixed = {**relay, "mark": "2:59.00"}, {**relay, "sex": "X", "mark": "3:15.00"}
    assert put(organizer, race.meet, men, mixed).status_code == 200
    assert [one["mark"] for one in organizer.items(f"/events/{race.event}/records")] == ["3:15.00"]
