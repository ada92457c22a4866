"""Ties at the cut, lots, reserves and replacements, over HTTP (R31, R33, R34, R47)."""

import pytest
from starlette.testclient import TestClient

from tests.api.organizer import Organizer, problem
from tests.api.races import Track, show, track

ROUNDS = [{"name": "heat", "advance": {"places": 1, "times": 1}}, {"name": "final"}]
TIMES = {"1": 10_100_000, "2": 10_250_000, "3": 10_200_000, "4": 10_250_000}


@pytest.fixture
def race(client: TestClient) -> Track:
    """Two heats of two; runners 2 and 4 are tied for the last place in the final."""
    race = track(Organizer(client), ("1", "2"), ("3", "4"), round="heat", rounds=ROUNDS)
    race.finishes(0, *({"bib": bib, "elapsed_us": TIMES[bib]} for bib in ("1", "2")))
    race.finishes(1, *({"bib": bib, "elapsed_us": TIMES[bib]} for bib in ("3", "4")))
    return race


def path(race: Track, more: str, round: str = "heat") -> str:
    return f"/events/{race.event}/rounds/{round}/{more}"


def test_r34_a_tie_says_how_many_can_go_on_and_what_can_be_ruled(race: Track, anonymous: TestClient) -> None:
    (tie,) = race.organizer.items(path(race, "ties"))
    assert tie == {
        "by": "time",
        "heat": None,
        "bibs": ["2", "4"],
        "spots": 1,
        "free_lanes": 5,
        "may_rule": ["all", "lots", "referee", "jury"],
        "rule": "R34",
    }
    refused = problem(race.organizer.post(path(race, "advance")), 409, "undecided")
    assert "2 and 4 for 1 place by time, 5 lanes free" in refused["detail"]
    assert refused["detail"].endswith(". An official rules first (kind advance), or lots are drawn")
    show(race.organizer, race.meet, "public")
    assert anonymous.get(f"/v1{path(race, 'ties')}").json()["items"] == [tie]


def test_r34_lots_say_their_seed_and_time_and_settle_it(race: Track) -> None:
    drawn = race.organizer.make(path(race, "lots"), {"draw_seed": 5}, expect=200)
    (lot,) = drawn["lots"]
    assert (lot["among"], lot["seed"], lot["label"]) == (["2", "4"], 5, "heat time")
    recorded = race.organizer.items(f"/meets/{race.meet}/log")[-1]
    assert (recorded["seq"], recorded["kind"], recorded["at"]) == (lot["seq"], "lots_drawn", lot["at"])
    assert race.organizer.items(path(race, "ties")) == []
    fixed = race.organizer.make(path(race, "advance"), expect=200)
    assert [(one["bib"], one["how"]) for one in fixed["qualifiers"]][2] == (lot["winners"][0], "qD")
    problem(race.organizer.post(path(race, "lots")), 409, "already_advanced")


def test_lots_without_a_seed_say_the_one_they_took(race: Track) -> None:
    lot = race.organizer.client.post(f"/v1{path(race, 'lots')}").json()["lots"][0]
    assert 0 <= lot["seed"] < 2**53
    problem(race.organizer.post(path(race, "lots")), 409, "nobody_level")


def test_r31_the_next_best_stands_in_with_the_lane_of_the_one_who_does_not_run(race: Track) -> None:
    race.finishes(1, {"bib": "4", "elapsed_us": 10_240_000})
    race.organizer.make(path(race, "advance"), expect=200)
    drawn = race.organizer.make(path(race, "draw", "final"), {"draw_seed": 1}, expect=200)
    heat = drawn["heats"][0]["id"]
    lanes = {one["bib"]: one["lane"] for one in race.organizer.items(f"/heats/{heat}/starters")}
    (reserve,) = race.organizer.items(path(race, "reserves", "final"))
    assert (reserve["rank"], reserve["bib"], reserve["round"], reserve["elapsed_us"]) == (1, "2", "heat", 10_250_000)
    done = race.organizer.make(path(race, "replacements", "final"), {"bib": "3", "reason": "injured"}, expect=200)
    assert (done["why"], done["by"], done["lane"], done["rule"]) == ("withdrawn", "2", lanes["3"], "R31")
    starters = race.organizer.items(f"/heats/{heat}/starters")
    assert {one["bib"]: one["lane"] for one in starters} == {"1": lanes["1"], "2": lanes["3"], "4": lanes["4"]}
    assert {tuple(one["flags"]) for one in starters} == {()}
    assert race.organizer.items(path(race, "reserves", "final")) == []
    problem(race.organizer.post(path(race, "replacements", "final"), {"bib": "3"}), 409, "already_replaced", "/bib")
    problem(race.organizer.post(path(race, "replacements", "final"), {"bib": "9"}), 422, "not_registered", "/bib")
    taken_back = race.organizer.post(f"/meets/{race.meet}/log/{done['seq']}/undo")
    assert taken_back.status_code == 201, taken_back.text
    assert {one["bib"] for one in race.organizer.items(f"/heats/{heat}/starters")} == {"1", "3", "4"}


