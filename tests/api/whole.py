"""The parts of the OpenAPI document as they read with what they refer to."""

from typing import Any


def found(document: dict[str, Any], reference: str) -> Any:
    """What a `$ref` names; KeyError where there is no such thing."""
    part: Any = document
    for name in reference.removeprefix("#/").split("/"):
        part = part[name]
    return part


def whole(document: dict[str, Any], part: Any) -> Any:
    """The part with the components in it that it refers to, all but the schemas."""
    if isinstance(part, list):
        return [whole(document, inner) for inner in part]
    if not isinstance(part, dict):
        return part
    reference = part.get("$ref")
    if isinstance(reference, str) and not reference.startswith("#/components/schemas/"):
        return whole(document, found(document, reference))
    return {name: whole(document, inner) for name, inner in part.items()}
