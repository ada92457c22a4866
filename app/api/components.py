"""What the document would say again for every operation, said once: examples, answers, parameters and headers."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from app.api.problems import MEDIA_TYPE

Doc = dict[str, Any]

_PLACES: Final = ("parameters", "headers", "responses", "examples")


def share(document: Doc) -> None:
    """Moves them to the components of the document, which refers to them by name."""
    operations = [operation for item in document["paths"].values() for operation in item.values()]
    shared: dict[str, Doc] = {place: {} for place in _PLACES}
    _share_problems(operations, shared["examples"])
    _share_examples(operations, shared["examples"], document["components"].get("schemas", {}))
    _share_headers(operations, shared["headers"])
    _share_parameters(operations, shared["parameters"])
    _share_responses(operations, shared["responses"])
    document["components"] |= {place: dict(sorted(named.items())) for place, named in shared.items()}


def _reference(place: str, name: str) -> Doc:
    return {"$ref": f"#/components/{place}/{name}"}


def _share_problems(operations: Iterable[Doc], examples: Doc) -> None:
    """Each problem has one example wherever it may come."""
    for kind, media in _contents(operations):
        if kind == MEDIA_TYPE:
            examples.update(media["examples"])
            media["examples"] = {slug: _reference("examples", slug) for slug in sorted(media["examples"])}


def _share_examples(operations: Iterable[Doc], examples: Doc, schemas: Doc) -> None:
    """Those of a model that is sent or answered in several places have its name, and stand no more in its schema."""
    found = [media for _, media in _contents(operations) if "$ref" in media.get("schema", ()) and "example" in media]
    names = dict(_commonest((_tail(media["schema"]["$ref"]), media["example"]) for media in found))
    for media in found:
        if name := names.get(_text(media["example"])):
            examples[name] = {"value": media.pop("example")}
            media["examples"] = {name: _reference("examples", name)}
            if schemas.get(name, {}).get("examples") == [examples[name]["value"]]:
                del schemas[name]["examples"]


def _contents(operations: Iterable[Doc]) -> Iterator[tuple[str, Doc]]:
    """(media type, what is said of it) of every body and answer."""
    for operation in operations:
        for body in (operation.get("requestBody", {}), *operation["responses"].values()):
            yield from body.get("content", {}).items()


def _tail(reference: str) -> str:
    return reference.rpartition("/")[2]


def _share_headers(operations: Iterable[Doc], headers: Doc) -> None:
    for operation in operations:
        for answer in operation["responses"].values():
            headers.update(answer.get("headers", {}))
            if "headers" in answer:
                answer["headers"] = {name: _reference("headers", name) for name in answer["headers"]}


def _share_parameters(operations: Iterable[Doc], parameters: Doc) -> None:
    """Of those that have a name in common the commonest; the others stay where they mean something else."""
    lists = [operation["parameters"] for operation in operations if "parameters" in operation]
    names = dict(_commonest((f"{one['in']}-{one['name']}", one) for listed in lists for one in listed))
    for listed in lists:
        for at, one in enumerate(listed):
            if name := names.get(_text(one)):
                parameters[name] = one
                listed[at] = _reference("parameters", name)


def _share_responses(operations: Iterable[Doc], responses: Doc) -> None:
    """Those that name the same problems, or that nothing has changed."""
    lists = [operation["responses"] for operation in operations]
    others = [(status, one, listed) for listed in lists for status, one in listed.items() if status >= "300"]
    names = dict(_commonest((_name(one), one) for _, one, _ in others))
    for status, one, listed in others:
        if name := names.get(_text(one)):
            responses[name] = one
            listed[status] = _reference("responses", name)


def _name(answer: Doc) -> str:
    """`contradicts-or-meet-is-closed`; `not-modified` where there is no body."""
    slugs = answer.get("content", {}).get(MEDIA_TYPE, {}).get("examples", ())
    return "-or-".join(slugs) or "-".join(answer["description"].lower().split())


def _commonest(named: Iterable[tuple[str, Doc]]) -> Iterator[tuple[str, str]]:
    """(text, name) of what comes twice or more, for each name the text that comes most."""
    counts: dict[str, Counter[str]] = {}
    for name, one in named:
        counts.setdefault(name, Counter())[_text(one)] += 1
    for name, texts in counts.items():
        ((text, often),) = texts.most_common(1)
        if often > 1:
            yield text, name


def _text(one: Mapping[str, Any]) -> str:
    return json.dumps(one, sort_keys=True)
