"""Relay teams and their runners in Hy-Tek's files, over HTTP."""

from typing import Any

import pytest
from httpx2 import Response

from app.interchange import hytek
from tests.api.entries import lists
from tests.api.organizer import Organizer, problem

DOE = "Doe;John;P;M;09/07/1997;;SR;189;"
SQUAD = f"{DOE}Jackson;Jim;;M;;;JR;186;Avery;Mark;A;M;10/20/1999;;SO;;Lathrop;Terry;T;M;01/08/2000;;SR;"
HURRICANES = f"Q;HURR;Hurricanes;A;M;;400;41.44;M;;;D;Altitude;;;{SQUAD}"
"""As the vendor's guide has it."""


@pytest.fixture
def meet(organizer: Organizer) -> str:
    return organizer.meet()


@pytest.fixture
def relay(organizer: Organizer, meet: str) -> str:
    return organizer.sprint(meet, name="4 × 100 m", sex="M", relay_legs=4)


def sent(organizer: Organizer, event: str, data: str, **query: str) -> Response:
    path = f"/v1/events/{event}/registrations/import"
    return organizer.client.post(path, content=data.encode(), params=query, headers={"Content-Type": "text/plain"})


def put_into_a_heat(organizer: Organizer, relay: str, *bibs: str) -> str:
    (heat,) = organizer.send("PUT", f"/events/{relay}/rounds/final/heats", lists(list(bibs))).json()["heats"]
    return str(heat["id"])


def legs_of(organizer: Organizer, heat: str) -> list[list[str]]:
    return [[leg["name"] for leg in team["legs"]] for team in organizer.get(f"/heats/{heat}/legs")["teams"]]


def codes(report: Any) -> list[tuple[int, str]]:
    return [(one["row"], one["code"]) for one in report["warnings"]]


def test_runners_of_a_team_are_named_once_it_is_drawn(organizer: Organizer, meet: str, relay: str) -> None:
    for dry_run in ("true", "false"):
        report = sent(organizer, relay, f"{HURRICANES}\r\n", dry_run=dry_run).json()
        assert (report["created"], report["errors"]) == (1, [])
        assert codes(report) == [(1, "runners_not_named_yet")]
    (team,) = organizer.items(f"/events/{relay}/registrations")
    assert (team["bib"], team["name"], team["seed_mark"]) == ("HURR-A", "HURRICANES", "41.44")
    assert len(organizer.items(f"/meets/{meet}/athletes")) == 5
    heat = put_into_a_heat(organizer, relay, "HURR-A")
    report = sent(organizer, relay, f"{HURRICANES}\r\n").json()
    assert (report["unchanged"], report["warnings"]) == (1, [])
    assert legs_of(organizer, heat) == [["DOE John", "JACKSON Jim", "AVERY Mark", "LATHROP Terry"]]
    assert len(organizer.items(f"/meets/{meet}/athletes")) == 5


def test_legs_that_officials_named_stay_as_they_are(organizer: Organizer, meet: str, relay: str) -> None:
    sent(organizer, relay, f"{HURRICANES}\r\n")
    heat = put_into_a_heat(organizer, relay, "HURR-A")
    athletes = {one["name"]: one["id"] for one in organizer.items(f"/meets/{meet}/athletes")}
    order = ("LATHROP Terry", "DOE John", "JACKSON Jim", "AVERY Mark")
    named = {"legs": [{"bib": "HURR-A", "runners": [athletes[name] for name in order]}]}
    organizer.send("PUT", f"/heats/{heat}/legs", named)
    sent(organizer, relay, f"{HURRICANES}\r\n")
    assert legs_of(organizer, heat) == [list(order)]


def test_runners_whom_the_meet_knows_are_those(organizer: Organizer, meet: str, relay: str) -> None:
    """By name; namesakes by what tells them apart, and by bib."""
    sprint = organizer.sprint(meet)
    organizer.register(sprint, "189", "DOE", given_name="john", birth_date="1997-09-07")
    organizer.register(sprint, "190", "Doe", given_name="John", birth_date="1999-01-01")
    organizer.register(sprint, "186", "Jackson", given_name="Jim")
    organizer.register(sprint, "187", "Jackson", given_name="Jim")
    sent(organizer, relay, f"{HURRICANES}\r\n")
    heat = put_into_a_heat(organizer, relay, "HURR-A")
    assert sent(organizer, relay, f"{HURRICANES}\r\n").json()["warnings"] == []
    (team,) = organizer.get(f"/heats/{heat}/legs")["teams"]
    worn = {one["athlete_id"]: one["bib"] for one in organizer.items(f"/events/{sprint}/registrations")}
    assert [worn.get(leg["athlete_id"]) for leg in team["legs"]] == ["189", "186", None, None]


def test_namesakes_whom_nothing_tells_apart_are_refused(organizer: Organizer, meet: str, relay: str) -> None:
    sprint = organizer.sprint(meet)
    for bib in ("1", "2"):
        organizer.register(sprint, bib, "Jackson", given_name="Jim")
    (error,) = sent(organizer, relay, f"{HURRICANES}\r\n").json()["errors"]
    assert (error["row"], error["column"], error["code"]) == (1, "runners", "ambiguous_runner")
    assert organizer.items(f"/events/{relay}/registrations") == []
    assert len(organizer.items(f"/meets/{meet}/athletes")) == 2


