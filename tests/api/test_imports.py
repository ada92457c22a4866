"""Lists of entries as files, over HTTP."""

from typing import Any

import pytest

from tests.api.entries import entries
from tests.api.organizer import Organizer, problem

GOOD = "bib,family_name,given_name,sex,age,category,chips\n1,Brandt,Ida,W,31,,C1 C2\n2,Holm,,M,,Elite,C3\n"


@pytest.fixture
def event(organizer: Organizer) -> str:
    return organizer.event(organizer.meet())


def test_a_file_is_imported_whole(organizer: Organizer, event: str) -> None:
    report = organizer.csv(event, GOOD).json()
    assert report.pop("import_id").startswith("imp_")
    assert report == {
        "stored": True,
        "created": 2,
        "updated": 0,
        "unchanged": 0,
        "new_waves": [],
        "columns": {name: name for name in GOOD.split("\n")[0].split(",")},
        "ignored_columns": [],
        "errors": [],
        "warnings": [],
    }
    assert entries(organizer, event) == {"1": "BRANDT Ida", "2": "HOLM"}
    (ida,) = organizer.items(f"/events/{event}/registrations", q="1")
    assert (ida["age"], ida["category"], ida["chips"]) == (31, None, ["C1", "C2"])


def test_the_same_file_twice_changes_nothing(organizer: Organizer, event: str) -> None:
    organizer.csv(event, GOOD)
    tag = organizer.tag(f"/events/{event}")
    report = organizer.csv(event, GOOD).json()
    assert (report["created"], report["updated"], report["unchanged"]) == (0, 0, 2)
    assert organizer.tag(f"/events/{event}") == tag


def test_a_dry_run_stores_nothing(organizer: Organizer, event: str) -> None:
    report = organizer.csv(event, GOOD, dry_run="true").json()
    assert (report["created"], report["stored"]) == (2, False)
    assert entries(organizer, event) == {}


def test_a_dry_run_counts_what_would_become_of_the_good_rows(organizer: Organizer, event: str) -> None:
    report = organizer.csv(event, BAD, dry_run="true").json()
    assert (report["created"], len(report["errors"]), report["stored"]) == (2, 1, False)
    assert entries(organizer, event) == {}


def test_windows_1252_a_mark_semicolons_and_unknown_columns_are_read(organizer: Organizer, event: str) -> None:
    text = "Bib;Family Name;Sex;Shirt\n1;Ångström;W;XL\n"
    assert organizer.csv(event, text.encode("cp1252")).json()["ignored_columns"] == ["Shirt"]
    assert entries(organizer, event) == {"1": "ÅNGSTRÖM"}
    assert organizer.csv(event, text.encode("utf-8-sig")).json()["unchanged"] == 1


BAD = "bib,family_name,sex\n1,Brandt,W\n2,Holm,?\n3,Lie,M\n"


def test_one_bad_row_stores_nothing(organizer: Organizer, event: str) -> None:
    report = organizer.csv(event, BAD).json()
    assert (report["created"], [one["row"] for one in report["errors"]], report["stored"]) == (0, [3], False)
    assert report["errors"][0]["column"] == "sex"
    assert entries(organizer, event) == {}


def test_one_bad_row_is_skipped_when_asked(organizer: Organizer, event: str) -> None:
    report = organizer.csv(event, BAD, on_error="skip").json()
    assert (report["created"], len(report["errors"]), report["stored"]) == (2, 1, True)
    assert set(entries(organizer, event)) == {"1", "3"}


def test_a_birth_year_alone_is_refused_with_what_was_probably_meant(organizer: Organizer, event: str) -> None:
    text = "bib,family_name,sex,birth_date\n1,Brandt,W,1994\n2,Holm,M,1990/5/3\n"
    year, day = organizer.csv(event, text).json()["errors"]
    assert (year["column"], year["suggestion"]) == ("birth_date", None)
    assert day["suggestion"] == "1990-05-03"


def test_a_bib_twice_and_a_chip_on_two_bibs_are_refused(organizer: Organizer, event: str) -> None:
    text = "bib,family_name,sex,chips\n1,Brandt,W,C1\n1,Holm,M,C2\n2,Lie,M,C1\n"
    errors = organizer.csv(event, text).json()["errors"]
    assert [(one["row"], one["column"]) for one in errors] == [(3, "bib"), (4, "chips")]


def test_only_files_of_lists_are_read(organizer: Organizer, event: str) -> None:
    path = f"/v1/events/{event}/registrations/import"
    headers = {"Content-Type": "image/png"}
    problem(organizer.client.post(path, content=GOOD, headers=headers), 415, "unsupported_media_type")
    problem(organizer.client.post(path, json={}), 422, "no_competitors")
    headers = {"Content-Type": "text/csv; charset=utf-8"}
    assert organizer.client.post(path, content=GOOD, headers=headers).json()["created"] == 2


