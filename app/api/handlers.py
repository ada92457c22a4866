"""From exceptions to problem documents, whatever raised them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from http import HTTPStatus
from typing import Any, Final, cast

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.api import faults, known, problems
from app.api.faults import Fault, escaped
from app.api.route import largest
from app.domain.refusals import Refusal
from app.store.errors import StoreError

MESSAGES: Final[Mapping[str, str]] = {
    "missing": "this field is required",
    "extra_forbidden": "there is no such field here",
    "string_unicode": "this is not valid Unicode text",
    "string_type": "this has to be text, in quotes",
    **dict.fromkeys(("int_type", "int_from_float", "int_parsing"), "this has to be a whole number"),
    **dict.fromkeys(("bool_type", "bool_parsing"), "this has to be true or false"),
    "list_type": "this has to be a list, in brackets",
    **dict.fromkeys(("dict_type", "model_type", "model_attributes_type"), "this has to be an object, in braces"),
    **dict.fromkeys(("enum", "literal_error"), "this has to be one of {expected}"),
    "greater_than_equal": "this has to be {ge} or more",
    "less_than_equal": "this has to be {le} or less",
    "string_too_short": "this has to be {min_length} or more characters long",
    "string_too_long": "this has to be {max_length} or fewer characters long",
    "too_short": "this has to have {min_length} or more items",
    "too_long": "this has to have {max_length} or fewer items",
}
"""In place of the framework's words; what a check of ours says is kept."""
CODES: Final[Mapping[str, str]] = {"extra_forbidden": "unknown_field"}


FieldsAt = Callable[[Sequence[int | str]], tuple[str, ...]]


def install(app: FastAPI) -> None:
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(StoreError, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)


async def _refused(request: Request, error: Exception) -> Response:
    return problems.answer(cast("Refusal | StoreError", error), request)


async def _invalid(request: Request, error: Exception) -> Response:
    found = cast("RequestValidationError", error)
    refusal = from_validation(found.errors(), found.body, partial(known.fields_at, request))
    return problems.answer(refusal, request)


async def _http(request: Request, error: Exception) -> Response:
    raised = cast("HTTPException", error)
    if raised.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = ", ".join(sorted(_methods_at(request)))
        return problems.answer(faults.MethodNotAllowed(request.method, allowed), request, {"Allow": allowed})
    return problems.answer(from_http(raised, request), request, raised.headers)


def _methods_at(request: Request) -> set[str]:
    """Of every route at this address, where the framework names those of the first. A word is not taken for an id."""
    routes = (route for route in request.app.routes if isinstance(route, Route))
    here = [route for route in routes if route.path_regex.match(request.scope["path"])]
    fewest = min(len(route.param_convertors) for route in here)
    return {method for route in here if len(route.param_convertors) == fewest for method in route.methods or ()}


def from_validation(
    errors: Iterable[Mapping[str, Any]], body: object, fields_at: FieldsAt = lambda path: ()
) -> Refusal:
    """What Pydantic found in the body, as one refusal that names every field."""
    found = list(errors)
    if found[0]["type"] == "json_invalid":
        return faults.MalformedBody(f"{found[0]['ctx']['error']} at character {found[0]['loc'][-1]}")
    return faults.InvalidRequest(tuple(_fault(one, body, fields_at) for one in found))


def _fault(error: Mapping[str, Any], body: object, fields_at: FieldsAt) -> Fault:
    kind, (where, *path) = error["type"], error["loc"]
    message = _said(kind, error)
    code = CODES.get(kind, kind)
    if kind == "extra_forbidden" and (fields := fields_at(path[:-1])):
        message += f": known are {', '.join(fields)}"
    if where != "body":
        return Fault(code, message, None, str(path[0]) if path else where)
    steps = _steps(path, body, missing=kind == "missing")
    return Fault(code, message, "".join(f"/{escaped(str(step))}" for step in steps))


def _said(kind: str, error: Mapping[str, Any]) -> str:
    if kind in MESSAGES:
        return MESSAGES[kind].format_map(error.get("ctx", {}))
    return str(error["msg"]).removeprefix("Value error, ")


def _steps(path: list[int | str], body: Any, *, missing: bool) -> Iterator[int | str]:
    """The steps that lead into the body: Pydantic puts names of alternatives among them."""
    for number, step in enumerate(path, 1):
        inside = step in body if isinstance(body, dict) else isinstance(body, list) and isinstance(step, int)
        if inside:
            body = body[step]
        if inside or (missing and number == len(path)):
            yield step


def from_http(error: HTTPException, request: Request) -> Refusal:
    """What the framework itself refuses."""
    match error.status_code:
        case 404:
            return faults.NoSuchAddress(request.url.path)
        case 413:
            return faults.TooLarge(largest(request.scope))
        case 400 if isinstance(error.__cause__, UnicodeDecodeError):
            return faults.MalformedBody(f"byte {error.__cause__.start} is no UTF-8, which JSON is written in")
        case _:
            return faults.BadRequest(str(error.detail))
