"""An organizer at the API: sets things up, and reads what became of them."""

from dataclasses import dataclass
from typing import Any, cast

from fastapi import FastAPI
from httpx2 import Response
from starlette.testclient import TestClient

from app.domain.ids import ActorId, HeatId, MeetId
from app.domain.units import parse_instant
from app.operations import starts

MEET = {"name": "Night of Miles", "timezone": "Europe/Oslo", "starts_on": "2026-06-06", "ends_on": "2026-06-07"}
ROAD = {"name": "10 km", "distance_m": 10_000, "surface": "road", "sex": "X", "start": "mass", "timing": "transponder"}
SPRINT = {
    "name": "100 m",
    "distance_m": 100,
    "surface": "track",
    "sex": "X",
    "start": "lanes",
    "timing": "photo_finish",
}


@dataclass
class Organizer:
    client: TestClient

    def post(self, path: str, body: Any = None, **headers: str) -> Response:
        return self.client.post(f"/v1{path}", json={} if body is None else body, headers=headers)

    def make(self, path: str, body: Any = None, expect: int = 201) -> Any:
        answer = self.post(path, body)
        assert answer.status_code == expect, answer.text
        return answer.json()

    def meet(self, **given: Any) -> str:
        return str(self.make("/meets", {**MEET, **given})["id"])

    def event(self, meet: str, **given: Any) -> str:
        return str(self.make(f"/meets/{meet}/events", {**ROAD, **given})["id"])

    def sprint(self, meet: str, **given: Any) -> str:
        return self.event(meet, **SPRINT | given)

    def register(self, event: str, bib: str, family_name: str = "", **given: Any) -> Any:
        body = {"bib": bib, "family_name": family_name or f"Runner {bib}", "sex": "M", **given}
        return self.make(f"/events/{event}/registrations", body)

    def get(self, path: str, **query: Any) -> Any:
        answer = self.client.get(f"/v1{path}", params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def items(self, path: str, **query: Any) -> list[Any]:
        """All pages of a list."""
        page = self.get(path, **query)
        found = list(page["items"])
        while page["next_cursor"] is not None:
            page = self.get(path, **query, cursor=page["next_cursor"])
            found += page["items"]
        return found

    def tag(self, path: str) -> str:
        return str(self.client.get(f"/v1{path}").headers["ETag"])

    def send(self, method: str, path: str, body: Any = None, match: str | None = None) -> Response:
        """With If-Match: `match`, or what GET says now for `"now"`."""
        found = self.tag(path) if match == "now" else match
        return self.client.request(method, f"/v1{path}", json=body, headers={"If-Match": found} if found else {})

    def csv(self, event: str, data: str | bytes, **query: Any) -> Response:
        return self.client.post(
            f"/v1/events/{event}/registrations/import",
            content=data,
            params=query,
            headers={"Content-Type": "text/csv"},
        )

    def start(self, meet: str, heat: str) -> None:
        """The gun, without asking the route that takes it."""
        app = cast("FastAPI", self.client.app)
        with app.state.services.desk.open(MeetId(meet), ActorId("tok_x")) as sheet:
            starts.start(sheet, HeatId(heat), parse_instant("2026-06-06T10:00:00Z"))

    def drawn(self, event: str, round: str = "final") -> list[str]:
        """Ids of the heats of a round, drawn now."""
        return [heat["id"] for heat in self.make(f"/events/{event}/rounds/{round}/draw", expect=200)["heats"]]

    def heats(self, event: str, round: str = "final") -> list[Any]:
        return list(self.get(f"/events/{event}/rounds/{round}/heats")["heats"])


def problem(answer: Response, status: int, code: str, pointer: str | None = None) -> Any:
    """The problem document, after checking what it says."""
    assert answer.headers["Content-Type"] == "application/problem+json", answer.text
    document = answer.json()
    assert (answer.status_code, document["code"]) == (status, code), answer.text
    if pointer is not None:
        assert pointer in [fault["pointer"] for fault in document["errors"]], answer.text
    return document
