"""What a runner is called: the runner's choice, the age, and what stays of who was erased."""

from dataclasses import replace

import pytest

from app.domain.facts import AthleteDescribed, EventDescribed
from app.domain.ids import Bib
from app.domain.meet import Ages, Category, Person, PublishName
from app.views.names import choice_of, full_name, initials, is_young, name_for, origin_for
from tests.domain.log import ANNA, DASH, DASH_SPEC
from tests.views.people import ADULT, CHILD, ENTRY, IDA, RUNE, meet

BIB = Bib("12")


@pytest.mark.parametrize(
    ("choice", "young", "name"),
    [
        ("full", False, "HOLM Rune"),
        ("initials", False, "R. H."),
        ("bib", False, "Bib 12"),
        (None, False, "HOLM Rune"),
        (None, True, "R. H."),
        ("full", True, "HOLM Rune"),
        ("bib", True, "Bib 12"),
    ],
)
def test_the_public_sees_the_name_that_the_runner_chose(choice: PublishName | None, young: bool, name: str) -> None:
    person = Person(family_name="Holm", given_name="Rune", publish_name=choice)
    assert name_for("public", person, young, BIB) == name
    assert name_for("organizer", person, young, BIB) == "HOLM Rune"


def test_initials_are_the_default_of_the_young_alone() -> None:
    assert (choice_of(RUNE, True), choice_of(RUNE, False)) == ("initials", "full")


@pytest.mark.parametrize(
    ("ages", "category", "young"),
    [
        (CHILD, None, True),
        (ADULT, None, False),
        (ADULT, "U16", False),
        (None, None, False),
        (None, "U16", True),
        (None, "U17", False),
        (None, "Masters", False),
        (None, "kids", False),
    ],
)
def test_who_is_under_16_is_known_by_age_or_else_by_a_category_of_the_event(
    ages: Ages | None, category: str | None, young: bool
) -> None:
    rules = (Category(name="U16", max_age=15), Category(name="U17", max_age=16), Category(name="Masters", min_age=35))
    state = meet(
        EventDescribed(event=DASH, spec=replace(DASH_SPEC, categories=rules)),
        AthleteDescribed(athlete=ANNA, sex="W", ages=ages),
        replace(ENTRY, category=category),
    )
    assert is_young(state, ANNA) == young


@pytest.mark.parametrize(("own", "young"), [((), True), ((Category(name="Bambini", max_age=18),), False)])
def test_a_category_of_the_rules_says_it_too_where_the_event_has_none_of_that_name(
    own: tuple[Category, ...], young: bool
) -> None:
    groups = [{"name": "Bambini", "max_age": 10}, {"name": "Others", "min_age": 11}]
    spec = replace(DASH_SPEC, categories=own, rules={"categories": {"assigned": True, "groups": groups}})
    nobody_knows = AthleteDescribed(athlete=ANNA, sex="W", ages=None)
    state = meet(EventDescribed(event=DASH, spec=spec), nobody_knows, replace(ENTRY, category="Bambini"))
    assert is_young(state, ANNA) == young


def test_whoever_was_erased_is_a_number_to_everybody() -> None:
    erased = Person(family_name="Holm", erased=True)
    assert name_for("organizer", erased, False, BIB) == name_for("public", erased, False, BIB) == "Athlete #12"
    assert name_for("public", erased, False, None) == "Athlete"


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
    assert name_for("organizer", Person(), False, BIB) == "Bib 12"
    assert name_for("public", Person(publish_name="initials"), False, BIB) == "Bib 12"
    assert name_for("public", Person(publish_name="bib"), False, None) == "Athlete"


def test_who_wants_to_be_a_bib_is_not_told_apart_by_club_and_nation() -> None:
    hidden = Person(nation="SUI", club="TV Rotkreuz", publish_name="bib")
    assert origin_for("public", hidden) == (None, None)
    assert origin_for("organizer", hidden) == ("SUI", "TV Rotkreuz")
    assert origin_for("public", IDA) == ("SUI", "TV Rotkreuz")
