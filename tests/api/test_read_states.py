"""What became of reads, the passings made of them, and what was never seen."""

import pytest
from starlette.testclient import TestClient

from tests.api.organizer import Organizer, problem
from tests.api.races import Road, after_gun, road, show, written


@pytest.fixture
def race(client: TestClient) -> Road:
    race = road(Organizer(client))
    race.gun()
    for seconds in (2.0, 3.5):
        race.read("Start", "1", seconds)
    race.read("5 km", "1", 900.0)
    race.finish({"1": 1_800.0, "2": 1_810.0})
    race.read("Finish", "1", 1_802.0)
    race.post("Finish", [{"seq": 9, "chip": "stranger", "at": after_gun(1_805.0)}])
    return race


def test_every_read_is_there_with_its_state_and_the_reason(race: Road) -> None:
    reads = race.organizer.items(f"/meets/{race.meet}/reads")
    states = [(one["source"], one["chip"], one["state"]) for one in reads]
    assert states == [
        ("Start", "C1", "duplicate"),
        ("Start", "C1", "used"),
        ("5 km", "C1", "used"),
        ("Finish", "C1", "used"),
        ("Finish", "C2", "used"),
        ("Finish", "C1", "duplicate"),
        ("Finish", "stranger", "unknown_chip"),
    ]
    assert all(one["reason"] for one in reads)
    last = reads[-1]
    assert (last["epoch"], last["source_seq"], last["at"]) == ("1", 9, written(1_805.0))
    assert last["received_at"] is not None


def test_reads_are_found_by_state_source_and_chip(race: Road) -> None:
    path = f"/meets/{race.meet}/reads"
    assert len(race.organizer.items(path, state="used")) == 4
    assert [one["place"] for one in race.organizer.items(path, source="5 km")] == ["5 km"]
    assert [one["at"] for one in race.organizer.items(path, chip="C2")] == [written(1_810.0)]
    assert race.organizer.items(path, source="nowhere") == []
    assert race.organizer.items(path, chip="c2") == []


def test_reads_are_found_by_a_bib_that_was_read(race: Road) -> None:
    race.post("Finish", [{"seq": 20, "bib": "3", "at": after_gun(1_900.0)}])
    assert [one["bib"] for one in race.organizer.items(f"/meets/{race.meet}/reads", bib="3")] == ["3"]


def test_a_live_list_of_reads_neither_skips_nor_repeats(race: Road) -> None:
    path = f"/meets/{race.meet}/reads"
    page = race.organizer.get(path, limit=3)
    race.read("Finish", "3", 1_820.0, seq=30)
    seen = [one["seq"] for one in page["items"]]
    while page["next_cursor"]:
        page = race.organizer.get(path, limit=3, cursor=page["next_cursor"])
        seen += [one["seq"] for one in page["items"]]
    assert seen == sorted(set(seen))
    assert len(seen) == 7
    assert len(race.organizer.items(path, limit=3)) == 8


def test_all_pages_of_reads_tell_what_became_of_them_as_of_the_first(client: TestClient) -> None:
    race = road(Organizer(client))
    race.finish({"1": 1_800.0, "2": 1_810.0, "3": 1_820.0})
    path = f"/meets/{race.meet}/reads"
    first = race.organizer.get(path, limit=2)
    race.gun()
    second = race.organizer.get(path, limit=2, cursor=first["next_cursor"])
    assert [one["state"] for one in first["items"] + second["items"]] == ["no_heat"] * 3
    assert (second["seq"], second["next_cursor"]) == (first["seq"], None)
    assert {one["state"] for one in race.organizer.items(path, limit=2)} == {"used"}


def test_a_chip_handed_out_later_makes_its_read_count(race: Road) -> None:
    race.organizer.make(f"/meets/{race.meet}/chip-assignments", {"chip": "stranger", "bib": "3"})
    (read,) = race.organizer.items(f"/meets/{race.meet}/reads", chip="stranger")
    assert (read["state"], race.places()["3"]) == ("used", 2)
    before = race.organizer.items(f"/meets/{race.meet}/reads", chip="stranger", as_of=read["seq"])
    assert before[0]["state"] == "unknown_chip"


def test_a_passing_holds_all_reads_of_one_crossing(race: Road) -> None:
    passings = race.organizer.items(f"/meets/{race.meet}/passings")
    assert [(one["bib"], one["point"], one["at"]) for one in passings] == [
        ("1", "Start", written(3.5)),
        ("1", "5 km", written(900.0)),
        ("1", "Finish", written(1_800.0)),
        ("2", "Finish", written(1_810.0)),
    ]
    finish = passings[2]
    assert (finish["chip"], finish["place"], finish["reads"], len(finish["because"])) == ("C1", "Finish", 2, 2)
    chosen = race.organizer.items(f"/meets/{race.meet}/reads", state="used", source="Finish")[0]
    assert finish["because"][0] == chosen["seq"]


def test_passings_are_found_by_place_bib_and_chip(race: Road) -> None:
    path = f"/meets/{race.meet}/passings"
    assert {one["bib"] for one in race.organizer.items(path, place="Finish")} == {"1", "2"}
    assert [one["point"] for one in race.organizer.items(path, bib="2")] == ["Finish"]
    assert len(race.organizer.items(path, chip="C1")) == 3


