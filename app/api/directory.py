"""Finds a route without asking each of them: by its method and the words of its address, between which ids stand."""

from collections.abc import Iterable
from typing import Final

from starlette.routing import BaseRoute, Match, Route
from starlette.types import Receive, Scope, Send

VERSION: Final = "v1"
Shelf = tuple[str, int, tuple[str, ...]]
"""`GET /v1/events/{event_id}/rounds` → `GET`, 5, (`events`, `rounds`): every second part is a word."""


class Directory(BaseRoute):
    """Stands before the routes that it knows. What it does not find, they answer themselves: 404, 405, and a route that
    has an id where others have a word."""

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
    parts = path.split("/")
    return method, len(parts), tuple(parts[2 if VERSION in parts[:2] else 1 :: 2])
