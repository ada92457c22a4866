"""What a route asks of an ordinary request, made ready beforehand: same parameters, same models, same dependencies.

The framework asks every request for forms, streams, telemetry and a dozen kinds of parameters; that is half of what a
small request costs. What is known of a route beforehand is made ready once. A request that is out of the ordinary, or
does not fit, takes the framework's own way from its beginning: there alone it is refused.
"""

import inspect
import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final, NamedTuple, get_origin

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope

LARGEST: Final = 1 << 20
SPECIAL: Final = frozenset({b"idempotency-key", b"content-encoding", b"transfer-encoding", b"expect"})
BODY: Final = "body"

Field = Any
"""A parameter as the framework keeps it: `name`, `alias`, `validate`."""


class Unusual(Exception):
    """The request does not fit here. Nothing was done."""


class Step(NamedTuple):
    """An endpoint or a dependency, with what it is called with."""

    name: str
    call: Callable[..., Awaitable[Any]]
    path: Sequence[Field]
    query: Sequence[Field]
    headers: Sequence[Field]
    defaults: dict[str, Any]
    request_name: str | None
    needs: Sequence["Step"]

    async def arguments(self, request: Request, made: dict[Callable[..., Any], Any]) -> dict[str, Any]:
        """`Unusual` for a value that a model refuses."""
        given = dict(self.defaults)
        if self.request_name:
            given[self.request_name] = request
        for field in self.path:
            given[field.name] = _fitting(field, request.path_params[field.alias])
        for field in self.query:
            value = request.query_params.get(field.alias)
            if value is not None:
                given[field.name] = _fitting(field, value)
        for field in self.headers:
            value = request.headers.get(field.alias.replace("_", "-"))
            if value is not None:
                given[field.name] = _fitting(field, value)
        for step in self.needs:
            if step.call not in made:
                made[step.call] = await step.call(**await step.arguments(request, made))
            given[step.name] = made[step.call]
        return given

    def asked(self) -> set[str]:
        """Every parameter of the address that it or what it needs takes."""
        return {field.alias for field in self.query}.union(*(step.asked() for step in self.needs))


class Shortcut(NamedTuple):
    endpoint: Step
    body: Field | None
    query: frozenset[str]
    """Parameters that are taken from the address here, each once."""

    def takes(self, scope: Scope) -> bool:
        """Whether the request looks ordinary; its body is then as long as it says, and not long."""
        kind, length = None, b"0"
        for name, value in scope["headers"]:
            if name == b"content-type":
                if kind is not None:
                    return False
                kind = value
            elif name == b"content-length":
                length = value
            elif name in SPECIAL:
                return False
        if self.body is None:
            return length == b"0"
        return kind == b"application/json" and length.isdigit() and int(length) <= LARGEST

    async def arguments(self, request: Request, raw: bytes) -> dict[str, Any]:
        """What the endpoint is to be called with. `Unusual` before anything was done."""
        if request.scope["query_string"]:
            names = [name for name, _ in request.query_params.multi_items()]
            if not self.query.issuperset(names) or len(set(names)) < len(names):
                raise Unusual
        body = {} if self.body is None else {self.body.name: _parsed(self.body, raw)}
        return await self.endpoint.arguments(request, {}) | body


async def body_of(receive: Receive) -> bytes | None:
    """All of it; None where the client left."""
    raw = b""
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        part: bytes = message.get("body", b"")
        raw += part
        if not message.get("more_body"):
            return raw


def again(raw: bytes, receive: Receive) -> Receive:
    """Gives the body that was taken off the line, then what follows."""
    bodies = [raw]

    async def give() -> Message:
        return {"type": "http.request", "body": bodies.pop(), "more_body": False} if bodies else await receive()

    return give


def _parsed(field: Field, raw: bytes) -> Any:
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Unusual from error
    return _fitting(field, value)


def _fitting(field: Field, value: Any) -> Any:
    fitting, errors = field.validate(value, {}, loc=(BODY,))
    if errors:
        raise Unusual
    return fitting


def shortcut_of(route: APIRoute) -> Shortcut | None:
    """None for a route whose answer is not made yet, that takes a form or several bodies, or anything that is rare."""
    dependant, answer = route.dependant, inspect.signature(route.endpoint).return_annotation
    if not (isinstance(answer, type) and issubclass(answer, Response)):
        return None
    body = route.body_field
    if body is not None and (len(dependant.body_params) != 1 or route._embed_body_fields):
        return None
    if body is not None and not body.field_info.is_required():
        return None
    step = _step("", dependant)
    return None if step is None else Shortcut(step, body, frozenset(step.asked()))


def _step(name: str, of: Dependant) -> Step | None:
    rare = (
        of.cookie_params,
        of.websocket_param_name,
        of.http_connection_param_name,
        of.response_param_name,
        of.background_tasks_param_name,
        of.security_scopes_param_name,
        not of.use_cache,
        any(one.name is None for one in of.dependencies),
    )
    needs = [_step(one.name or "", one) for one in of.dependencies]
    if any(rare) or None in needs or of.call is None or not inspect.iscoroutinefunction(of.call):
        return None
    optional = (*of.query_params, *of.header_params)
    if any(one.field_info.is_required() for one in optional):
        return None
    return Step(
        name=name,
        call=of.call,
        path=of.path_params,
        query=[one for one in of.query_params if get_origin(one.field_info.annotation) is not list],
        headers=of.header_params,
        defaults={one.name: one.field_info.get_default(call_default_factory=True) for one in optional},
        request_name=of.request_param_name,
        needs=[step for step in needs if step is not None],
    )
