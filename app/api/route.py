"""The one kind of route: who may, which parameters, which body, once only; then the endpoint."""

from collections import Counter
from collections.abc import Callable, Coroutine, Mapping
from email.message import Message
from inspect import iscoroutinefunction
from typing import Any, Final

from fastapi import APIRouter, params
from fastapi.dependencies.utils import get_flat_params
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from app.api import auth, idempotency
from app.api.faults import BadRequest, EncodedBody, RepeatedParameter, UnknownParameter, UnsupportedMediaType
from app.api.services import services
from app.api.shortcut import Shortcut, shortcut_of
from app.api.threads import in_thread, threaded
from app.operations.access import ANYONE, Access, Rule

Handler = Callable[[Request], Coroutine[Any, Any, Response]]

SMALL: Final = 1 << 20
READS: Final = 4 << 20
IMPORT: Final = 32 << 20
"""Most bytes of a body: anywhere, of posted reads, of an imported file (`max_body_size=` of the route)."""
LIMITS: Final = {READS: "10,000 reads or 4 MiB"}
"""Where bytes are not all that is counted."""
SHOWN_ONCE: Final = {"x-shown-once": True}
"""`openapi_extra=` of a route whose answer holds a secret: a repetition with the same key answers without it."""


class Undeclared(TypeError):
    """A route that does not say who may use it."""


class Route(APIRoute):
    rule: Rule
    shortcut: Shortcut | None
    operation: str
    plain: Callable[..., Response] | None
    """The endpoint as it was written, where that is no coroutine."""
    repeatable: bool
    """A POST that creates: takes an Idempotency-Key."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        rule = auth.rule_of(endpoint)
        if rule is None:
            raise Undeclared(f"{path}: say who may, with needs, public_meet, administrators or anyone")
        self.rule = rule
        self.repeatable = "POST" in (options.get("methods") or ()) and options.get("status_code") == 201
        options["max_body_size"] = options.get("max_body_size") or SMALL
        options["operation_id"] = options.get("operation_id") or endpoint.__name__
        self.operation = options["operation_id"]
        self.plain = None if iscoroutinefunction(endpoint) else endpoint
        super().__init__(path, endpoint if iscoroutinefunction(endpoint) else threaded(endpoint), **options)
        self.shortcut = shortcut_of(self)

    @property
    def takes_body(self) -> bool:
        return self.body_field is not None or "requestBody" in (self.openapi_extra or {})

    def get_route_handler(self) -> Handler:
        inner = super().get_route_handler()
        known, many = _query_names(self)
        wants_json = self.body_field is not None
        takes_body = self.takes_body
        shown_once = bool((self.openapi_extra or {}).get("x-shown-once"))

        async def handle(request: Request) -> Response:
            check_nul(request)
            request.state.access = asked = await authorized(request, self.rule)
            _check_query(request, known, many)
            if takes_body and "content-encoding" in request.headers:
                raise EncodedBody(request.headers["content-encoding"], "uncompressed")
            if wants_json:
                _check_content_type(request.headers)
            if self.repeatable and "idempotency-key" in request.headers and asked.who is not None:
                return await idempotency.once(request, asked.who.id, inner, shown_once)
            return await inner(request)

        return handle


class Router(APIRouter):
    """An APIRouter whose routes are all of this kind."""

    def __init__(self, prefix: str = "", *, tag: str) -> None:
        super().__init__(prefix=prefix, tags=[tag], route_class=Route)


def largest(scope: Scope) -> str:
    """What the route of a request takes at most, in words."""
    most = getattr(scope.get("route"), "max_body_size", None) or SMALL
    return LIMITS.get(most, f"{most >> 20} MiB")


async def authorized(request: Request, rule: Rule) -> Access:
    if rule is ANYONE or rule.late:
        return Access(None, None, "public")
    known, token = services(request), auth.bearer(request)
    if known.db.glances_quickly:
        return auth.authorize(known, rule, token, request.path_params)
    return await in_thread(auth.authorize, known, rule, token, request.path_params)


def _query_names(route: APIRoute) -> tuple[tuple[str, ...], frozenset[str]]:
    """(every query parameter, those that may come more than once)."""
    fields = [
        f for f in get_flat_params(route.dependant) if getattr(f.field_info, "in_", None) is params.ParamTypes.query
    ]
    many = (f.alias for f in fields if getattr(f.field_info.annotation, "__origin__", None) is list)
    return tuple(sorted(f.alias for f in fields)), frozenset(many)


def check_nul(request: Request) -> None:
    """No name, id or filter has one, and PostgreSQL takes none."""
    if "\0" in request.scope["path"] or b"%00" in request.scope["query_string"]:
        raise BadRequest("an address has no NUL character in it")


def _check_query(request: Request, known: tuple[str, ...], many: frozenset[str]) -> None:
    if not request.scope["query_string"]:
        return
    counts = Counter(name for name, _ in request.query_params.multi_items())
    if unknown := [name for name in counts if name not in known]:
        raise UnknownParameter(tuple(unknown), known)
    if repeated := [name for name, count in counts.items() if count > 1 and name not in many]:
        raise RepeatedParameter(tuple(repeated))


def _check_content_type(headers: Mapping[str, str]) -> None:
    """An empty body is left to validation, which says what is missing."""
    given = headers.get("content-type", "")
    if given == "application/json":
        return
    if headers.get("content-length", "0") == "0" and "transfer-encoding" not in headers and not given:
        return
    message = Message()
    message["content-type"] = given or "application/octet-stream"
    main, _, sub = message.get_content_type().partition("/")
    if main != "application" or not (sub == "json" or sub.endswith("+json")):
        raise UnsupportedMediaType(given, "application/json")
