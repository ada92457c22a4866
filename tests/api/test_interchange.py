"""Files for other programs, over HTTP."""

import csv
import io
import json

import pytest
from starlette.testclient import TestClient

from app.interchange import hytek, lif, opentrack
from app.interchange.files import EVENT, HEAT, MEET
from app.operations import identity
from app.sheets import FORMATS
from tests.api.organizer import Organizer, problem
from tests.api.races import Road, written
from tests.interchange.samples import HOSTILE


@pytest.fixture
def organizer(client: TestClient) -> Organizer:
    return Organizer(client)


class Race:
    """A sprint of three: 10.02 measured as 10.013, a disqualification, and one who did not start."""

    def __init__(self, organizer: Organizer) -> None:
        self.organizer = organizer
        self.meet = organizer.meet()
        organizer.send("PATCH", f"/meets/{self.meet}", {"visibility": "public"}, "now")
        self.event = organizer.sprint(self.meet, name="100 m retro")
        for bib, name in (("7", "Åse"), ("8", "Moe"), ("9", "Lie")):
            organizer.register(self.event, bib, name, birth_date="1994-09-26", club="IL Bak", seed_mark="10.50")
        heats = {"heats": [{"number": 1, "starters": [{"bib": bib, "lane": n} for n, bib in enumerate("789", 3)]}]}
        put = organizer.client.put(f"/v1/events/{self.event}/rounds/final/heats", json=heats)
        self.heat = put.json()["heats"][0]["id"]
        organizer.post(f"/heats/{self.heat}/start", {"at": "2026-06-06T12:00:00.1234+02:00"})
        finishes = [
            {"bib": "7", "elapsed_us": 10_013_000, "reaction_us": 141_000},
            {"bib": "8", "status": "DQ", "rule": "TR17.3"},
            {"bib": "9", "status": "DNS"},
        ]
        body = {"method": "photo_finish", "wind_mps": "+0.3", "finishes": finishes}
        organizer.make(f"/heats/{self.heat}/finishes", body)

    def file(self, path: str) -> bytes:
        answer = self.organizer.client.get(f"/v1{path}")
        assert answer.status_code == 200, answer.text
        return bytes(answer.content)


@pytest.fixture
def race(organizer: Organizer) -> Race:
    return Race(organizer)


def test_results_of_a_heat_go_out_as_lif(race: Race) -> None:
    assert race.file(f"/heats/{race.heat}/sheets/results.lif").decode().split("\r\n") == [
        "1,1,1,100 m retro,+0.3,m/s,,,,100,12:00:00.1234",
        "1,7,3,Åse,,IL Bak,10.02,,10.013,0.141,,,,,",
        "DQ,8,4,Moe,,IL Bak,,,,,,,,,",
        "DNS,9,5,Lie,,IL Bak,,,,,,,,,",
        "",
    ]


def test_all_formats_tell_the_same(race: Race) -> None:
    shown = race.organizer.items(f"/heats/{race.heat}/results")
    said = [(one["bib"], one["place"], one["mark"], one["status"]) for one in shown]
    rows = lif.read(race.file(f"/heats/{race.heat}/sheets/results.lif")).rows
    assert [
        (row.id, int(row.place) if row.place == "1" else None, row.time or None, lif.status_of(row)) for row in rows
    ] == said
    for path in (f"/events/{race.event}", f"/meets/{race.meet}"):
        results = hytek.read_results(race.file(f"{path}/sheets/results.hytek.csv"))
        assert [(one.athlete.bib, one.heat_place, one.mark, one.status) for one in results] == said
        (contest,) = opentrack.read(race.file(f"{path}/sheets/results.opentrack.json")).contests
        lines = contest.races[0].lines
        assert [(line.athlete.bib, line.place, line.mark, line.status) for line in lines] == said
        assert race.file(f"{path}/sheets/results.athleticlive.csv").decode().splitlines()[1:] == [
            "1,1,7,10.02",
            "1,DQ,8,",
            "1,DNS,9,",
        ]
    for name in ("gru", "runsignup"):
        text = race.file(f"/events/{race.event}/sheets/results.{name}.csv").decode()
        assert [line.rsplit(",", 1)[1] for line in text.splitlines()] == ["status", "OK", "DQ", "DNS"]


