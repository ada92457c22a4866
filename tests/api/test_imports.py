"""Lists of entries as files, over HTTP."""

import pytest

from tests.api.organizer import Organizer, problem

GOOD = "bib,family_name,given_name,sex,age,category,chips\n1,Brandt,Ida,W,31,,C1 C2\n2,Holm,,M,,Elite,C3\n"


@pytest.fixture
def event(organizer: Organizer) -> str:
    return organizer.event(organizer.meet())


def entries(organizer: Organizer, event: str) -> dict[str, str]:
    """Bib → name."""
    return {one["bib"]: one["name"] for one in organizer.items(f"/events/{event}/registrations")}


def test_a_file_is_imported_whole(organizer: Organizer, event: str) -> None:
    report = organizer.csv(event, GOOD).json()
    assert report.pop("import_id").startswith("imp_")
    assert report == {
        "stored": True,
        "created": 2,
        "updated": 0,
        "unchanged": 0,
        "new_waves": [],
        "ignored_columns": [],
        "errors": [],
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


def test_a_missing_column_is_refused(organizer: Organizer, event: str) -> None:
    told = problem(organizer.csv(event, "bib,family_name\n1,Brandt\n"), 422, "missing_column", "/sex")["detail"]
    assert "Known columns are bib, family_name, given_name, sex, birth_date, age," in told
    problem(organizer.csv(event, ""), 422, "no_header")


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
    text = "bib,family_name,sex,birth_date\n1,Brandt,W,1994\n2,Holm,M,3.5.1990\n"
    year, day = organizer.csv(event, text).json()["errors"]
    assert (year["column"], year["suggestion"]) == ("birth_date", None)
    assert day["suggestion"] == "1990-05-03"


def test_a_bib_twice_and_a_chip_on_two_bibs_are_refused(organizer: Organizer, event: str) -> None:
    text = "bib,family_name,sex,chips\n1,Brandt,W,C1\n1,Holm,M,C2\n2,Lie,M,C1\n"
    errors = organizer.csv(event, text).json()["errors"]
    assert [(one["row"], one["column"]) for one in errors] == [(3, "bib"), (4, "chips")]


def test_only_csv_is_read(organizer: Organizer, event: str) -> None:
    path = f"/v1/events/{event}/registrations/import"
    problem(organizer.client.post(path, json={}), 415, "unsupported_media_type")
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
