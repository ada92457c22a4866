"""A race backwards says so on every sheet, once and in the language of the sheet; and the order of the book."""

from dataclasses import replace

import pytest

from app.sheets.sheet import Sheet
from tests.sheets.golden import DOCUMENTS, sheets
from tests.sheets.meets import MEET, retro_championship, sheets_of
from tests.timing.builders import track

SAID = {
    "en": "800 m backwards",
    "de": "800 m rückwärts",
    "fr": "800 m à reculons",
    "it": "800 m all'indietro",
    "es": "800 m hacia atrás",
}


def of_800(name: str, noun: str, id: str, document: str, language: str = "en") -> tuple[Sheet, ...]:
    """A sheet of the retro championship, where the 800 m is called by that name."""
    small = retro_championship()
    back = track(800, sex="X", direction="backward", ruleset="irr-retro-2016", timing="hand")
    small.script.event("b800", replace(back, name=name))
    return sheets_of(small.script.project(), small, noun, id, document, language, "public")


@pytest.mark.parametrize(("language", "said"), SAID.items())
@pytest.mark.parametrize(
    ("noun", "id", "document"), [case for case in DOCUMENTS["retro"] if case[1].partition("/")[0] == "b800"]
)
def test_every_sheet_says_that_a_race_is_run_backwards(
    noun: str, id: str, document: str, language: str, said: str
) -> None:
    (made,) = of_800("800 m", noun, id, document, language)
    assert made.subject.startswith(said)


def test_the_schedule_and_the_contents_of_the_book_say_so_too() -> None:
    for document in ("schedule", "book"):
        made = of_800("800 m", "meet", MEET, document)[0]
        cells = [str(cell) for row in made.tables[0].rows for cell in row.cells]
        assert any(cell.startswith("800 m backwards") for cell in cells)
        assert not any(cell == "800 m" or cell.startswith("800 m –") for cell in cells)


@pytest.mark.parametrize(
    "name", ["Retro 800 m", "800 m backwards", "800 m Rückwärts", "800 m à reculons", "800 m all’indietro", "800 ATRÁS"]
)
def test_a_name_that_says_so_itself_stays_as_it_is(name: str) -> None:
    (made,) = of_800(name, "event", "b800", "results", "fr")
    assert made.subject == name


def test_a_race_forward_is_called_by_its_name() -> None:
    assert sheets("track", "event", "m100", "results")[0].subject == "100 Metres Men"


def test_the_book_has_the_final_first_and_the_heats_of_a_round_in_their_order() -> None:
    heats = [
        made.subject.removeprefix("100 Metres Men – ")
        for made in sheets("track", "meet", MEET, "book")
        if made.name == "results" and made.subject.startswith("100 Metres Men – ")
    ]
    assert heats[0] == "Final"
    assert heats[1:] == [f"Round 1 – Heat {number} of {len(heats) - 1}" for number in range(1, len(heats))]
    assert len(heats) > 2