def test_start_lists_and_schedules_go_to_the_camera(race: Race) -> None:
    assert race.file(f"/meets/{race.meet}/sheets/lynx.evt").decode().splitlines()[:2] == [
        "1,1,1,100 m retro,,,,,,100",
        ",7,3,Åse,,IL Bak,",
    ]
    assert race.file(f"/meets/{race.meet}/sheets/lynx.sch") == b"1,1,1\r\n"


@pytest.mark.parametrize(
    ("distances", "code"),
    [
        ({"distance_m": 100}, "100"),
        ({"distance_m": 100, "relay_legs": 4}, "400"),
        ({"distance_m": 1_000, "relay_legs": 4, "legs_m": [100, 200, 300, 400]}, "1000S"),
        ({"distance_m": 4_000, "relay_legs": 4, "legs_m": [1_200, 400, 800, 1_600]}, "4000D"),
    ],
)
def test_r78_a_relay_goes_to_hytek_by_all_that_the_team_runs(
    organizer: Organizer, distances: dict[str, object], code: str
) -> None:
    event = organizer.sprint(organizer.meet(), **distances)
    organizer.register(event, "1")
    (entered,) = hytek.read_entries(organizer.client.get(f"/v1/events/{event}/sheets/entries.hytek.csv").content)
    assert (entered.event, entered.relay) == (code, "relay_legs" in distances)


def test_every_file_names_its_type_and_a_tag(race: Race) -> None:
    places = ((f"/heats/{race.heat}", HEAT), (f"/events/{race.event}", EVENT), (f"/meets/{race.meet}", MEET))
    for path, files in places:
        for name, file in files.items():
            answer = race.organizer.client.get(f"/v1{path}/sheets/{name}")
            assert answer.status_code == 200, (name, answer.text)
            assert answer.headers["Content-Type"].startswith(file.media)
            tag = {"If-None-Match": answer.headers["ETag"]}
            assert race.organizer.client.get(f"/v1{path}/sheets/{name}", headers=tag).status_code == 304


def test_birth_dates_are_for_officials(race: Race) -> None:
    client = race.organizer.client
    token = client.headers.pop("Authorization")
    places = ((f"/heats/{race.heat}", HEAT), (f"/events/{race.event}", EVENT), (f"/meets/{race.meet}", MEET))
    for path, files in places:
        for name, file in files.items():
            answer = client.get(f"/v1{path}/sheets/{name}")
            if file.officials:
                problem(answer, 401, "unidentified")
            else:
                assert b"1994" not in answer.content, name
    client.headers["Authorization"] = token
    assert b"09/26/1994" in race.file(f"/events/{race.event}/sheets/entries.hytek.csv")


def test_ages_are_for_officials(race: Race) -> None:
    path = f"/events/{race.event}/sheets/roster.athleticlive.csv"
    age = race.organizer.items(f"/events/{race.event}/registrations")[0]["age"]
    assert race.file(path).decode().count(f",{age},") == 3
    race.organizer.client.headers.pop("Authorization")
    assert f",{age}," not in race.file(path).decode()
    competitors = json.loads(race.file(f"/events/{race.event}/sheets/results.opentrack.json"))["competitors"]
    assert [one["age"] for one in competitors] == [None] * 3


def test_who_wants_to_be_a_bib_is_one_in_public_files(race: Race) -> None:
    organizer = race.organizer
    (ase,) = organizer.items(f"/events/{race.event}/registrations", q="7")
    organizer.send("PATCH", f"/athletes/{ase['athlete_id']}", {"publish_name": "bib"}, "now")
    token = organizer.client.headers.pop("Authorization")
    for path, name in ((f"/heats/{race.heat}", "results.lif"), (f"/meets/{race.meet}", "results.hytek.csv")):
        content = race.file(f"{path}/sheets/{name}")
        assert "Åse".encode() not in content
        assert b"Bib 7" in content
        assert content.count(b"IL Bak") == 2
    organizer.client.headers["Authorization"] = token
    assert "Åse".encode() in race.file(f"/heats/{race.heat}/sheets/results.lif")


