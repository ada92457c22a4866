"""Whoever sends what the document shows, or reads as it shows, is not led astray: every example fits its schema."""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator

from app.api.examples import complete, example_of
from app.api.openapi import openapi_document
from tests.api.whole import whole

Doc = dict[str, Any]
DOCUMENT = openapi_document()
SCHEMAS = DOCUMENT["components"]["schemas"]
OPERATIONS = {
    f"{method.upper()} {path}": whole(DOCUMENT, operation)
    for path, item in DOCUMENT["paths"].items()
    for method, operation in item.items()
}


def misfits(schema: Doc, values: list[Any]) -> Iterator[str]:
    validator = validator_of(json.dumps(schema))
    for value in values:
        yield from (f"{one.instance_path}: {one.message}" for one in validator.iter_errors(value))


@cache
def validator_of(text: str) -> Draft202012Validator:
    """Of a schema with those that it refers to, and no others: to compile all of them takes most of the time."""
    needed, found = dict[str, Doc](), named_in(text)
    while found:
        needed |= {name: SCHEMAS[name] for name in found}
        found = named_in(json.dumps(list(needed.values()))) - needed.keys()
    rooted = {"$ref": "#/shown", "shown": json.loads(text), "components": {"schemas": needed}}
    return Draft202012Validator(rooted, validate_formats=True)


def named_in(text: str) -> set[str]:
    return set(re.findall(r"#/components/schemas/(\w+)", text))


def shown(media: Doc) -> list[Any]:
    return [media["example"]] if "example" in media else [one["value"] for one in media.get("examples", {}).values()]


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_body_answer_and_problem_shows_what_fits_its_schema(name: str) -> None:
    operation = OPERATIONS[name]
    for body in (operation.get("requestBody", {}), *operation["responses"].values()):
        for media in body.get("content", {}).values():
            assert shown(media) != []
            assert list(misfits(media["schema"], shown(media))) == []


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_parameter_in_a_path_shows_one_that_fits(name: str) -> None:
    for one in OPERATIONS[name].get("parameters", ()):
        values = [one["example"]] if "example" in one else one["schema"].get("examples", [])
        assert values or one["in"] != "path", one["name"]
        assert list(misfits(one["schema"], values)) == []


def test_what_schemas_and_fields_show_fits_them() -> None:
    fields = [field for schema in SCHEMAS.values() for field in schema.get("properties", {}).values()]
    found = [list(misfits(one, one["examples"])) for one in (*SCHEMAS.values(), *fields) if "examples" in one]
    assert len(found) > 100
    assert [one for one in found if one] == []


@pytest.mark.parametrize(
    ("schema", "example"),
    [
        ({"type": "string", "enum": ["a", "b"]}, "a"),
        ({"const": 3}, 3),
        ({"anyOf": [{"type": "null"}, {"type": "integer"}]}, None),
        ({"type": "array", "items": {"type": "boolean"}}, [True]),
        ({"type": "string", "format": "date-time"}, "2026-06-07T10:00:00.000000Z"),
        ({"$ref": "#/components/schemas/X"}, {"n": 1, "next_cursor": None}),
        ({}, {}),
    ],
)
def test_an_example_is_put_together_from_its_parts(schema: Doc, example: object) -> None:
    schemas = {"X": {"properties": {"n": {"type": "integer"}, "next_cursor": {"type": "string"}}}}
    assert example_of(schema, schemas) == example


def test_what_is_null_is_shown_too_and_in_the_order_of_the_fields() -> None:
    runner: Doc = {"properties": {"bib": {}, "club": {}, "pb": {}}, "required": ["bib", "club"]}
    one_of = {"anyOf": [{"type": "null"}, {"$ref": "#/components/schemas/Runner"}]}
    found = complete([{"bib": "7"}, {"pb": "10.1", "bib": "9"}], {"items": one_of}, {"Runner": runner})
    assert [list(one.items()) for one in found] == [
        [("bib", "7"), ("club", None)],
        [("bib", "9"), ("club", None), ("pb", "10.1")],
    ]
    assert complete({"other": 1}, runner, {}) == {"other": 1}
