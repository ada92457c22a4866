"""What answers lead to, and what the document says about texts and refused parameters."""

from typing import Any, Final

import pytest

from app.api.links import CHOSEN, MADE, add_links
from tests.api.test_document import DOCUMENT, OPERATIONS

BY_ID: Final = {operation["operationId"]: (name, operation) for name, operation in OPERATIONS.items()}
LINKS: Final = [
    (name, link)
    for name, operation in OPERATIONS.items()
    for answer in operation["responses"].values()
    for link in answer.get("links", {}).values()
]


def path_parameters(name: str) -> set[str]:
    return {one["name"] for one in OPERATIONS[name].get("parameters", ()) if one["in"] == "path"}


@pytest.mark.parametrize("name", MADE)
def test_what_makes_or_lists_a_thing_leads_to_it(name: str) -> None:
    operation = BY_ID[name][1]
    assert any(answer.get("links") for answer in operation["responses"].values())


def test_a_link_gives_all_that_the_address_needs() -> None:
    for name, link in LINKS:
        target, _ = BY_ID[link["operationId"]]
        assert path_parameters(target) - CHOSEN <= link["parameters"].keys() <= path_parameters(target), (name, target)


def at(pointer: str, value: Any) -> Any:
    for step in pointer.split("/")[1:]:
        value = value[int(step) if isinstance(value, list) else step]
    return value


@pytest.mark.parametrize("name", MADE)
def test_what_a_link_takes_from_an_answer_is_there(name: str) -> None:
    operation = BY_ID[name][1]
    answer = next(answer for answer in operation["responses"].values() if answer.get("links"))
    content = next(iter(answer["content"].values()))
    example = content.get("example") or next(iter(content["examples"].values()))["value"]
    for link in answer["links"].values():
        for value in link["parameters"].values():
            if value.startswith("$response.body#"):
                assert at(value.removeprefix("$response.body#"), example), (name, value)


def test_most_of_what_is_about_one_thing_can_be_reached_by_links() -> None:
    reached = {link["operationId"] for _, link in LINKS}
    about = {o["operationId"] for name, o in OPERATIONS.items() if path_parameters(name) - CHOSEN}
    assert about - reached == {"read_problem"}


def test_a_number_leads_only_to_what_is_below_its_own_list() -> None:
    log = {link["operationId"] for name, link in LINKS if name == "GET /v1/meets/{meet_id}/log"}
    assert log == {"get_log_entry", "undo"}


def test_a_value_comes_from_the_answer_or_from_the_address() -> None:
    made: dict[str, Any] = {"operationId": "take_time", "responses": {"201": {}}}
    one: dict[str, Any] = {"operationId": "get_time", "responses": {"200": {}}}
    add_links({"/heats/{heat_id}/times": {"post": made}, "/heats/{heat_id}/times/{time_id}": {"get": one}})
    assert made["responses"]["201"]["links"]["get_time"]["parameters"] == {
        "heat_id": "$request.path.heat_id",
        "time_id": "$response.body#/id",
    }


def test_every_text_of_a_body_is_said_to_be_one_line() -> None:
    for name in ("MeetIn", "RegistrationIn", "RulingIn", "HeatsIn"):
        for field, schema in DOCUMENT["components"]["schemas"][name]["properties"].items():
            for part in (schema, *schema.get("anyOf", ()), schema.get("items", {})):
                if part.get("type") == "string":
                    assert part.keys() & {"pattern", "enum", "format", "const"}, (name, field)


@pytest.mark.parametrize(
    ("name", "refused"),
    [
        ("GET /v1/events/{event_id}/standings/{bib}", True),
        ("GET /v1/events/{event_id}/rounds/{round}", True),
        ("GET /v1/meets/{meet_id}/log/{seq}", True),
        ("GET /v1/meets/{meet_id}", False),
        ("GET /healthz", False),
    ],
)
def test_a_parameter_with_limits_is_refused_in_the_document_too(name: str, refused: bool) -> None:
    assert ("422" in OPERATIONS[name]["responses"]) is refused