def test_an_unknown_choice_is_refused(organizer: Organizer, event: str) -> None:
    problem(organizer.csv(event, GOOD, on_error="ignore"), 422, "invalid_request")
    problem(organizer.csv(event, GOOD, dryrun="true"), 400, "unknown_parameter")


def test_a_file_beyond_the_limit_is_refused(organizer: Organizer, event: str) -> None:
    problem(organizer.csv(event, b"x" * ((32 << 20) + 1)), 413, "too_large")


def test_one_bad_row_of_3_000(organizer: Organizer, event: str) -> None:
    rows = [f"{bib},Runner {bib},M" for bib in range(3_000)]
    rows[1_700] = "1700,Runner,?"
    text = "\n".join(["bib,family_name,sex", *rows])
    assert organizer.csv(event, text).json()["created"] == 0
    report = organizer.csv(event, text, on_error="skip").json()
    assert (report["created"], [one["row"] for one in report["errors"]]) == (2_999, [1_702])
    assert organizer.get(f"/events/{event}")["registration_count"] == 2_999


def test_waves_are_joined_whatever_their_case_and_blanks(organizer: Organizer, event: str) -> None:
    text = "bib,family_name,sex,wave\n1,Brandt,W,B\n2,Holm,M,b \n3,Lie,M, A\n4,Moe,W,a\n"
    organizer.csv(event, text)
    assert {heat["wave"] for heat in organizer.make(f"/events/{event}/rounds/final/draw", expect=200)["heats"]} == {
        "A",
        "B",
    }


def test_a_new_wave_after_the_draw_is_told(organizer: Organizer, event: str) -> None:
    organizer.csv(event, "bib,family_name,sex,wave\n1,Brandt,W,A\n")
    organizer.drawn(event)
    late = "bib,family_name,sex,wave\n2,Holm,M,a\n3,Lie,M,Blue\n4,Moe,M,blue\n5,Dahl,W,\n"
    for dry_run in ("true", "false"):
        assert organizer.csv(event, late, dry_run=dry_run).json()["new_waves"] == [None, "Blue"]
    assert [heat["wave"] for heat in organizer.heats(event)] == ["A", None, "Blue"]
    assert organizer.csv(event, late).json()["new_waves"] == []


def test_an_import_is_listed_and_taken_back_whole(organizer: Organizer) -> None:
    meet = organizer.meet()
    event = organizer.event(meet)
    organizer.register(event, "9", "Lie", sex="M", club="Old")
    report = organizer.csv(event, f"{GOOD}9,Lie,,M,40,,\n").json()
    (listed,) = organizer.items(f"/meets/{meet}/imports")
    assert (listed["id"], listed["created"], listed["updated"]) == (report["import_id"], 2, 1)
    assert organizer.get(f"/meets/{meet}/imports/{report['import_id']}") == listed
    gone = organizer.make(f"/meets/{meet}/imports/{report['import_id']}/undo")
    assert gone["removed"] == 2
    assert entries(organizer, event) == {"9": "LIE"}
    assert organizer.items(f"/meets/{meet}/imports") == []
    assert [one["name"] for one in organizer.items(f"/meets/{meet}/athletes")] == ["LIE"]
    assert organizer.items(f"/meets/{meet}/chip-assignments") == []
    problem(organizer.post(f"/meets/{meet}/imports/{report['import_id']}/undo"), 404, "not_found")
    problem(organizer.post(f"/meets/{meet}/log/{gone['seq']}/undo"), 409, "not_undoable")
    again = organizer.csv(event, GOOD).json()
    assert (again["created"], again["errors"]) == (2, [])
    assert set(entries(organizer, event)) == {"1", "2", "9"}


def test_an_external_id_is_free_once_its_import_was_taken_back(organizer: Organizer) -> None:
    meet = organizer.meet()
    event = organizer.event(meet)
    text = "external_id,bib,sex,family_name\na,1,M,Holm\n"
    organizer.make(f"/meets/{meet}/imports/{organizer.csv(event, text).json()['import_id']}/undo")
    assert organizer.csv(event, text.replace("Holm", "Moe")).json()["created"] == 1
    assert entries(organizer, event) == {"1": "MOE"}


def test_an_import_whose_runners_were_drawn_or_seen_stays(organizer: Organizer) -> None:
    meet = organizer.meet()
    sprint, road = organizer.sprint(meet), organizer.event(meet)
    drawn = organizer.csv(sprint, GOOD).json()["import_id"]
    organizer.drawn(sprint)
    problem(organizer.post(f"/meets/{meet}/imports/{drawn}/undo"), 409, "import_in_use")
    seen = organizer.csv(road, "bib,family_name,sex\n71,Lie,M\n72,Moe,W\n").json()["import_id"]
    (heat,) = organizer.drawn(road)
    organizer.start(meet, heat)
    organizer.make(
        f"/heats/{heat}/finishes", {"method": "hand", "finishes": [{"bib": "72", "elapsed_us": 1_800_000_000}]}
    )
    problem(organizer.post(f"/meets/{meet}/imports/{seen}/undo"), 409, "import_in_use")