def test_pages_of_passings_stay_where_the_first_one_was(race: Road) -> None:
    path = f"/meets/{race.meet}/passings"
    page = race.organizer.get(path, limit=2)
    race.read("Start", "2", 1.0)
    following = race.organizer.get(path, limit=2, cursor=page["next_cursor"])
    assert [one["point"] for one in following["items"]] == ["Finish", "Finish"]
    assert following["seq"] == page["seq"]


def test_gaps_are_the_numbers_that_never_came(race: Road) -> None:
    gaps = race.organizer.items(f"/meets/{race.meet}/sources/Finish/gaps")
    assert gaps == [{"epoch": "1", "first": 4, "last": 8, "count": 5}]
    race.post("Finish", [{"seq": 6, "chip": "C3", "at": after_gun(1_900.0)}])
    gaps = race.organizer.items(f"/meets/{race.meet}/sources/Finish/gaps", limit=1)
    assert [(gap["first"], gap["last"]) for gap in gaps] == [(4, 5), (7, 8)]


def test_a_source_that_is_not_there_has_no_gaps_to_list(race: Road) -> None:
    problem(race.organizer.client.get(f"/v1/meets/{race.meet}/sources/nowhere/gaps"), 404, "not_found")


def test_an_unknown_filter_or_state_is_refused(race: Road) -> None:
    get = race.organizer.client.get
    problem(get(f"/v1/meets/{race.meet}/reads?stat=used"), 400, "unknown_parameter")
    problem(get(f"/v1/meets/{race.meet}/reads?state=lost"), 422, "invalid_request")
    problem(get(f"/v1/meets/{race.meet}/passings?cursor=abc"), 400, "bad_cursor")


def test_spectators_see_neither_reads_nor_passings(race: Road, anonymous: TestClient) -> None:
    show(race.organizer, race.meet, "public")
    for path in ("reads", "passings", "read-conflicts", "sources/Finish/gaps"):
        problem(anonymous.get(f"/v1/meets/{race.meet}/{path}"), 401, "unidentified")


@pytest.mark.parametrize("what", ["reads", "passings"])
def test_a_meet_that_was_withdrawn_shows_nothing(client: TestClient, what: str) -> None:
    organizer = Organizer(client)
    meet = organizer.meet()
    assert client.delete(f"/v1/meets/{meet}", headers={"If-Match": "*"}).status_code == 204
    problem(client.get(f"/v1/meets/{meet}/{what}"), 404, "not_found")


def rule_out(race: Road, seq: int, **body: str) -> dict[str, int]:
    return dict(race.organizer.make(f"/meets/{race.meet}/reads/{seq}/rule-out", body or {"reason": "In a bag"}))


def finish_of(race: Road, bib: str) -> int:
    reads = race.organizer.items(f"/meets/{race.meet}/reads", bib=bib, source="Finish")
    return int(reads[0]["seq"])


def test_a_read_that_an_official_rules_out_counts_no_longer_and_says_so(race: Road) -> None:
    seq = finish_of(race, "2")
    ruled = rule_out(race, seq, reason="Spare chip in a bag beside the mat")
    (read,) = race.organizer.items(f"/meets/{race.meet}/reads", state="ruled_out")
    assert (read["seq"], read["chip"], read["source"]) == (seq, "C2", "Finish")
    assert read["reason"] == f"an official ruled it out (number {ruled['ruling_seq']} of the log)"
    assert (race.places()["1"], race.places()["2"]) == (1, None)
    why = race.organizer.get(f"/events/{race.event}/standings/2")["because"]["reads"]
    assert [(one["seq"], one["state"]) for one in why] == [(seq, "ruled_out")]
    entry = race.organizer.get(f"/meets/{race.meet}/log/{ruled['ruling_seq']}")
    assert (entry["kind"], entry["reason"]) == ("read_ruled_out", "Spare chip in a bag beside the mat")


def test_a_read_counts_again_when_the_ruling_is_undone(race: Road) -> None:
    seq = finish_of(race, "2")
    ruled = rule_out(race, seq)
    address = f"/meets/{race.meet}/reads/{seq}/rule-out"
    problem(race.organizer.post(address, {"reason": "again"}), 409, "already_ruled_out")
    race.organizer.make(f"/meets/{race.meet}/log/{ruled['ruling_seq']}/undo")
    assert race.places()["2"] == 2
    assert race.organizer.items(f"/meets/{race.meet}/reads", state="ruled_out") == []


def test_what_is_no_read_is_not_ruled_out_and_a_reason_is_asked_for(race: Road) -> None:
    problem(race.organizer.post(f"/meets/{race.meet}/reads/1/rule-out", {"reason": "no"}), 409, "not_a_read")
    problem(race.organizer.post(f"/meets/{race.meet}/reads/99999/rule-out", {"reason": "no"}), 404, "not_found")
    seq = finish_of(race, "2")
    problem(race.organizer.post(f"/meets/{race.meet}/reads/{seq}/rule-out", {}), 422, "invalid_request")


def test_ruling_out_a_read_moves_what_is_shown_of_its_race(race: Road) -> None:
    tags = [race.organizer.client.get(path).headers["ETag"] for path in shown(race)]
    rule_out(race, finish_of(race, "2"))
    now = [race.organizer.client.get(path).headers["ETag"] for path in shown(race)]
    assert all(before != after for before, after in zip(tags, now, strict=True))


def shown(race: Road) -> list[str]:
    return [f"/v1/events/{race.event}/standings", f"/v1/heats/{race.heat}/results", f"/v1/heats/{race.heat}/laps"]
