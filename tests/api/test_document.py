"""The OpenAPI document says everything that there is, each thing with an example, and nothing else."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.api.meanings_of import TOLD, rules
from app.api.meanings_of.anywhere import ANYWHERE
from app.api.openapi import openapi_document
from app.api.problem_table import PROBLEMS
from app.api.problems import MEDIA_TYPE, slug_of
from app.api.route import Route, Router, Undeclared
from app.api.routers import ROUTERS
from app.domain.ids import PREFIXES
from tests.api.organizer import Organizer
from tests.api.whole import found, whole

Doc = dict[str, Any]
AN_ID = re.compile(rf"({'|'.join(PREFIXES.values())})_[0-9a-f]{{32}}")
DOCUMENT = openapi_document()
EXPLAINED = {name: meanings for of in TOLD for name, meanings in of.items()}
OPERATIONS = {
    f"{method.upper()} {path}": whole(DOCUMENT, operation)
    for path, item in DOCUMENT["paths"].items()
    for method, operation in item.items()
}


def contents(part: Doc) -> Iterator[tuple[str, Doc]]:
    for body in (part.get("requestBody", {}), *part["responses"].values()):
        yield from body.get("content", {}).items()


def test_every_route_says_who_may() -> None:
    routes = [route for router in ROUTERS for route in router.routes]
    assert routes
    assert [route for route in routes if not isinstance(route, Route)] == []


def test_a_route_that_does_not_say_who_may_cannot_be_made() -> None:
    router = Router("/open", tag="open")
    with pytest.raises(Undeclared, match="say who may"):

        @router.get("")
        def forgotten() -> None: ...


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_body_answer_and_problem_has_an_example(name: str) -> None:
    for kind, media in contents(OPERATIONS[name]):
        assert "example" in media or media.get("examples"), f"{name}: {kind}"
        if kind == MEDIA_TYPE:
            assert all(one["value"]["type"] for one in media["examples"].values())


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_operation_is_named_tagged_and_says_who_may(name: str) -> None:
    operation = OPERATIONS[name]
    assert operation["summary"]
    assert len(operation["tags"]) == 1
    assert operation["x-access"]
    assert "security" in operation


def test_every_tag_is_explained() -> None:
    used = {tag for operation in OPERATIONS.values() for tag in operation["tags"]}
    assert used == {tag["name"] for tag in DOCUMENT["tags"]}


def test_every_operation_has_a_name_of_its_own() -> None:
    names = [operation["operationId"] for operation in OPERATIONS.values()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", OPERATIONS)
def test_errors_are_problem_documents_of_the_status_they_stand_under(name: str) -> None:
    for status, answer in OPERATIONS[name]["responses"].items():
        if int(status) >= 400 and name != "GET /healthz":
            assert list(answer["content"]) == [MEDIA_TYPE]
            for slug, one in answer["content"][MEDIA_TYPE]["examples"].items():
                assert one["value"]["status"] == int(status)
                assert slug in {slug_of(cls) for cls in PROBLEMS}


def test_a_field_that_holds_an_id_of_something_else_is_called_so() -> None:
    fields = set(_ids(DOCUMENT))
    assert {"id", "event_id", "registration_id", "heat_id", "actor_id", "organization_id"} <= fields
    assert {name for name in fields if name != "id" and not name.endswith("_id")} == set()


def _ids(part: object, name: str = "") -> Iterator[str]:
    """The name of every field of an example with an id in it; a fact (`body`) is shown as it was recorded."""
    if isinstance(part, dict):
        for key, inner in part.items():
            if key != "body":
                yield from _ids(inner, key)
    elif isinstance(part, list):
        for inner in part:
            yield from _ids(inner, name)
    elif isinstance(part, str) and AN_ID.fullmatch(part) and name != "example":
        yield name


def test_the_frameworks_own_error_is_nowhere() -> None:
    assert "HTTPValidationError" not in str(DOCUMENT)


def test_every_reference_leads_somewhere() -> None:
    references = set(_references(DOCUMENT))
    assert {"schemas", "parameters", "headers", "responses", "examples"} == {one.split("/")[2] for one in references}
    assert all(found(DOCUMENT, one) for one in references)


def test_nothing_is_said_twice() -> None:
    assert '"type": "/problems/' not in json.dumps(DOCUMENT["paths"])
    assert not re.search(r'"bib": {[^{}]*"title"|\[{"type": "string"}, {"type": "null"}', json.dumps(DOCUMENT))


def _references(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for inner in part.values():
            yield from _references(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _references(inner)


def test_what_creates_takes_a_key_and_what_changes_needs_a_tag() -> None:
    def headers(name: str) -> set[str]:
        return {one["name"].lower() for one in OPERATIONS[name]["parameters"] if one["in"] == "header"}

    assert "idempotency-key" in headers("POST /v1/tokens")
    assert "if-match" in headers("DELETE /v1/tokens/{token_id}")
    assert {"412", "428"} <= set(OPERATIONS["DELETE /v1/tokens/{token_id}"]["responses"])
    assert "304" in OPERATIONS["GET /v1/tokens"]["responses"]


@pytest.mark.parametrize("backend", ["sqlite"])
def test_the_document_needs_no_database_and_is_the_applications(app: FastAPI) -> None:
    assert app.openapi() == DOCUMENT


def test_every_field_of_every_schema_is_explained() -> None:
    fields = [(name, *one) for name, of in DOCUMENT["components"]["schemas"].items() for one in _fields(of)]
    assert len(fields) > 1_500
    assert [one for one in fields if not re.fullmatch(r"[A-Z`].*[.]", one[-1])] == []


def _fields(schema: Doc) -> Iterator[tuple[str, str]]:
    for name, field in schema.get("properties", {}).items():
        yield name, field.get("description", "")


def test_every_field_of_a_posted_read_is_explained() -> None:
    body = OPERATIONS["POST /v1/meets/{meet_id}/reads"]["requestBody"]["content"]["application/json"]["schema"]
    for part in (body, body["properties"]["reads"]["items"]):
        assert all(field["description"] for field in part["properties"].values())


def test_no_meaning_is_left_over() -> None:
    assert len(EXPLAINED) == sum(map(len, TOLD))
    for meanings in EXPLAINED.values():
        schemas = [DOCUMENT["components"]["schemas"][name] for name, of in EXPLAINED.items() if of is meanings]
        assert meanings.keys() <= {field for schema in schemas for field in schema["properties"]}
    told = {one for schema in DOCUMENT["components"]["schemas"].values() for one in _fields(schema)}
    assert {*ANYWHERE.items(), *rules.ANYWHERE.items()} <= told


def test_the_example_of_an_event_has_heats_that_lead_to_a_final_and_is_taken(client: TestClient) -> None:
    (shown,) = DOCUMENT["components"]["schemas"]["EventIn"]["examples"]
    heats, final = shown["rounds"]
    assert (heats["advance"], "advance" in final) == ({"places": 2, "times": 2}, False)
    organizer = Organizer(client)
    assert organizer.event(organizer.meet(), **shown)
