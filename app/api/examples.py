"""Examples for the documentation, put together from those that the schemas carry."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

_HEX: Final = "0197430a2c4e7d5fa3f09a64d1c3b2e"

ID_EXAMPLES: Final[Mapping[str, str]] = {
    "organization_id": f"org_{_HEX}1",
    "token_id": f"tok_{_HEX}2",
    "device_id": f"tok_{_HEX}3",
    "meet_id": f"meet_{_HEX}7",
    "event_id": f"evt_{_HEX}8",
    "athlete_id": f"ath_{_HEX}9",
    "registration_id": f"reg_{_HEX}a",
    "heat_id": f"heat_{_HEX}b",
    "source_id": f"src_{_HEX}c",
    "assignment_id": f"chip_{_HEX}d",
    "time_id": f"time_{_HEX}e",
    "ruling_id": f"rul_{_HEX}f",
    "false_start_id": f"fst_{_HEX}1",
    "series_id": f"ser_{_HEX}1",
    "publication_id": f"pub_{_HEX}0",
    "anomaly_id": f"anom_{_HEX}c",
    "import_id": f"imp_{_HEX}1",
    "job_id": f"job_{_HEX}2",
}
"""Path parameters that name one thing, each with an id of its kind."""
IN_PATHS: Final[Mapping[str, Any]] = {**ID_EXAMPLES, "seq": 42, "round": "final", "slug": "not-found"}
"""Examples of path parameters that show none of their own."""
_BY_TYPE: Final[Mapping[str, Any]] = {
    "string": "text",
    "date-time": "2026-06-07T10:00:00.000000Z",
    "integer": 1,
    "number": 1,
    "boolean": True,
    "null": None,
    "object": {},
}


def example_of(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Any:
    """A value that fits the schema: its own example, or one of its parts'."""
    if "$ref" in schema:
        return example_of(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    for given in ("examples", "enum"):
        if schema.get(given):
            return schema[given][0]
    for given in ("const", "default", "example"):
        if given in schema:
            return schema[given]
    if options := schema.get("anyOf") or schema.get("oneOf"):
        return example_of(options[0], schemas)
    if "properties" in schema:
        return {name: _named(name, part, schemas) for name, part in schema["properties"].items()}
    if schema.get("type") == "array":
        return [example_of(schema["items"], schemas)]
    return _BY_TYPE.get(schema.get("format", ""), _BY_TYPE.get(schema.get("type", "object"), {}))


def _named(name: str, schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Any:
    if name == "next_cursor":
        return None
    return ID_EXAMPLES.get(name) or example_of(schema, schemas)


def complete(value: Any, schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Any:
    """The example in the order of the schema's fields, with the required ones that are null: FastAPI drops those."""
    for part in _options(schema, schemas):
        if isinstance(value, list) and "items" in part:
            return [complete(one, part["items"], schemas) for one in value]
        if isinstance(value, dict) and value.keys() <= (fields := part.get("properties", {})).keys():
            shown = [name for name in fields if name in value or name in part.get("required", ())]
            return {name: complete(value.get(name), fields[name], schemas) for name in shown}
    return value


def _options(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if "$ref" in schema:
        schema = schemas[schema["$ref"].rpartition("/")[2]]
    yield schema
    for option in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        yield from _options(option, schemas)
