"""Ordinary requests go from the door straight to their endpoint, by the shortcut of its route; the rest goes on.

The framework would lead each of them through a dozen layers and two closures a layer, to an endpoint in a thread. Here
an endpoint that is sure to be brief answers on the loop, where its request was read.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, Final

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app.api import problems
from app.api.brief import Brevity
from app.api.directory import Directory
from app.api.route import Route, authorized, check_nul
from app.api.services import Services
from app.api.shortcut import Unusual, again, body_of
from app.api.threads import threads
from app.domain.refusals import Refusal
from app.store import MeetRow, StoreError

WAITS: Final = frozenset({"as_of", "min_seq", "cursor"})
"""Parameters that may have an answer wait for the log, or make the past anew."""
FORMAT: Final = "format"
"""In the address of a document."""
SMALL: Final = 5_000
"""Positions in the log of a meet of which nothing takes long, whatever is asked: two days of championships."""


class Express:
    def __init__(self, app: ASGIApp, directory: Directory, services: Services) -> None:
        self._app = app
        self._directory = directory
        self._services = services
        self._brevity = Brevity()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        _, child = self._directory.matches(scope)
        route = child.get("route")
        if not isinstance(route, Route) or route.shortcut is None or not route.shortcut.takes(scope):
            await self._app(scope, receive, send)
            return
        scope.update(child)
        request, raw = Request(scope, receive, send), b""
        try:
            check_nul(request)
            request.state.access = access = await authorized(request, route.rule)
            if route.shortcut.body is not None:
                raw = await _whole(receive)
            given = await route.shortcut.arguments(request, raw)
            answer = await self._answer(route, request, access.meet, given)
        except Unusual:
            await self._app(scope, again(raw, receive), send)
            return
        except (Refusal, StoreError) as error:
            answer = problems.answer(error, request)
        await answer(scope, receive, send)

    async def _answer(self, route: Route, request: Request, meet: MeetRow | None, given: dict[str, Any]) -> Response:
        """What the endpoint gives: on the loop where that is sure to be brief, in a thread where it may wait."""
        if route.plain is None or meet is None:
            answer: Response = await route.endpoint(**given)
            return answer
        key = (route.operation, meet.id, *_varieties(request.path_params))
        work: Callable[[], Response] = partial(self._brevity.measured, key, partial(route.plain, **given))
        head = self._services.live.head_of(meet.id)
        brief = head is not None and self._brevity.expected(key, small=head <= SMALL)
        if brief and self._undisturbed and not _may_take_long(request):
            return work()
        return await threads.run(work)

    @property
    def _undisturbed(self) -> bool:
        """Whether nobody else is at the database."""
        return self._services.db.glances_quickly and threads.idle and self._services.ingest.idle


def _may_take_long(request: Request) -> bool:
    """Whatever was before: a document is ready bytes for long, and then drawn anew."""
    asks = bool(request.scope["query_string"])
    return FORMAT in request.path_params or (asks and not WAITS.isdisjoint(request.query_params))


def _varieties(path: Mapping[str, str]) -> Iterable[str]:
    """What tells short from long among the answers of one endpoint: the event, the round."""
    return (value for name, value in path.items() if name == "event_id" or not name.endswith("_id"))


async def _whole(receive: Receive) -> bytes:
    raw = await body_of(receive)
    if raw is None:
        raise ClientDisconnect
    return raw
