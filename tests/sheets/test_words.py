import re
from datetime import date

import pytest

from app.domain.units import parse_instant
from app.rules.areas import AREAS
from app.sheets.documents.printed import CODES
from app.sheets.nations import nation_name, nations
from app.sheets.words import LANGUAGES, words

ENGLISH = words("en").texts


def placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"{(.*?)}", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_catalogue_has_every_key_with_the_same_placeholders(language: str) -> None:
    said = words(language).texts
    assert said.keys() == ENGLISH.keys()
    assert {key: placeholders(text) for key, text in said.items()} == {
        key: placeholders(text) for key, text in ENGLISH.items()
    }
    assert all(said.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_seven_days_and_twelve_months(language: str) -> None:
    said = words(language).texts
    assert [len(said[f"date.{key}"].split()) for key in ("weekdays", "short", "months")] == [7, 12, 12]


def test_marks_are_the_same_in_every_language() -> None:
    for key in ("status.version", "line.counts"):
        assert all(placeholders(words(one).texts[key]) == placeholders(ENGLISH[key]) for one in LANGUAGES)


@pytest.mark.parametrize(
    "code", [*sorted(CODES.values()), "DNF", "DNS", "DQ", "Q", "q", "qR", "qJ", "qD", "WR", "PB", "w"]
)
def test_every_code_that_is_printed_has_a_meaning(code: str) -> None:
    assert words("en")(f"code.{code}")


def test_a_span_of_days_is_said_as_short_as_it_can_be_r52() -> None:
    say = words("en")
    assert say.span(date(2026, 6, 12), date(2026, 6, 12)) == "12 June 2026"
    assert say.span(date(2026, 6, 12), date(2026, 6, 14)) == "12–14 June 2026"
    assert say.span(date(2026, 6, 30), date(2026, 7, 2)) == "30 June 2026 – 2 July 2026"
    assert words("de").span(date(2026, 6, 12), date(2026, 6, 14)) == "12.–14. Juni 2026"
    assert words("es").span(date(2026, 6, 12), date(2026, 6, 14)) == "12–14 de junio de 2026"


def test_a_start_is_told_in_local_time_with_its_zone_r54() -> None:
    at = parse_instant("2026-06-12T16:05:00Z")
    assert words("en").at(at, "Europe/Oslo") == "Fri 12 JUN 2026, 18:05 (UTC+2)"
    assert words("fr").at(at, "Asia/Kolkata") == "ven 12 JUN 2026, 21:35 (UTC+5:30)"
    assert words("it").at(at, "America/St_Johns") == "ven 12 GIU 2026, 13:35 (UTC-2:30)"
    assert words("es").at(at, "UTC") == "vie 12 JUN 2026, 16:05 (UTC)"


def test_a_birth_date_has_its_month_in_letters_r52() -> None:
    assert words("en").born(date(1999, 5, 12)) == "12 MAY 1999"


def test_rounds_have_names_and_the_organizers_own_stay() -> None:
    say = words("de")
    assert [say.round(name) for name in ("final", "semi-final", "round-2", "Night of the Mile")] == [
        "Finale",
        "Halbfinale",
        "Runde 2",
        "Night of the Mile",
    ]


def test_no_name_of_a_round_shows_a_text_with_gaps() -> None:
    named = ("heat", "semi", "wave", "numbered", "heat_of", "quarterfinal")
    assert [words("de").round(name) for name in named] == [
        "Vorläufe",
        "Halbfinale",
        "wave",
        "numbered",
        "heat_of",
        "Viertelfinale",
    ]
    for language in LANGUAGES:
        texts = words(language).texts
        assert not [key for key, said in texts.items() if key.startswith("round.") and "{" in said]


def test_a_name_in_a_text_fills_in_nothing() -> None:
    assert words("en")("race.wave", name="{name.__class__}") == "Wave {name.__class__}"


def test_nations_differ_from_iso_where_athletics_does() -> None:
    iso3 = {code: nations()[code]["iso3"] for code in ("GER", "SUI", "RSA", "NED", "DEN", "NOR")}
    assert iso3 == {"GER": "DEU", "SUI": "CHE", "RSA": "ZAF", "NED": "NLD", "DEN": "DNK", "NOR": "NOR"}
    assert [nation_name("SUI", one) for one in LANGUAGES] == ["Switzerland", "Schweiz", "Suisse", "Svizzera", "Suiza"]
    assert nation_name("XXX", "en") is nation_name(None, "en") is None


def test_every_nation_of_an_area_is_named_in_every_language() -> None:
    assert AREAS.keys() <= nations().keys()
    assert all(row[language] for row in nations().values() for language in LANGUAGES)


def test_no_two_nations_share_a_code_of_iso() -> None:
    codes = [row["iso3"] for row in nations().values() if row["iso3"]]
    assert len(codes) == len(set(codes))
