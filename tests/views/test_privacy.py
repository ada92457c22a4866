"""No public answer holds a field outside the allow-list, or a value that its athlete keeps private."""

import json
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from typing import Any

import pytest

from app.domain.facts import AthleteErased, EventDescribed
from app.domain.ids import AthleteId, Bib
from app.domain.meet import Category, Person, PublishName
from app.domain.state import MeetState
from app.views.athletes import athlete_item
from app.views.audience import PUBLIC_FIELDS, Audience, Item, seen_by
from app.views.registrations import registration_item
from app.views.results import result_items
from app.views.standings import standing_item
from app.views.starters import starter_items
from tests.domain.log import ANNA, ANNA_DASH, DASH, DASH_SPEC, HEAT_1
from tests.views.people import CHILD, ENTRY, LEGS, PEOPLE, RESULT, RUNE, STANDING, lines, meet, with_choice

People = dict[AthleteId, Person]
View = Callable[[Audience, MeetState, People], Item]

VIEWS: dict[str, View] = {
    "athlete": lambda who, state, people: athlete_item(who, state, people, ANNA),
    "registration": lambda who, state, people: registration_item(who, state, people, ANNA_DASH),
    "starter": lambda who, state, people: starter_items(who, state, people, state.heats[HEAT_1])[0],
    "standing": lambda who, state, people: standing_item(who, state, people, STANDING),
    "result": lambda who, state, people: result_items(who, state, people, lines(state, RESULT))[0],
}

every_view = pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)


def keys(value: Any) -> Iterator[str]:
    """Every field name at any depth."""
    if isinstance(value, dict):
        yield from value
        for inside in value.values():
            yield from keys(inside)
    elif isinstance(value, list | tuple):
        for inside in value:
            yield from keys(inside)


@every_view
def test_a_public_answer_holds_listed_fields_only(view: View) -> None:
    assert set(keys(view("public", meet(LEGS), PEOPLE))) <= PUBLIC_FIELDS


@every_view
def test_nothing_that_is_private_of_a_person_stands_in_a_public_answer(view: View) -> None:
    shown = json.dumps(view("public", meet(LEGS), PEOPLE))
    assert "1999" not in shown
    assert "NOR-0417" not in shown


@pytest.mark.parametrize("choice", ["initials", "bib"])
@every_view
def test_a_name_that_is_not_to_be_published_is_nowhere(view: View, choice: PublishName) -> None:
    shown = json.dumps(view("public", *with_choice(choice))).lower()
    assert "holm" not in shown
    assert "rune" not in shown


@every_view
def test_nor_is_the_name_of_a_child(view: View) -> None:
    shown = json.dumps(view("public", *with_choice(None, CHILD))).lower()
    assert "holm" not in shown


@every_view
def test_nor_that_of_a_child_whose_category_alone_is_known(view: View) -> None:
    state, people = with_choice(None)
    spec = replace(DASH_SPEC, categories=(Category(name="U16", max_age=15),))
    young = EventDescribed(event=DASH, spec=spec), replace(ENTRY, category="U16")
    shown = json.dumps(view("public", meet(*(one.fact for one in state.log[-1:]), *young), people)).lower()
    assert "holm" not in shown


@every_view
def test_nor_club_and_nation_of_who_is_a_bib_alone(view: View) -> None:
    shown = json.dumps(view("public", *with_choice("bib")))
    assert "Bergen" not in shown
    assert '"NOR"' not in shown


@every_view
def test_officials_see_the_full_name(view: View) -> None:
    assert view("organizer", *with_choice("bib", CHILD))["name"] == "HOLM Rune"


@every_view
def test_who_was_erased_has_no_name_for_anybody(view: View) -> None:
    people = {**PEOPLE, ANNA: Person(erased=True)}
    for who in ("public", "organizer"):
        assert view(who, meet(AthleteErased(athlete=ANNA)), people)["name"] == "Athlete #7"


@every_view
def test_an_athlete_whose_identity_is_missing_is_shown_by_the_bib(view: View) -> None:
    assert view("organizer", meet(), {})["name"] == "Bib 7"


def test_identity_is_on_the_list_only_where_it_is_public() -> None:
    person = {field.name for field in fields(Person)}
    assert person & PUBLIC_FIELDS == {"sex", "nation", "club"}
    assert not PUBLIC_FIELDS & {"age", "ages", "chips", "contact", "reason", "actor_id"}


def test_no_field_outside_the_list_gets_through_at_any_depth() -> None:
    item: Item = {"name": "HOLM Rune", "phone": "1", "splits": [{"point": "finish", "ssn": 2}], "legs": {"email": 3}}
    assert seen_by("public", item) == {"name": "HOLM Rune", "splits": [{"point": "finish"}], "legs": {}}
    assert seen_by("organizer", item) == item


def test_a_leg_of_a_relay_is_shown_as_its_runner_wishes() -> None:
    people = {**PEOPLE, ANNA: replace(RUNE, publish_name="initials")}
    legs = VIEWS["result"]("public", meet(LEGS), people)["legs"]
    assert [(leg["leg"], leg["name"]) for leg in legs] == [(1, "ØSTBY Ida Marie"), (2, "R. H.")]


def test_bibs_of_an_athlete_are_listed_once() -> None:
    assert VIEWS["athlete"]("public", meet(), PEOPLE)["bibs"] == [Bib("7")]
