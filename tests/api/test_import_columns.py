"""Columns of imported files: which title means what, as it is guessed, said or remembered."""

from typing import Any

import pytest

from tests.api.entries import entries
from tests.api.organizer import Organizer, problem


@pytest.fixture
def event(organizer: Organizer) -> str:
    return organizer.event(organizer.meet())


def columns(organizer: Organizer, event: str, text: str, **query: Any) -> Any:
    return organizer.csv(event, text, **query).json()["columns"]


def test_a_missing_column_is_refused(organizer: Organizer, event: str) -> None:
    told = problem(organizer.csv(event, "bib,family_name\n1,Brandt\n"), 422, "missing_column", "/sex")["detail"]
    assert "Known columns are bib, family_name, given_name, sex, birth_date, age," in told
    problem(organizer.csv(event, ""), 422, "no_header")


def test_a_missing_column_is_told_with_the_titles_that_say_nothing(organizer: Organizer, event: str) -> None:
    told = problem(organizer.csv(event, "Nr,Name,sex\n1,Brandt,W\n"), 422, "missing_column", "/bib")["detail"]
    assert "column=title:bib" in told
    assert "say nothing by themselves here: 'Nr', 'Name'." in told


def test_a_file_without_a_header_is_told_so(organizer: Organizer, event: str) -> None:
    told = problem(organizer.csv(event, "12,1,1,100 m\n,21,4,Bo\n"), 422, "no_header")["detail"]
    assert "the first row (12, 1, 1, 100 m) is no header" in told
    assert "format=evt" in told


def test_what_was_said_of_columns_is_remembered_by_source(organizer: Organizer, event: str) -> None:
    text = "Laufnr;Familie;Art\n1;Brandt;W\n"
    problem(organizer.csv(event, text), 422, "missing_column", "/bib")
    said = {"column": ["Laufnr:bib", "Familie:family_name", "Art:sex"]}
    known = {"Laufnr": "bib", "Familie": "family_name", "Art": "sex"}
    assert columns(organizer, event, text, source="clubs", **said) == known
    assert columns(organizer, event, text.replace("1;", "2;"), source="clubs") == known
    problem(organizer.csv(event, text, source="others"), 422, "missing_column")
    assert set(entries(organizer, event)) == {"1", "2"}


def test_columns_that_cannot_be_are_refused_with_what_was_meant(organizer: Organizer, event: str) -> None:
    text = "Nr,Name,sex\n1,Brandt,W\n"
    told = problem(organizer.csv(event, text, column=["Nr:bibb"]), 422, "no_such_column")["detail"]
    assert "did you mean bib?" in told
    told = problem(organizer.csv(event, text, column=["Nam:family_name"]), 422, "no_such_title")["detail"]
    assert "did you mean 'Name'?" in told
    problem(organizer.csv(event, text, column=["Name"]), 422, "not_a_column")


def test_usual_titles_are_guessed_and_odd_ones_are_pointed_out(organizer: Organizer, event: str) -> None:
    text = "Startnummer;Nachname;Vorname;Geschlecht;Verein;nationn;Nationalität\n007;Brandt;Ida;W;Bergen;x;Norwegen\n"
    report = organizer.csv(event, text).json()
    assert report["columns"]["Startnummer"] == "bib"
    assert [(one["code"], one["suggestion"]) for one in report["warnings"]] == [("nation_by_name", "NOR")]
    (ida,) = organizer.items(f"/events/{event}/registrations")
    assert (ida["bib"], ida["name"], ida["club"], ida["nation"]) == ("007", "BRANDT Ida", "Bergen", "NOR")
    report = organizer.csv(event, "bib,family_name,sex,seedmark\n8,Moe,W,10.0\n").json()
    assert [(one["row"], one["column"], one["suggestion"]) for one in report["warnings"]] == [
        (1, "seedmark", "seed_mark")
    ]


def test_titles_may_end_with_a_dot_or_a_colon(organizer: Organizer, event: str) -> None:
    text = "Startnr.;Nachname:;m/w *;Geb.-Datum\n1;Brandt;W;1990-05-03\n"
    assert columns(organizer, event, text) == {
        "Startnr.": "bib",
        "Nachname:": "family_name",
        "m/w *": "sex",
        "Geb.-Datum": "birth_date",
    }


def test_a_name_beside_given_names_is_the_family_name(organizer: Organizer, event: str) -> None:
    text = "bib;Name;Vorname;sex\n1;Brandt;Ida;W\n"
    assert columns(organizer, event, text)["Name"] == "family_name"
    assert entries(organizer, event) == {"1": "BRANDT Ida"}
    assert "Name" not in columns(organizer, event, text, column=["Name:"])
    problem(organizer.csv(event, "bib,Name,sex\n1,Brandt,W\n"), 422, "missing_column", "/family_name")


def test_bars_part_columns_too(organizer: Organizer, event: str) -> None:
    assert organizer.csv(event, "bib|family_name|sex\n1|Holm, Rune|M\n").json()["created"] == 1