def test_a_runner_who_cannot_be_is_refused_with_the_team(organizer: Organizer, meet: str, relay: str) -> None:
    bad = HURRICANES.replace("09/07/1997", "1997")
    report = sent(organizer, relay, f"{bad}\r\n", on_error="skip").json()
    assert [(one["row"], one["column"]) for one in report["errors"]] == [(1, "birth_date")]
    assert organizer.items(f"/meets/{meet}/athletes") == []


def test_a_team_of_three_is_told(organizer: Organizer, relay: str) -> None:
    three = f"Q;HURR;Hurricanes;A;M;;400;;M;;;;;;;{SQUAD.partition('Lathrop')[0]}\r\n"
    sent(organizer, relay, three)
    heat = put_into_a_heat(organizer, relay, "HURR-A")
    assert codes(sent(organizer, relay, three).json()) == [(1, "wrong_number_of_legs")]
    assert legs_of(organizer, heat) == []


def test_teams_of_one_club_are_told_apart_by_letters(organizer: Organizer, relay: str) -> None:
    data = "R;HURR;Hurricanes;A;M;;400;;M;;Doe;John;;M;;;\r\nR;HURR;Hurricanes;B;M;;400;;M\r\nR;MOE;Moe;A;M;;400\r\n"
    assert sent(organizer, relay, data).json()["created"] == 3
    assert {one["bib"]: one["name"] for one in organizer.items(f"/events/{relay}/registrations")} == {
        "HURR-A": "HURRICANES A",
        "HURR-B": "HURRICANES B",
        "MOE-A": "MOE",
    }


def test_single_entries_and_teams_are_told_apart(organizer: Organizer, meet: str, relay: str) -> None:
    """Both go by 400: the one lap, and four times a hundred."""
    data = f"D;Moe;Kai;;M;;MOE;Moe;;;400;50.1;M;;7\r\n{HURRICANES}\r\n"
    lap = organizer.sprint(meet, name="400 m", distance_m=400, sex="M")
    for event, bib in ((lap, "7"), (relay, "HURR-A")):
        assert sent(organizer, event, data).json()["created"] == 1
        assert [one["bib"] for one in organizer.items(f"/events/{event}/registrations")] == [bib]
    single, team = data.splitlines()
    assert "is a relay" in problem(sent(organizer, relay, single), 422, "no_entries")["detail"]
    assert "none for teams" in problem(sent(organizer, lap, team), 422, "no_entries")["detail"]


def test_an_import_of_teams_takes_its_runners_back(organizer: Organizer, meet: str, relay: str) -> None:
    report = sent(organizer, relay, f"{HURRICANES}\r\n").json()
    path = f"/meets/{meet}/imports/{report['import_id']}/undo"
    assert organizer.make(path)["removed"] == 1
    assert organizer.items(f"/meets/{meet}/athletes") == []


def test_what_goes_out_of_a_relay_comes_in_again(organizer: Organizer, meet: str, relay: str) -> None:
    sprint = organizer.sprint(meet, sex="M")
    for bib in "1234":
        organizer.register(sprint, bib, f"Lie{bib}", given_name="Ola", birth_date="2000-05-0" + bib)
    organizer.register(relay, "NOR", "Norway", seed_mark="39.10")
    organizer.register(relay, "007", "Sweden")
    heat = put_into_a_heat(organizer, relay, "NOR", "007")
    legs = {"legs": [{"bib": "NOR", "runners": list("2143")}]}
    assert organizer.send("PUT", f"/heats/{heat}/legs", legs).status_code == 200
    organizer.post(f"/heats/{heat}/start", {"at": "2026-06-06T12:00:00+02:00"})
    finishes = [{"bib": "NOR", "elapsed_us": 39_001_000}, {"bib": "007", "status": "DQ", "rule": "TR24.19"}]
    organizer.make(f"/heats/{heat}/finishes", {"method": "photo_finish", "finishes": finishes})

    results = hytek.read_results(organizer.client.get(f"/v1/events/{relay}/sheets/results.hytek.csv").content)
    assert [(one.athlete.bib, one.athlete.family_name, one.code, one.heat_place, one.mark) for one in results] == [
        ("NOR", "Norway", "400", 1, "39.01"),
        ("007", "Sweden", "400", None, None),
    ]
    assert [one.bib for one in results[0].legs] == ["2", "1", "4", "3"]

    out = organizer.client.get(f"/v1/events/{relay}/sheets/entries.hytek.csv").text
    assert sent(organizer, relay, out).json()["unchanged"] == 2
    other = organizer.sprint(organizer.meet(), name="4 × 100 m", sex="M", relay_legs=4)
    assert sent(organizer, other, out).json()["created"] == 2
    again = put_into_a_heat(organizer, other, "007", "NOR")
    sent(organizer, other, out)
    assert legs_of(organizer, again) == [["LIE2 Ola", "LIE1 Ola", "LIE4 Ola", "LIE3 Ola"]]


def test_the_entries_of_a_relay_change_with_its_runners(organizer: Organizer, relay: str) -> None:
    sent(organizer, relay, f"{HURRICANES}\r\n")
    path = f"/v1/events/{relay}/sheets/entries.hytek.csv"
    before = organizer.client.get(path)
    put_into_a_heat(organizer, relay, "HURR-A")
    sent(organizer, relay, f"{HURRICANES}\r\n")
    after = organizer.client.get(path, headers={"If-None-Match": before.headers["ETag"]})
    assert "Lathrop" not in before.text
    assert "Lathrop" in after.text
