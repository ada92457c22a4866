"""The OpenAPI document: what FastAPI knows of the routes, and what every route of ours has beside that."""

from collections.abc import Iterator, Mapping
from types import NoneType
from typing import Any, Final, get_args

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.dependencies.utils import get_flat_params
from fastapi.openapi.utils import get_openapi
from pydantic.fields import FieldInfo

from app import __version__
from app.api import (
    answers,
    components,
    conditional,
    faults,
    links,
    page,
    plainer,
    problems,
)
from app.api.examples import ID_EXAMPLES, IN_PATHS, complete, example_of
from app.api.meanings_of import explain
from app.api.problem_table import Example
from app.api.route import Route
from app.api.routers import ROUTERS
from app.domain.refusals import NotFound
from app.operations import access
from app.operations.access import ANYONE, Rule
from app.store import errors as store

Doc = dict[str, Any]

ABOUT: Final = (
    "Race timing from 100 m to 10 km, on a track or a road, forwards or backwards. Everything derived carries the "
    "position in the meet's log that it was computed at, and can say why. Times are integers of microseconds; beside "
    "each stands the official mark, already rounded."
)
TAGS: Final = (
    ("meets", "Meets: made, described, opened to the public, closed, copied, kept as one file."),
    ("events", "Events: their courses, categories and rounds."),
    ("rules", "Rulesets, and the tables that hold for an event."),
    ("athletes", "Identities, and who may see how much of them."),
    ("registrations", "Entries in an event, one by one or a file of them."),
    ("chips", "Which chip names which athlete, and when."),
    ("sources", "Where readers stand."),
    ("rounds and heats", "Draws, start lists, lanes, relay legs, qualifiers."),
    ("timing", "Starts, finish readings, times at the line, rulings."),
    ("reads", "What readers saw: every read with its state and the reason for it."),
    ("results", "Results, standings and why they are so; what-if; publications."),
    ("records", "Lists of records that hold at a meet, and what was broken; lists to copy."),
    ("series", "Events that count together, and who leads."),
    ("sheets", "Lists to print and to hand on."),
    ("interchange", "Files of other programs, out and in."),
    ("log", "Who did what, when and why."),
    ("who may", "Organizations, tokens and device keys."),
    ("running it", "Whether the server can do its work."),
    ("documentation", "This document, and a page for every problem."),
)
SCHEMAS: Final[Doc] = {
    "Problem": {
        "title": "Problem",
        "description": "RFC 9457. `code` is for programs, `detail` for people, `type` an address that explains it.",
        "type": "object",
        "required": ["type", "title", "status", "detail", "code", "request_id"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "code": {"type": "string"},
            "instance": {"type": "string"},
            "errors": {"type": "array", "items": {"$ref": "#/components/schemas/Fault"}},
            "anomalies": {"type": "array", "items": {"$ref": "#/components/schemas/OpenAnomaly"}},
            "request_id": {"type": "string"},
        },
    },
    "Fault": {
        "title": "Fault",
        "description": "`pointer` is a JSON pointer into the body, null for what `parameter` names.",
        "type": "object",
        "required": ["pointer", "code", "message"],
        "properties": {
            "pointer": {"type": ["string", "null"]},
            "code": {"type": "string"},
            "message": {"type": "string"},
            "parameter": {"type": "string"},
        },
    },
    "OpenAnomaly": {
        "title": "OpenAnomaly",
        "description": "Stands between results and official ones until it is resolved or accepted.",
        "type": "object",
        "required": ["id", "kind", "bib", "reason"],
        "properties": {
            "id": {"type": "string"},
            "kind": {"type": "string"},
            "bib": {"type": ["string", "null"]},
            "reason": {"type": "string"},
        },
    },
    "Health": {
        "title": "Health",
        "type": "object",
        "required": ["status"],
        "properties": {"status": {"enum": ["ok", "unhealthy"]}, "reason": {"type": "string"}},
    },
}
BEARER: Final[Doc] = {
    "type": "http",
    "scheme": "bearer",
    "description": "A token (`bs_api_…`) or a device key (`bs_dev_…`).",
}
KEY_HEADER: Final[Doc] = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Send the same request again with the same key and it is done once. Kept 7 days.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
}
TAG_HEADER: Final[Doc] = {"ETag": {"description": "Names this answer.", "schema": {"type": "string"}}}


def openapi_document() -> Doc:
    """The document, without a database or a server."""
    app = FastAPI(openapi_url=None)
    for router in ROUTERS:
        app.router.routes.extend(router.routes)
    return describe(app)