def test_a_past_state_is_written_as_it_was(race: Race) -> None:
    seq = race.organizer.get(f"/meets/{race.meet}/log")["items"][-1]["seq"]
    race.organizer.make(f"/heats/{race.heat}/rulings", {"bib": "7", "kind": "dq", "rule": "TR17.3"})
    assert b"\r\nDQ,7," in race.file(f"/heats/{race.heat}/sheets/results.lif")
    assert b"\r\n1,7," in race.file(f"/heats/{race.heat}/sheets/results.lif?as_of={seq}")


def test_a_heat_that_has_not_started_is_an_empty_file(organizer: Organizer) -> None:
    event = organizer.sprint(organizer.meet())
    organizer.register(event, "7", "Moe")
    (heat,) = organizer.drawn(event)
    answer = organizer.client.get(f"/v1/heats/{heat}/sheets/results.lif")
    (row,) = lif.read(answer.content).rows
    assert (row.id, row.place, row.time) == ("7", "", "")
    competition = json.loads(organizer.client.get(f"/v1/events/{event}/sheets/results.opentrack.json").content)
    assert competition["events"][0]["units"][0]["status"] == "scheduled"


def test_what_is_not_there_is_not_found(race: Race) -> None:
    client = race.organizer.client
    problem(client.get(f"/v1/heats/heat_{'0' * 32}/sheets/results.lif"), 404, "not_found")
    assert client.get(f"/v1/heats/{race.heat}/sheets/results.gru.csv").status_code in (404, 406)


def test_a_file_of_a_heat_is_found_there_and_not_at_the_event_or_the_meet(race: Race) -> None:
    at = "/v1/heats/{heat_id}/sheets/results.lif"
    for path, files in ((f"/events/{race.event}", EVENT), (f"/meets/{race.meet}", MEET)):
        answer = race.organizer.client.get(f"/v1{path}/sheets/results.lif")
        here = ", ".join(map(repr, files))
        told = problem(answer, 406, "not_acceptable")["detail"]
        assert told == f"file 'results.lif' is found at {at}: the files here are {here}"


def test_a_file_of_an_event_and_a_meet_is_found_at_both(race: Race) -> None:
    told = problem(race.organizer.client.get(f"/v1/heats/{race.heat}/sheets/lynx.evt"), 406, "not_acceptable")
    both = "/v1/events/{event_id}/sheets/lynx.evt and /v1/meets/{meet_id}/sheets/lynx.evt"
    assert told["detail"] == f"file 'lynx.evt' is found at {both}: the files here are 'results.lif'"


def test_whatever_anybody_is_called_every_file_is_whole(organizer: Organizer) -> None:
    """Through a roster into the database, and out again: nobody's name breaks a row, nor the server."""
    meet = organizer.meet(ends_on="2026-06-06")
    event = organizer.event(meet)
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(["bib", "sex", "family_name", "given_name", "club", "mark"])
    table.writerows([n, "W", name, name, name, "40:01"] for n, name in enumerate(HOSTILE, 1))
    path = f"/v1/events/{event}/rounds/final/results/import?on_error=skip&method=hand"
    data = text.getvalue().encode("utf-8", "replace")
    answer = organizer.client.post(path, content=data, headers={"Content-Type": "text/csv"})
    refused = {one["code"] for one in answer.json().get("errors", ())}
    assert (answer.status_code, refused) == (200, {"control_character", "too_long", "not_registered"}), answer.text[
        :300
    ]
    runners = answer.json()["created"]
    assert runners > 150
    (heat,) = organizer.items(f"/events/{event}/heats")
    assert len(lif.read(organizer.client.get(f"/v1/heats/{heat['id']}/sheets/results.lif").content).rows) == runners
    for name in EVENT:
        content = organizer.client.get(f"/v1/events/{event}/sheets/{name}")
        assert content.status_code == 200, name
        lines = content.text.splitlines()
        if name.split(".")[0] in ("results", "roster", "entries") and not name.endswith("json"):
            assert runners <= len(lines) <= runners + 1, name
    for format in FORMATS:
        printed = organizer.client.get(f"/v1/events/{event}/sheets/results.{format}")
        assert (printed.status_code, bool(printed.content)) == (200, True), format
    competition = opentrack.read(organizer.client.get(f"/v1/events/{event}/sheets/results.opentrack.json").content)
    assert len(competition.contests[0].entries) == runners


