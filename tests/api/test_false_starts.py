"""False starts, cards and what follows from them, over HTTP."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.organizer import Organizer, problem
from tests.api.races import Track, track


@pytest.fixture
def race(client: TestClient) -> Track:
    return track(Organizer(client), ("31", "7", "12"))


def charge(race: Track, *bibs: str, **given: Any) -> Any:
    path = f"/heats/{race.heats[0]}/false-starts"
    return race.organizer.make(path, {"runners": [{"bib": bib} for bib in bibs], **given})


def statuses(race: Track) -> dict[str, Any]:
    return {line["bib"]: line["status"] for line in race.results()}


def test_a_false_start_says_what_the_policy_makes_of_it(race: Track) -> None:
    body = {"runners": [{"bib": "7", "reaction_us": 82_000}], "note": "Moved in the set position"}
    made = race.organizer.make(f"/heats/{race.heats[0]}/false-starts", body)
    assert (made["number"], made["policy"], made["note"]) == (1, "immediate", "Moved in the set position")
    (runner,) = made["runners"]
    assert (runner["bib"], runner["reaction_us"], runner["out"], runner["rule"]) == ("7", 82_000, True, "TR16.8")
    path = f"/heats/{race.heats[0]}/false-starts"
    assert race.organizer.items(path) == [made]
    assert race.organizer.get(f"{path}/{made['id']}") == made
    assert statuses(race) == {"31": None, "12": None, "7": "DQ"}


def test_r14_the_start_list_of_the_restart_says_who_is_out(race: Track) -> None:
    heat = f"/heats/{race.heats[0]}"
    race.organizer.make(f"{heat}/start", {"at": "2026-06-06T10:00:00Z"}, expect=200)
    made, tag = charge(race, "7"), race.organizer.tag(f"{heat}/starters")
    race.organizer.post(f"{heat}/recall", {})
    out = [("31", None, None), ("7", "DQ", "TR16.8"), ("12", None, None)]
    assert listed(race) == out
    race.organizer.make(f"{heat}/start", {"at": "2026-06-06T10:06:00Z"}, expect=200)
    race.organizer.make(f"{heat}/rulings", {"bib": "12", "kind": "dq", "rule": "TR17.3.1"})
    charge(race, "31")
    assert listed(race) == out, "what comes after the gun is in the results"
    race.organizer.make(f"/meets/{race.meet}/log/{made['seq']}/undo")
    assert listed(race)[1] == ("7", None, None)
    assert race.organizer.tag(f"{heat}/starters") != tag


def test_who_is_ruled_out_before_the_start_is_said_on_the_list_until_reinstated(race: Track) -> None:
    heat = f"/heats/{race.heats[0]}"
    charge(race, "31")
    race.organizer.make(f"{heat}/rulings", {"bib": "7", "kind": "dns"})
    assert listed(race)[:2] == [("31", "DQ", "TR16.8"), ("7", "DNS", None)]
    for bib in ("31", "7"):
        race.organizer.make(f"{heat}/rulings", {"bib": bib, "kind": "reinstate"})
    assert listed(race)[:2] == [("31", None, None), ("7", None, None)]


def listed(race: Track) -> list[tuple[str, str | None, str | None]]:
    return [
        (one["bib"], one["status"], one["rule"]) for one in race.organizer.items(f"/heats/{race.heats[0]}/starters")
    ]


def test_r38_a_yellow_card_goes_along_to_later_start_lists(race: Track) -> None:
    organizer = race.organizer
    later = organizer.sprint(race.meet, name="200 m", distance_m=200)
    organizer.register(later, "7", "Runner7", given_name="Ada")
    lists = {"heats": [{"number": 1, "starters": [{"bib": "7", "lane": 3}]}]}
    path = organizer.send("PUT", f"/events/{later}/rounds/final/heats", lists).json()["heats"][0]["id"]
    card = organizer.make(f"/heats/{race.heats[0]}/rulings", {"bib": "7", "kind": "card", "card": "YC"})
    assert [one["flags"] for one in organizer.items(f"/heats/{path}/starters")] == [["YC"]]
    organizer.make(f"/meets/{race.meet}/log/{card['seq']}/undo")
    assert [one["flags"] for one in organizer.items(f"/heats/{path}/starters")] == [[]]
    organizer.make(f"/heats/{path}/start", {"at": "2026-06-06T12:00:00Z"}, expect=200)
    organizer.make(f"/heats/{path}/rulings", {"bib": "7", "kind": "card", "card": "YC"})
    assert [one["flags"] for one in organizer.items(f"/heats/{path}/starters")] == [[]], "shown after the gun"


def test_the_note_is_kept_beside_the_log_and_undoing_takes_it_all_back(race: Track) -> None:
    made = charge(race, "7", note="Moved")
    entry = race.organizer.get(f"/meets/{race.meet}/log/{made['seq']}")
    assert (entry["kind"], entry["reason"], "Moved" in str(entry["body"])) == ("false_start", "Moved", False)
    race.organizer.make(f"/meets/{race.meet}/log/{made['seq']}/undo")
    assert race.organizer.items(f"/heats/{race.heats[0]}/false-starts") == []
    assert statuses(race)["7"] is None


def test_backwards_the_second_one_is_out_and_because_says_so(client: TestClient) -> None:
    race = track(Organizer(client), ("31", "7"), direction="backward")
    assert [one["out"] for one in charge(race, "31")["runners"]] == [False]
    second = charge(race, "7")
    assert (second["number"], second["runners"][0]["rule"]) == (2, "RR-6")
    (why,) = race.organizer.get(f"/events/{race.event}/standings/7")["because"]["penalties"]
    assert (why["kind"], why["out"], why["rule"], why["seq"]) == ("false_start", True, "RR-6", second["seq"])
    assert "retro_two_step, R91" in why["reason"]


def test_false_starts_come_in_pages(race: Track) -> None:
    made = [charge(race, bib)["id"] for bib in ("31", "7", "12")]
    path = f"/heats/{race.heats[0]}/false-starts"
    assert [one["id"] for one in race.organizer.items(path, limit=2)] == made


@pytest.mark.parametrize(
    ("runners", "code", "pointer"),
    [
        ([], "invalid_request", "/runners"),
        ([{"bib": "99"}], "not_in_heat", "/runners/0/bib"),
        ([{"bib": "7"}, {"bib": "7"}], "runner_twice", "/runners/1/bib"),
        ([{"bib": "7", "reaction_us": 10**9}], "invalid_request", "/runners/0/reaction_us"),
    ],
)
def test_a_false_start_that_cannot_be_is_refused(race: Track, runners: list[Any], code: str, pointer: str) -> None:
    answer = race.organizer.post(f"/heats/{race.heats[0]}/false-starts", {"runners": runners})
    problem(answer, 422, code, pointer)


def test_a_false_start_that_there_is_not_is_not_found(race: Track) -> None:
    path = f"/heats/{race.heats[0]}/false-starts/fst_0197430a2c4e7d5fa3f09a64d1c3b2e8"
    problem(race.organizer.send("GET", path), 404, "not_found")


def test_whoever_was_shown_a_red_card_is_refused_on_later_start_lists_and_marked_on_earlier_ones(
    race: Track,
) -> None:
    organizer = race.organizer
    later = organizer.sprint(race.meet, name="200 m", distance_m=200)
    for bib in ("31", "7"):
        organizer.register(later, bib, f"Runner{bib}", given_name="Ada")
    path = f"/events/{later}/rounds/final/heats"
    both = {"heats": [{"number": 1, "starters": [{"bib": "31", "lane": 3}, {"bib": "7", "lane": 4}]}]}
    heat = organizer.send("PUT", path, both).json()["heats"][0]["id"]
    race.finishes(0, {"bib": "7", "elapsed_us": 10_200_000}, wind_mps="0.0")
    card = {"bib": "7", "kind": "card", "card": "YC", "rule": "TR7.1"}
    seqs = [organizer.make(f"/heats/{race.heats[0]}/rulings", card)["seq"] for _ in range(2)]
    assert statuses(race)["7"] == "DQ"
    flags = {one["bib"]: one["flags"] for one in organizer.items(f"/heats/{heat}/starters")}
    assert flags == {"31": [], "7": ["excluded"]}
    told = problem(organizer.send("PUT", path, both), 409, "out_of_meet", "/heats/0/starters/1/bib")
    assert f"number {seqs[1]} of the log" in told["detail"]
    another = organizer.sprint(race.meet, name="400 m", distance_m=400)
    entry = {"bib": "7", "family_name": "Runner7", "given_name": "Ada", "sex": "M"}
    told = problem(organizer.post(f"/events/{another}/registrations", entry), 409, "out_of_meet", "/bib")
    assert f"YRC TR7.1, number {seqs[1]} of the log" in told["detail"]
    organizer.make(f"/heats/{race.heats[0]}/rulings", {"bib": "7", "kind": "reinstate"})
    assert organizer.post(f"/events/{another}/registrations", entry).status_code == 201
    assert organizer.send("PUT", path, both).status_code == 200
    assert [one["flags"] for one in organizer.items(f"/heats/{heat}/starters")] == [[], ["YC"]], "the first one stands"


def test_too_little_rest_is_said_on_the_start_list_and_refused_nowhere(client: TestClient) -> None:
    rounds = [{"name": "heat", "advance": {"places": 2}}, {"name": "final", "scheduled_at": "2026-06-06T10:30:00Z"}]
    race = track(Organizer(client), ("31", "7"), round="heat", rounds=rounds)
    organizer = race.organizer
    final = {"heats": [{"number": 1, "starters": [{"bib": "31", "lane": 3}]}]}
    heat = organizer.send("PUT", f"/events/{race.event}/rounds/final/heats", final).json()["heats"][0]["id"]

    def warned() -> list[Any]:
        return [(one["flags"], one["warnings"]) for one in organizer.items(f"/heats/{heat}/starters")]

    assert warned() == [(["not_qualified"], [])]
    organizer.make(f"/heats/{race.heats[0]}/start", {"at": "2026-06-06T10:00:00Z"}, expect=200)
    ((flags, (warning,)),) = warned()
    assert flags == ["short_rest", "not_qualified"]
    assert warning == "30 min after the round before: 45 min are the least (R41)"
    organizer.make(f"/heats/{heat}/start", {"at": "2026-06-06T10:45:00Z"}, expect=200)
    assert warned()[0][1] == []


def test_watches_and_the_offset_of_a_system_are_kept_as_read(race: Track) -> None:
    race.finishes(0, {"bib": "7", "elapsed_us": 10_006_000}, offset_us=4_000)
    watches = [10_200_000, 10_400_000, 10_200_000]
    race.finishes(0, {"bib": "31", "watches_us": watches}, method="hand")
    read = {one["bib"]: one for one in race.organizer.items(f"/heats/{race.heats[0]}/finishes")}
    assert (read["7"]["elapsed_us"], read["7"]["offset_us"]) == (10_006_000, 4_000)
    assert (read["31"]["elapsed_us"], read["31"]["watches_us"]) == (None, watches)
    shown = {one["bib"]: (one["mark"], one["timed_by"], one["resolution_us"]) for one in race.results()}
    assert (shown["7"], shown["31"]) == (("10.01", "photo_finish", 1_000), ("10.2h", "hand", 100_000))


@pytest.mark.parametrize(
    ("given", "finish", "code", "pointer"),
    [
        ({}, {"watches_us": [1]}, "not_with_this_method", "/finishes/0/watches_us"),
        ({"method": "hand"}, {"watches_us": [1], "elapsed_us": 1}, "time_twice", "/finishes/0/elapsed_us"),
        ({"method": "hand"}, {"watches_us": [1, 2, 3, 4]}, "invalid_request", "/finishes/0/watches_us"),
        (
            {"method": "hand"},
            {"watches_us": [1], "status": "DNF"},
            "time_without_finish",
            "/finishes/0/watches_us",
        ),
        ({"method": "hand", "offset_us": 4_000}, {"elapsed_us": 1}, "not_with_this_method", "/offset_us"),
        ({"offset_us": 4_000}, {"elapsed_us": 4_000}, "out_of_range", "/finishes/0/elapsed_us"),
        ({"offset_us": 10**8}, {"elapsed_us": 1}, "invalid_request", "/offset_us"),
    ],
)
def test_readings_that_cannot_be_are_refused_at_the_field(
    race: Track, given: dict[str, Any], finish: dict[str, Any], code: str, pointer: str
) -> None:
    body = {"method": "photo_finish", "finishes": [{"bib": "7", **finish}], **given}
    problem(race.organizer.post(f"/heats/{race.heats[0]}/finishes", body), 422, code, pointer)


def test_how_far_a_reader_may_be_off_is_said_with_it(race: Track) -> None:
    path = f"/meets/{race.meet}/sources/mat"
    assert race.organizer.send("PUT", path, {"place": "finish", "error_us": 4_000}).json()["error_us"] == 4_000
    problem(race.organizer.send("PUT", path, {"place": "finish", "error_us": -1}), 422, "invalid_request", "/error_us")
