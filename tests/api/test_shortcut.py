"""The shortcut answers as the framework's own way does, to the byte, and leaves what is unusual to it."""

import json
import re
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi import FastAPI
from httpx2 import Response
from starlette.testclient import TestClient
from starlette.types import Scope

from app.api.route import Route
from app.api.shortcut import LARGEST, Shortcut
from tests.api.organizer import Organizer

ENTRY = {"bib": "7", "family_name": "Brandt", "given_name": "Ida", "sex": "W"}
IDS = re.compile(rb"[a-z]+_[0-9a-f]{32}")


@dataclass(frozen=True)
class Asked:
    """One request to an event of its own. `event` stands in the path where it is not that event."""

    body: bytes = b""
    method: str = "POST"
    path: str = "/registrations"
    event: str | None = None
    headers: tuple[tuple[str, str], ...] = ()


def entry(**more: Any) -> bytes:
    return json.dumps(ENTRY | more).encode()


JSON = ("Content-Type", "application/json")
ORDINARY = {
    "an entry": Asked(entry(), headers=(JSON,)),
    "a wrong type": Asked(entry(bib=7), headers=(JSON,)),
    "a field too many": Asked(entry(shoe=42), headers=(JSON,)),
    "a field too few": Asked(b'{"bib": "7"}', headers=(JSON,)),
    "no object": Asked(b"[]", headers=(JSON,)),
    "broken JSON": Asked(b'{"bib":', headers=(JSON,)),
    "no text": Asked(b'{"bib": "\xff"}', headers=(JSON,)),
    "a deep hole": Asked(b"[" * 100_000, headers=(JSON,)),
    "nothing": Asked(b"", headers=(JSON,)),
    "a refusal": Asked(entry(family_name="", given_name=""), headers=(JSON,)),
    "an unknown event": Asked(entry(), event="evt_0197430a2c4e7d5fa3f09a64d1c3b2e7", headers=(JSON,)),
    "no event's id": Asked(entry(), event="nonsense", headers=(JSON,)),
    "an unknown token": Asked(entry(), headers=(JSON, ("Authorization", "Bearer nonsense"))),
    "a list of entries": Asked(method="GET"),
    "an event": Asked(method="GET", path=""),
    "a change without its match": Asked(b'{"name": "x"}', method="PATCH", path="", headers=(JSON,)),
    "a change": Asked(b'{"name": "x"}', method="PATCH", path="", headers=(JSON, ("If-Match", "*"))),
    "a change of nothing": Asked(b"{}", method="PATCH", path="", headers=(JSON, ("If-Match", "*"))),
    "a round": Asked(method="GET", path="/rounds/final"),
    "no round": Asked(method="GET", path="/rounds/" + "x" * 101),
    "a query": Asked(method="GET", path="/registrations?limit=1"),
    "a query of several": Asked(method="GET", path="/registrations?limit=1&sex=W"),
    "a query that says nothing": Asked(method="GET", path="/registrations?sex="),
    "a query of a wrong type": Asked(method="GET", path="/registrations?limit=many"),
    "an unknown parameter": Asked(entry(), path="/registrations?dry=1", headers=(JSON,)),
    "a parameter twice": Asked(method="GET", path="/registrations?limit=1&limit=2"),
    "parameters that may come twice": Asked(method="GET", path="/standings?with=points&with=age_grade"),
    "no character of an address": Asked(method="GET", path="/registrations?sex=%00"),
}
UNUSUAL = {
    "another JSON": Asked(entry(), headers=(("Content-Type", "application/problem+json"),)),
    "no JSON": Asked(entry(), headers=(("Content-Type", "text/plain"),)),
    "two types": Asked(entry(), headers=(("Content-Type", "text/plain"), JSON)),
    "no type": Asked(entry(), headers=(("Content-Type", ""),)),
    "compressed": Asked(entry(), headers=(JSON, ("Content-Encoding", "gzip"))),
    "for once only": Asked(entry(), headers=(JSON, ("Idempotency-Key", "k"))),
    "too long": Asked(entry(club="x" * LARGEST), headers=(JSON,)),
    "a body for a look": Asked(b"{}", method="GET", path="", headers=(JSON,)),
}


@pytest.fixture
def event(organizer: Organizer) -> str:
    return organizer.event(organizer.meet())


def ask(client: TestClient, asked: Asked, event: str) -> Response:
    path = f"/v1/events/{asked.event or event}{asked.path}"
    return client.request(asked.method, path, content=asked.body, headers=list(asked.headers))


def shape(answer: Response) -> tuple[int, dict[str, str], bytes]:
    """Without what no two answers share."""
    request_id = answer.headers["x-request-id"].encode()
    headers = {name: value for name, value in answer.headers.items() if name not in ("x-request-id", "location")}
    return answer.status_code, headers, IDS.sub(b"id", answer.content.replace(request_id, b""))


@pytest.mark.parametrize("asked", ORDINARY.values(), ids=ORDINARY.keys())
def test_both_ways_give_the_same_answer(
    asked: Asked, organizer: Organizer, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_shortcut = shape(ask(client, asked, organizer.event(organizer.meet())))
    monkeypatch.setattr(Shortcut, "takes", lambda self, scope: False)
    assert by_shortcut == shape(ask(client, asked, organizer.event(organizer.meet())))


@pytest.mark.parametrize("name", [*ORDINARY, *UNUSUAL])
@pytest.mark.parametrize("backend", ["sqlite"])
def test_what_is_ordinary_takes_the_shortcut_and_what_is_not_does_not(
    name: str, event: str, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken, takes = [], Shortcut.takes

    def noted(self: Shortcut, scope: Scope) -> bool:
        taken.append(takes(self, scope))
        return taken[-1]

    monkeypatch.setattr(Shortcut, "takes", noted)
    ask(client, (ORDINARY | UNUSUAL)[name], event)
    assert taken == [name in ORDINARY]


@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_request_that_does_not_fit_has_done_nothing_before_it_goes_the_other_way(
    event: str, organizer: Organizer, client: TestClient
) -> None:
    for asked in ORDINARY.values():
        if asked.method == "POST" and asked.body != entry():
            assert ask(client, asked, event).status_code >= 400
    assert organizer.items(f"/events/{event}/registrations") == []


@pytest.mark.parametrize("backend", ["sqlite"])
def test_most_routes_have_a_shortcut(app: FastAPI) -> None:
    routes = [route for route in app.routes if isinstance(route, Route)]
    assert sum(route.shortcut is not None for route in routes) > 0.75 * len(routes)
