"""Every address finds the same endpoint through the directory as by asking route after route."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from starlette.routing import Match, Route
from starlette.types import Scope

from app.api.directory import Directory

pytestmark = pytest.mark.parametrize("backend", ["sqlite"])
"""Addresses know nothing of databases."""


def scopes(app: FastAPI) -> Iterator[Scope]:
    for route in app.routes:
        if isinstance(route, Route):
            path = route.path.replace("{", "").replace("}", "")
            for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"):
                yield {"type": "http", "method": method, "path": path, "root_path": ""}


def by_asking(app: FastAPI, scope: Scope) -> object:
    routes = (route for route in app.routes if isinstance(route, Route))
    return next((found[1]["endpoint"] for route in routes if (found := route.matches(scope))[0] is Match.FULL), None)


def test_the_directory_finds_what_asking_every_route_finds(app: FastAPI) -> None:
    directory = app.routes[0]
    assert isinstance(directory, Directory)
    asked = list(scopes(app))
    assert len(asked) > 400
    for scope in asked:
        match, child = directory.matches(scope)
        assert child.get("endpoint") is by_asking(app, scope), scope["path"]
        assert match is (Match.FULL if child else Match.NONE)


def test_an_address_of_nothing_is_left_to_the_routes(app: FastAPI) -> None:
    for path in ("//", "/v1", "/v1/", "/v1/nothing", "/v1/events/", "/V1/meets", "/v1/meets/a/b/c/d/e"):
        found = app.routes[0].matches({"type": "http", "method": "GET", "path": path, "root_path": ""})
        assert found == (Match.NONE, {}), path