def describe(app: FastAPI) -> Doc:
    document: Doc = get_openapi(
        title="Backstraight",
        version=__version__,
        description=ABOUT,
        routes=app.routes,
        tags=[{"name": name, "description": about} for name, about in TAGS],
        license_info={"name": "MIT", "identifier": "MIT"},
        servers=[{"url": "/"}],
    )
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    schemas.update(SCHEMAS)
    explain(schemas)
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    for schema in schemas.values():
        if "examples" in schema:
            schema["examples"] = [complete(one, schema, schemas) for one in schema["examples"]]
    document["components"]["securitySchemes"] = {"bearer": BEARER}
    for route in app.routes:
        if isinstance(route, Route) and route.include_in_schema:
            for method in route.methods or ():
                _complete(document["paths"][route.path_format][method.lower()], route, method, schemas)
    links.add_links(document["paths"])
    plainer.tidy(document)
    components.share(document)
    return document


def _complete(operation: Doc, route: Route, method: str, schemas: Doc) -> None:
    operation["security"] = _security(route.rule)
    operation["x-access"] = who_may(route.rule)
    parameters = operation.setdefault("parameters", [])
    if route.repeatable:
        parameters.append(KEY_HEADER)
    for parameter in parameters:
        if parameter["in"] == "path" and parameter["name"] in IN_PATHS and "examples" not in parameter["schema"]:
            parameter["example"] = IN_PATHS[parameter["name"]]
    if not parameters:
        del operation["parameters"]
    answered = operation["responses"]
    if "HTTPValidationError" in str(answered.get("422", "")):
        del answered["422"]
    if uses(route.dependant, answers.reply_of):
        answered["200"]["headers"] = TAG_HEADER
        answered["304"] = {"description": "Not Modified", "headers": TAG_HEADER}
    for status, described in problems.refuses(*_common(route, method)).items():
        _merge(answered.setdefault(str(status), described), described)
    operation["responses"] = {status: answered[status] for status in sorted(answered)}
    _give_examples(operation, schemas)


def who_may(rule: Rule) -> str:
    """In words."""
    if rule.admin:
        return "administrators"
    if rule.scope is None:
        return "anyone"
    return f"scope {rule.scope}" + (", or anyone where the meet is public or unlisted" if rule.public else "")


def _security(rule: Rule) -> list[Doc]:
    if rule is ANYONE:
        return []
    named: list[Doc] = [{"bearer": [rule.scope] if rule.scope else []}]
    return [{}, *named] if rule.public else named


def _common(route: Route, method: str) -> Iterator[type[Example]]:
    """What any route like this may refuse."""
    yield from (faults.BadRequest, faults.UnknownParameter, faults.RepeatedParameter, faults.Unexpected)
    yield store.DatabaseUnreachable
    if route.rule is not ANYONE:
        yield from (access.Unidentified, access.BadToken)
        yield access.NotAnAdministrator if route.rule.admin else access.ScopeMissing
    if "meet_id" in route.path_format or any(name in route.path_format for name in ID_EXAMPLES):
        yield NotFound
    if route.body_field is not None:
        yield from (faults.MalformedBody, faults.TooLarge, faults.TooSlow)
    if route.takes_body:
        yield faults.UnsupportedMediaType
    if route.body_field is not None or any(_restricted(one.field_info) for one in get_flat_params(route.dependant)):
        yield faults.InvalidRequest
    if uses(route.dependant, page.page_asked):
        yield faults.BadCursor
    if uses(route.dependant, conditional.matching):
        yield from (faults.MatchRequired, faults.Stale)
    if route.repeatable:
        yield from (faults.InvalidKey, faults.KeyReused, faults.KeyInUse, faults.AnswerLost)
    if method != "GET":
        yield store.StorageFull


def _restricted(info: FieldInfo) -> bool:
    """Whether some values of a parameter are refused: of all but plain texts and ids."""
    kinds = {getattr(kind, "__supertype__", kind) for kind in get_args(info.annotation) or (info.annotation,)}
    return bool(info.metadata) or not kinds <= {str, NoneType}


def uses(dependant: Dependant, call: object) -> bool:
    """Whether the endpoint asks for this dependency, directly or through another."""
    return dependant.call is call or any(uses(one, call) for one in dependant.dependencies)


def _merge(into: Doc, more: Mapping[str, Any]) -> None:
    """The problems of a status that has others already."""
    described = into.setdefault("content", {}).setdefault(problems.MEDIA_TYPE, more["content"][problems.MEDIA_TYPE])
    described["examples"] = described["examples"] | more["content"][problems.MEDIA_TYPE]["examples"]


def _give_examples(operation: Doc, schemas: Doc) -> None:
    bodies = [operation.get("requestBody", {}), *operation["responses"].values()]
    for media in (media for body in bodies for media in body.get("content", {}).values() if media.get("schema")):
        schema = media["schema"]
        for one in media.get("examples", {}).values():
            one["value"] = complete(one["value"], schema, schemas)
        if "examples" not in media:
            shown = media["example"] if "example" in media else example_of(schema, schemas)
            media["example"] = complete(shown, schema, schemas)