def test_r47_who_was_disqualified_since_is_replaced_by_the_next_by_place(race: Track) -> None:
    race.finishes(1, {"bib": "4", "elapsed_us": 10_240_000})
    race.organizer.make(path(race, "advance"), expect=200)
    race.organizer.make(f"/heats/{race.heats[0]}/rulings", {"bib": "1", "kind": "dq", "rule": "TR17.3.1"})
    done = race.organizer.make(path(race, "replacements", "final"), {"bib": "1"}, expect=200)
    assert (done["why"], done["by"], done["qualification"], done["rule"]) == ("disqualified", "2", "Q", "R47")
    assert (done["lane"], done["heat"]) == (None, None), "the final is not drawn yet"
    letters = {one["bib"]: one["qualification"] for one in race.organizer.items(path(race, "results"))}
    assert letters == {"1": None, "2": "Q", "3": "Q", "4": "q"}


def test_the_first_round_has_no_reserves(race: Track) -> None:
    assert race.organizer.items(path(race, "reserves")) == []
    problem(race.organizer.post(path(race, "replacements"), {"bib": "1"}), 409, "no_earlier_round")
    assert race.organizer.client.get(f"/v1{path(race, 'reserves', 'semi')}").status_code == 404
    assert race.organizer.client.get(f"/v1{path(race, 'ties', 'semi')}").status_code == 404


@pytest.fixture
def full(client: TestClient) -> Track:
    """The same in a final of three lanes: with a winner of each heat there is one left, and 2 and 4 are tied for it."""
    rounds = [ROUNDS[0], {"name": "final", "heats": 1, "per_heat": 3}]
    race = track(Organizer(client), ("1", "2"), ("3", "4"), round="heat", rounds=rounds)
    race.finishes(0, *({"bib": bib, "elapsed_us": TIMES[bib]} for bib in ("1", "2")))
    return race


def rest(race: Track) -> None:
    race.finishes(1, *({"bib": bib, "elapsed_us": TIMES[bib]} for bib in ("3", "4")))


def test_r34_not_all_go_on_where_no_lane_is_free(full: Track) -> None:
    rest(full)
    ruling = {"bib": "4", "kind": "advance", "how": "all"}
    refused = problem(full.organizer.post(f"/heats/{full.heats[1]}/rulings", ruling), 409, "no_lane_free", "/how")
    assert "2 are level for 1 and no lane is free in the next round" in refused["detail"]
    full.organizer.make(f"/heats/{full.heats[1]}/rulings", {**ruling, "how": "lots"})
    assert len(full.organizer.make(path(full, "advance"), expect=200)["qualifiers"]) == 3


def test_r34_all_ruled_before_the_times_are_known_is_refused_when_qualifiers_are_fixed(full: Track) -> None:
    made = full.organizer.make(f"/heats/{full.heats[0]}/rulings", {"bib": "2", "kind": "advance", "how": "all"})
    rest(full)
    refused = problem(full.organizer.post(path(full, "advance")), 409, "too_few_lanes")
    assert "4 go on from 'heat' and the next round has 3 lanes: undo the ruling `all` on bib 2" in refused["detail"]
    full.organizer.make(f"/meets/{full.meet}/log/{made['seq']}/undo")
    problem(full.organizer.post(path(full, "advance")), 409, "undecided")


def test_r34_all_for_one_of_those_level_is_for_all_of_them(race: Track) -> None:
    race.organizer.make(f"/heats/{race.heats[1]}/rulings", {"bib": "4", "kind": "advance", "how": "all"})
    fixed = race.organizer.make(path(race, "advance"), expect=200)
    assert [(one["bib"], one["how"]) for one in fixed["qualifiers"]] == [("1", "Q"), ("3", "Q"), ("2", "q"), ("4", "q")]