def test_a_name_is_stored_as_it_prints_or_refused_with_the_reason(organizer: Organizer) -> None:
    """One by one, as a form sends them."""
    event, kept = organizer.event(organizer.meet()), dict[str, str]()
    for n, name in enumerate(HOSTILE[::3]):
        body = json.dumps({"bib": str(n), "sex": "W", "family_name": name}).encode()
        answer = organizer.client.post(
            f"/v1/events/{event}/registrations", content=body, headers={"Content-Type": "application/json"}
        )
        if answer.status_code == 201:
            kept[str(n)] = answer.json()["name"]
        else:
            (fault,) = answer.json()["errors"]
            assert (answer.status_code, bool(fault["message"])) == (422, True), name[:40]
            assert fault["pointer"] in ("/family_name", ""), answer.text
    assert len(kept) > 60
    assert {one["bib"]: one["name"] for one in organizer.items(f"/events/{event}/registrations")} == kept


def test_programs_that_read_no_utf_8_get_windows_1252(race: Race) -> None:
    client, path = race.organizer.client, f"/v1/meets/{race.meet}/sheets/lynx.evt"
    race.organizer.register(race.organizer.sprint(race.meet), "1", "Łącki")
    plain, windows = client.get(path), client.get(path, params={"encoding": "windows-1252"})
    assert windows.headers["Content-Type"] == "text/plain; charset=windows-1252"
    assert b",\xc5se," in windows.content
    assert "Åse".encode() in plain.content
    assert windows.headers["ETag"] != plain.headers["ETag"]
    people = client.get(f"/v1/meets/{race.meet}/sheets/lynx.ppl", params={"encoding": "windows-1252"})
    assert "Lacki" in people.content.decode("cp1252")
    problem(client.get(path, params={"encoding": "latin-1"}), 422, "invalid_request")
    other = f"/v1/meets/{race.meet}/sheets/results.opentrack.json"
    problem(client.get(other, params={"encoding": "windows-1252"}), 400, "unknown_parameter")


def test_a_bib_that_windows_1252_has_not_is_refused(race: Race) -> None:
    client, path = race.organizer.client, f"/v1/meets/{race.meet}/sheets/lynx.ppl"
    race.organizer.register(race.organizer.sprint(race.meet), "Б7", "Lie")
    told = problem(client.get(path, params={"encoding": "windows-1252"}), 422, "not_in_encoding", "/encoding")
    assert "the bib 'Б7'" in told["detail"]
    assert client.get(path).status_code == 200


def test_laps_go_to_the_camera_as_splits(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Official times. A crossing that no reader saw is none until somebody confirms it, and who is disqualified has
    none."""
    monkeypatch.setattr("tests.api.races.GUN_US", identity.now() - 600_000_000)
    organizer = Organizer(client)
    meet = organizer.meet()
    laps = {"distance_m": 2_000, "surface": "track", "timing": "transponder", "start": "mass", "ruleset": "local"}
    event = organizer.event(meet, name="2000 m", **laps)
    for bib in "123":
        organizer.register(event, bib, f"Runner{bib}", chips=[f"C{bib}"])
    (heat,) = organizer.drawn(event)
    ran = Road(organizer, meet, event, heat)
    ran.gun(written(0))
    for bib, seconds in (("1", (72, 144.5, 289.3)), ("2", (80, 160)), ("3", (81, 170, 250))):
        for second in seconds:
            ran.read("finish", bib, second)
    organizer.make(f"/heats/{heat}/rulings", {"bib": "3", "kind": "dq", "rule": "TR17.3"})
    rows = lif.read(organizer.client.get(f"/v1/heats/{heat}/sheets/results.lif").content).rows
    assert [(row.id, row.splits) for row in rows] == [
        ("1", "1:12.0 (1:12.0),2:24.5 (1:12.5),4:49.3 (2:24.8)"),
        ("2", "1:20.0 (1:20.0),2:40.0 (1:20.0)"),
        ("3", ""),
    ]
