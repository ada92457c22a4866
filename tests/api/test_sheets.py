"""Sheets over HTTP, as CSV and JSON."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.api.services import Services
from app.domain.ids import ActorId, HeatId, MeetId
from app.live import Live, View
from app.operations import rounds
from app.sheets import FORMATS
from app.sheets.documents.events import EVENTS
from app.sheets.documents.heats import HEATS
from app.sheets.documents.meets import MEETS
from tests.api.organizer import Organizer, problem
from tests.api.races import Road, Track, road, show, track


@pytest.fixture
def sprint(organizer: Organizer) -> Track:
    race = track(organizer, ("31", "7"))
    finish = {"bib": "31", "elapsed_us": 10_207_000, "reaction_us": 141_000}
    race.finishes(0, finish, {"bib": "7", "status": "DQ", "rule": "TR16.8"}, wind_mps="+0.7")
    return race


@pytest.fixture
def ten_km(organizer: Organizer) -> Road:
    race = road(organizer)
    race.gun()
    race.read("Start", "1", 10.0)
    race.read("5 km", "1", 900.0)
    race.finish({"1": 1_800.0})
    return race


def rows(organizer: Organizer, path: str) -> list[dict[str, str]]:
    answer = organizer.client.get(f"/v1{path}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/csv; charset=utf-8")
    return list(csv.DictReader(io.StringIO(answer.content.decode(), newline="")))


def test_the_start_list_of_a_heat(organizer: Organizer, sprint: Track) -> None:
    lines = rows(organizer, f"/heats/{sprint.heats[0]}/sheets/start-list.csv")
    assert [(one["lane"], one["bib"], one["name"]) for one in lines] == [
        ("3", "31", "RUNNER31 Ada"),
        ("4", "7", "RUNNER7 Ada"),
    ]


def test_the_results_of_a_heat(organizer: Organizer, sprint: Track) -> None:
    first, out = rows(organizer, f"/heats/{sprint.heats[0]}/sheets/results.csv")
    assert (first["place"], first["mark"], first["reaction"], first["status"]) == ("1", "10.21", "0.141", "OK")
    assert (out["place"], out["mark"], out["status"], out["rule"]) == ("", "", "DQ", "TR16.8")


def test_the_same_as_json_has_what_stands_above(organizer: Organizer, sprint: Track) -> None:
    sheet = organizer.get(f"/heats/{sprint.heats[0]}/sheets/results.json")
    above = {name: sheet[name] for name in ("sheet", "event", "round", "heat", "of_heats", "wind")}
    assert above == {
        "sheet": "results",
        "event": "100 m",
        "round": "final",
        "heat": 1,
        "of_heats": 1,
        "wind": "+0.7",
    }
    assert [one["bib"] for one in sheet["rows"]] == ["31", "7"]
    assert organizer.get(f"/heats/{sprint.heats[0]}/sheets/results.json", as_of=sheet["seq"]) == sheet


def test_the_entries_of_an_event(organizer: Organizer, ten_km: Road) -> None:
    lines = rows(organizer, f"/events/{ten_km.event}/sheets/entries.csv")
    assert [(one["bib"], one["sex"], one["state"]) for one in lines] == [(bib, "M", "entered") for bib in "123"]


def test_the_start_lists_of_an_event(organizer: Organizer, sprint: Track) -> None:
    lines = rows(organizer, f"/events/{sprint.event}/sheets/start-list.csv")
    assert [(one["round"], one["heat"], one["bib"]) for one in lines] == [("final", "1", "31"), ("final", "1", "7")]


def test_the_results_of_an_event_have_a_column_for_each_split(organizer: Organizer, ten_km: Road) -> None:
    first, *others = rows(organizer, f"/events/{ten_km.event}/sheets/results.csv")
    assert (first["place"], first["gun"], first["net"], first["split 5 km"]) == ("1", "30:00", "29:50", "15:00")
    assert [one["place"] for one in others] == ["", ""]


def test_the_summary_of_an_event(organizer: Organizer, sprint: Track) -> None:
    first, out = rows(organizer, f"/events/{sprint.event}/sheets/summary.csv")
    assert (first["round"], first["rank"], first["heat"], first["wind"]) == ("final", "1", "1", "+0.7")
    assert out["rank"] == ""


def test_a_name_is_no_formula(organizer: Organizer, ten_km: Road) -> None:
    organizer.register(ten_km.event, "66", "=cmd|' /C calc'!A0")
    names = [one["name"] for one in rows(organizer, f"/events/{ten_km.event}/sheets/entries.csv")]
    assert names[-1].startswith("'=CMD")


def test_each_format_has_a_tag_of_its_own(organizer: Organizer, sprint: Track) -> None:
    path = f"/heats/{sprint.heats[0]}/sheets/results"
    assert organizer.tag(f"{path}.csv") != organizer.tag(f"{path}.json")
    tag = organizer.tag(f"{path}.csv")
    again = organizer.client.get(f"/v1{path}.csv", headers={"If-None-Match": tag})
    assert again.status_code == 304


def test_spectators_get_sheets_of_a_public_meet(organizer: Organizer, ten_km: Road, anonymous: TestClient) -> None:
    organizer.register(ten_km.event, "8", "Hidden", given_name="Eve", publish_name="bib", birth_date="1990-01-01")
    path = f"/v1/events/{ten_km.event}/sheets/entries.csv"
    problem(anonymous.get(path), 401, "unidentified")
    show(organizer, ten_km.meet, "public")
    text = anonymous.get(path).text
    assert "HIDDEN" not in text
    assert "1990" not in text


@pytest.mark.parametrize("sheet", ["book.csv", "results.csv.json", "medals.json"])
def test_a_sheet_that_is_not_made_is_not_found(organizer: Organizer, sprint: Track, sheet: str) -> None:
    for path in (f"/heats/{sprint.heats[0]}", f"/events/{sprint.event}"):
        problem(organizer.client.get(f"/v1{path}/sheets/{sheet}"), 404, "not_found")


def test_an_unknown_format_is_told_with_those_that_are_made(organizer: Organizer, sprint: Track) -> None:
    answer = organizer.client.get(f"/v1/heats/{sprint.heats[0]}/sheets/results.doc")
    assert "the formats are 'csv', 'json', 'html', " in problem(answer, 406, "not_acceptable")["detail"]


def test_an_unknown_language_is_told_with_those_there_are(organizer: Organizer, sprint: Track) -> None:
    answer = organizer.client.get(f"/v1/heats/{sprint.heats[0]}/sheets/results.html", params={"language": "tlh"})
    assert "the languages are 'en', 'de', 'fr', 'it', 'es'" in problem(answer, 406, "not_acceptable")["detail"]


def test_a_sheet_is_in_the_language_of_the_address_else_of_the_browser(organizer: Organizer, sprint: Track) -> None:
    path = f"/v1/heats/{sprint.heats[0]}/sheets/results.json"

    def title(accepted: str, **query: str) -> str:
        answer = organizer.client.get(path, params=query, headers={"Accept-Language": accepted})
        assert "Accept-Language" in answer.headers["Vary"]
        return str(answer.json()["title"])

    assert title("fr-CH, en;q=0.7") == "RÉSULTATS"
    assert title("fr", language="de") == "ERGEBNISSE"
    assert title("pl;q=1.0, it;q=0.4, es;q=0.5") == "RESULTADOS"
    assert title("it;q=0, tlh") == "RESULTS"
    assert title("") == title("*;;q=?") == "RESULTS"


def test_each_language_has_a_tag_of_its_own(organizer: Organizer, sprint: Track) -> None:
    path = f"/heats/{sprint.heats[0]}/sheets/results.html"
    assert len({organizer.tag(f"{path}?language={one}") for one in ("en", "de", "fr", "it", "es")}) == 5
    assert organizer.tag(f"{path}?paper=A4") != organizer.tag(f"{path}?paper=Letter")


def test_every_sheet_is_made_in_every_format(organizer: Organizer, sprint: Track) -> None:
    whose = (("heats", sprint.heats[0], HEATS), ("events", sprint.event, EVENTS), ("meets", sprint.meet, MEETS))
    for noun, id, names in whose:
        for name in names:
            for format, written in FORMATS.items():
                answer = organizer.client.get(f"/v1/{noun}/{id}/sheets/{name}.{format}")
                assert answer.status_code == 200, (name, format, answer.text)
                assert answer.headers["Content-Type"] == written.media
                assert answer.content


def test_the_medals_of_a_meet_move_with_a_result(organizer: Organizer, ten_km: Road) -> None:
    path = f"/meets/{ten_km.meet}/sheets/placing.json"
    assert organizer.get(path)["rows"] == []
    ten_km.organizer.send("PATCH", f"/athletes/{athlete_of(ten_km, '1')}", {"nation": "NOR"}, match="now")
    for bib in "23":
        ten_km.rule(bib, "dns")
    (line,) = organizer.get(path, language="fr")["rows"]
    assert (line["rank"], line["nation"], line["country"], line["points"], line["place_1"]) == (
        1,
        "NOR",
        "Norvège",
        "8",
        1,
    )


def athlete_of(race: Road, bib: str) -> str:
    return str(next(one["athlete_id"] for one in race.standings() if one["bib"] == bib))


def test_a_revised_sheet_says_why_in_the_words_of_the_note(organizer: Organizer, ten_km: Road) -> None:
    path = f"/events/{ten_km.event}/sheets/results.json"
    for bib in "23":
        ten_km.rule(bib, "dns")
    announce = f"/events/{ten_km.event}/publications"
    assert organizer.get(path)["standing"] == "PROVISIONAL"
    ten_km.accept_all()
    first = organizer.make(announce, {"status": "official"})
    sheet = organizer.get(path)
    assert (sheet["standing"], sheet["digest"], sheet["changes"]) == ("OFFICIAL v1", first["digest"], [])
    for format in ("txt", "md", "html"):
        assert first["digest"] in organizer.client.get(f"/v1{path}".replace(".json", f".{format}")).text
    ten_km.rule("1", "dq", rule="TR17.3")
    ten_km.accept_all()
    organizer.make(announce, {"status": "official", "note": "Protest upheld"})
    when, what = organizer.get(path)["changes"]
    assert when.endswith(": Protest upheld")
    assert what.startswith("Bib 1: 1. 30:00 → DQ")


def test_a_heat_says_that_its_event_was_announced(organizer: Organizer, sprint: Track) -> None:
    path = f"/heats/{sprint.heats[0]}/sheets/results.json"
    tag = organizer.tag(path)
    organizer.make(f"/events/{sprint.event}/publications", {"status": "provisional"})
    assert organizer.tag(path) != tag
    assert organizer.get(path)["standing"] == "PROVISIONAL v1"


def test_a_sheet_as_of_the_head_is_not_moved_by_what_comes_meanwhile(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    race = track(Organizer(client), ("1",), ("2",))
    services: Services = cast("FastAPI", client.app).state.services
    path, look = f"/heats/{race.heats[1]}/sheets/results.json", Live.view
    sheet, head = race.organizer.get(path), services.live.head_of(MeetId(race.meet))
    withdrawn = list[str]()

    @contextmanager
    def view(self: Live, meet: MeetId, as_of: int | None = None, min_seq: int | None = None) -> Iterator[View]:
        """Somebody withdraws the heat as soon as the meet has been looked at once."""
        with look(self, meet, as_of, min_seq) as seen:
            yield seen
        if not withdrawn:
            withdrawn.append(race.heats[1])
            with services.desk.open(meet, ActorId("tok_x")) as desk:
                rounds.withdraw_heat(desk, HeatId(race.heats[1]))

    monkeypatch.setattr(Live, "view", view)
    assert race.organizer.get(path, as_of=head) == sheet
    assert withdrawn


def test_a_page_may_show_the_style_and_pictures_that_it_brings_along_and_nothing_else(
    organizer: Organizer, sprint: Track
) -> None:
    path = f"/v1/heats/{sprint.heats[0]}/sheets/results.html"
    page, kept = organizer.client.get(path), organizer.client.get(path)
    unchanged = organizer.client.get(path, headers={"If-None-Match": page.headers["ETag"]})
    assert unchanged.status_code == 304
    for answer in (page, kept, unchanged):
        (policy,) = answer.headers.get_list("Content-Security-Policy")
        assert {"default-src 'none'", "style-src 'unsafe-inline'", "img-src data:"} <= set(policy.split("; "))
    assert "<style>" in page.text
