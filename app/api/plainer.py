"""Schemas without the words that say nothing: a title that repeats the name of its field, two branches for one type."""

import re
from collections.abc import Iterator
from typing import Any, Final

Doc = dict[str, Any]

_WHOLE: Final = frozenset({"$ref", "enum", "const", "anyOf", "oneOf", "allOf"})
"""What holds for a value of any type, so for null too."""


def tidy(document: Doc) -> None:
    """Every schema of the document."""
    for name, schema in document["components"]["schemas"].items():
        _untitled(name, schema)
        plain(schema)
    for operation in (one for item in document["paths"].values() for one in item.values()):
        for parameter in operation.get("parameters", ()):
            if parameter["schema"].get("description") == parameter.get("description"):
                parameter["schema"].pop("description", None)
            plain_field(parameter["name"], parameter["schema"])
        for body in (operation.get("requestBody", {}), *operation["responses"].values()):
            for media in body.get("content", {}).values():
                plain(media.get("schema", {}))


def plain(schema: Doc) -> None:
    """The schema and all within it."""
    for name, field in schema.get("properties", {}).items():
        plain_field(name, field)
    for part in _within(schema):
        plain(part)
    if (one := _or_null(schema)) is not None:
        del schema["anyOf"]
        schema |= one | schema | {"type": [one["type"], "null"]}


def plain_field(name: str, schema: Doc) -> None:
    if "properties" not in schema:
        _untitled(name, schema)
    plain(schema)


def _untitled(name: str, schema: Doc) -> None:
    if _folded(schema.get("title", "")) == _folded(name):
        del schema["title"]


def _within(schema: Doc) -> Iterator[Doc]:
    for key in ("items", "additionalProperties"):
        if isinstance(part := schema.get(key), dict):
            yield part
    for key in ("anyOf", "oneOf", "allOf", "prefixItems"):
        yield from schema.get(key, ())


def _or_null(schema: Doc) -> Doc | None:
    """The other branch of `anyOf` beside null, where a list of two types says the same."""
    match schema.get("anyOf"):
        case [{"type": str()} as one, {"type": "null"}] if not _WHOLE & one.keys():
            return dict(one)
    return None


def _folded(name: str) -> str:
    return re.sub(r"[\W_]", "", name).lower()