def test_a_read_of_a_runner_keeps_the_import_that_brought_them(organizer: Organizer) -> None:
    meet = organizer.meet()
    event = organizer.event(meet)
    seen = organizer.csv(event, GOOD).json()["import_id"]
    (heat,) = organizer.drawn(event)
    organizer.client.put(f"/v1/meets/{meet}/sources/finish", json={"place": "finish"})
    organizer.start(meet, heat)
    reads = [{"seq": 1, "chip": "C1", "at": "2026-06-06T10:40:00Z"}]
    organizer.make(f"/meets/{meet}/reads", {"source": "finish", "epoch": "1", "reads": reads}, expect=200)
    problem(organizer.post(f"/meets/{meet}/imports/{seen}/undo"), 409, "results_depend")


def test_a_list_of_another_program_is_read_by_what_it_is(organizer: Organizer) -> None:
    event = organizer.sprint(organizer.meet(), sex="M")
    path = f"/v1/events/{event}/registrations/import"

    def sent(data: bytes, media: str, **query: str) -> Any:
        return organizer.client.post(path, content=data, params=query, headers={"Content-Type": media})

    hytek = b"D;Ito;Ren;;M;04/12/1999;HAR;Harbour AC;27;;100;16.50;M;;;;281\r\nD;Moe;Kai;;M;;;;;;200;;M;;;;282\r\n"
    problem(sent(hytek, "text/plain"), 422, "which_event")
    told = problem(sent(hytek, "text/plain", event="1000"), 422, "no_such_event")["detail"]
    assert "did you mean 100?" in told
    assert sent(hytek, "text/plain", event="100").json()["created"] == 1
    assert sent(b"; people\r\n17,Lie,Ola,IL Bak\r\n", "text/plain", format="ppl").json()["created"] == 1
    evt = b"12,1,1,100 m\r\n,21,4,Bo,Ann,SK\r\n13,1,1,200 m\r\n,22,4,Ek,Per,SK\r\n"
    assert sent(evt, "text/plain", format="evt", event="100 m").json()["created"] == 1
    out = organizer.client.get(f"/v1/events/{event}/sheets/results.opentrack.json").content
    assert sent(out, "application/json").json()["unchanged"] == 3
    (ito,) = organizer.items(f"/events/{event}/registrations", q="281")
    assert (ito["birth_date"], ito["club"], ito["seed_mark"]) == ("1999-04-12", "Harbour AC", "16.50")


def test_what_goes_out_comes_in_again(organizer: Organizer) -> None:
    """Entries of one meet as Hy-Tek and OpenTrack write them, into another."""
    event = organizer.sprint(organizer.meet())
    organizer.csv(
        event, "bib,family_name,given_name,sex,birth_date,club,seed_mark\n1,Brandt,Ida,W,1994-09-26,Bergen,12.34\n"
    )
    for name, media in (("entries.hytek.csv", "text/csv"), ("results.opentrack.json", "application/json")):
        out = organizer.client.get(f"/v1/events/{event}/sheets/{name}").content
        other = organizer.sprint(organizer.meet())
        path = f"/v1/events/{other}/registrations/import"
        report = organizer.client.post(path, content=out, headers={"Content-Type": media}).json()
        assert (report["created"], report["errors"]) == (1, [])
        names = ("bib", "name", "sex", "birth_date", "club", "seed_mark")
        (one,), (two,) = (organizer.items(f"/events/{id}/registrations") for id in (event, other))
        assert [one[name] for name in names] == [two[name] for name in names]


@pytest.mark.parametrize("name", ["\\u0000", "Ida\\u0000", "\\ud800", "\\u001b[31m"])
def test_what_no_database_keeps_is_refused_by_row(organizer: Organizer, event: str, name: str) -> None:
    body = f'{{"competitors": [{{"bib": "7", "gender": "F", "lastName": "{name}", "firstName": "Ida"}}]}}'
    path = f"/v1/events/{event}/registrations/import"
    answer = organizer.client.post(path, content=body, headers={"Content-Type": "application/json"})
    told = answer.json()
    code = told["code"] if answer.status_code == 422 else told["errors"][0]["code"]
    assert code in ("control_character", "not_json"), told


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("32996", "1990-05-03"),
        ("1990/5/3", "1990-05-03"),
        ("31.02.1990", None),
        ("1990", None),
    ],
)
def test_only_a_day_that_there_was_is_proposed(
    organizer: Organizer, event: str, written: str, meant: str | None
) -> None:
    (error,) = organizer.csv(event, f"bib,family_name,sex,birth_date\n1,Brandt,W,{written}\n").json()["errors"]
    assert (error["code"], error["suggestion"]) == ("not_a_date", meant)
