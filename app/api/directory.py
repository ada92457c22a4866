"""Finds a route without asking each of them: by its method, the noun at the head of its address and its parts."""

from collections.abc import Iterable
from typing import Final

from starlette.routing import BaseRoute, Match, Route
from starlette.types import Receive, Scope, Send

VERSION: Final = "/v1/"
Shelf = tuple[str, str, int]
"""`GET /v1/events/{event_id}/rounds` → `GET`, `events`, 4."""


class Directory(BaseRoute):
    """Stands before the routes that it knows. What it does not find, they answer themselves: 404 and 405."""

    def __init__(self, routes: Iterable[BaseRoute]) -> None:
        self._shelves: dict[Shelf, list[Route]] = {}
        for route in routes:
            if isinstance(route, Route):
                for method in route.methods or ():
                    self._shelves.setdefault(_shelf(method, route.path), []).append(route)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if scope["type"] == "http":
            for route in self._shelves.get(_shelf(scope["method"], scope["path"]), ()):
                match, child = route.matches(scope)
                if match is Match.FULL:
                    return match, child
        return Match.NONE, {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        await scope["route"].handle(scope, receive, send)


def _shelf(method: str, path: str) -> Shelf:
    return method, path.removeprefix(VERSION).strip("/").partition("/")[0], path.count("/")
