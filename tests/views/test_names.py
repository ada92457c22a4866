"""What a runner is called: the runner's choice, the age, and what stays of who was erased."""

import pytest

from app.domain.ids import Bib
from app.domain.meet import Ages, Person, PublishName
from app.views.names import choice_of, full_name, initials, name_for, origin_for
from tests.views.people import ADULT, CHILD, IDA, RUNE

BIB = Bib("12")


@pytest.mark.parametrize(
    ("choice", "ages", "name"),
    [
        ("full", ADULT, "HOLM Rune"),
        ("initials", ADULT, "R. H."),
        ("bib", ADULT, "Bib 12"),
        (None, ADULT, "HOLM Rune"),
        (None, None, "HOLM Rune"),
        (None, CHILD, "R. H."),
        ("full", CHILD, "HOLM Rune"),
        ("bib", CHILD, "Bib 12"),
    ],
)
def test_the_public_sees_the_name_that_the_runner_chose(
    choice: PublishName | None, ages: Ages | None, name: str
) -> None:
    person = Person(family_name="Holm", given_name="Rune", publish_name=choice)
    assert name_for("public", person, ages, BIB) == name
    assert name_for("organizer", person, ages, BIB) == "HOLM Rune"


def test_initials_by_default_end_on_the_sixteenth_birthday() -> None:
    assert (choice_of(RUNE, CHILD), choice_of(RUNE, ADULT)) == ("initials", "full")


def test_whoever_was_erased_is_a_number_to_everybody() -> None:
    erased = Person(family_name="Holm", erased=True)
    assert name_for("organizer", erased, None, BIB) == name_for("public", erased, None, BIB) == "Athlete #12"
    assert name_for("public", erased, None, None) == "Athlete"


@pytest.mark.parametrize(
    ("family", "given", "full", "short"),
    [
        ("Holm", "Rune", "HOLM Rune", "R. H."),
        ("", "Rune", "Rune", "R."),
        ("Holm", "", "HOLM", "H."),
        ("Østby", "Ida Marie", "ØSTBY Ida Marie", "I. Ø."),
        ("van der Berg", "Jan", "VAN DER BERG Jan", "J. V."),
        ("Strauß", " ", "STRAUSS", "S."),
        ("", "", "", ""),
    ],
)
def test_names_as_printed(family: str, given: str, full: str, short: str) -> None:
    person = Person(family_name=family, given_name=given)
    assert (full_name(person), initials(person)) == (full, short)


def test_who_is_unknown_is_called_by_the_bib() -> None:
    assert name_for("organizer", Person(), None, BIB) == "Bib 12"
    assert name_for("public", Person(publish_name="initials"), None, BIB) == "Bib 12"
    assert name_for("public", Person(publish_name="bib"), None, None) == "Athlete"


def test_who_wants_to_be_a_bib_is_not_told_apart_by_club_and_nation() -> None:
    hidden = Person(nation="SUI", club="TV Rotkreuz", publish_name="bib")
    assert origin_for("public", hidden) == (None, None)
    assert origin_for("organizer", hidden) == ("SUI", "TV Rotkreuz")
    assert origin_for("public", IDA) == ("SUI", "TV Rotkreuz")
