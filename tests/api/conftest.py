"""An application on each database, and clients of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.domain.units import Instant
from app.main import create_app
from app.operations import identity
from app.store import Database
from tests.api import probe
from tests.api.meets import Meets
from tests.api.organizer import Organizer

ADMIN = "the-word-of-the-administrator"
TWO_ROUNDS = [{"name": "heats", "advance": {"places": 1, "times": 0}}, {"name": "final"}]


@dataclass
class Clock:
    """The clock of the server: real, until a test moves it."""

    ahead_us: int = 0
    shown: list[str] = field(default_factory=list)

    def now(self) -> Instant:
        return Instant(identity.now() + self.ahead_us)

    def advance(self, seconds: float) -> None:
        self.ahead_us += round(seconds * 1_000_000)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def app(database: Database, clock: Clock) -> FastAPI:
    return create_app(database, ADMIN, now=clock.now)


@pytest.fixture
def anonymous(app: FastAPI) -> Iterator[TestClient]:
    """Without a token."""
    with TestClient(app, base_url="http://timing.test") as client:
        yield client


@pytest.fixture
def as_holder(app: FastAPI, anonymous: TestClient) -> Callable[[str], TestClient]:
    """A client with that token. The application runs already."""

    def client(token: str) -> TestClient:
        return TestClient(app, base_url="http://timing.test", headers={"Authorization": f"Bearer {token}"})

    return client


@pytest.fixture
def client(as_holder: Callable[[str], TestClient]) -> TestClient:
    """The administrator's."""
    return as_holder(ADMIN)


@pytest.fixture
def probing(app: FastAPI) -> FastAPI:
    """With the routes of `probe`; ask for it before a client."""
    probe.add_to(app)
    probe.gate.calls = 0
    return app


@pytest.fixture
def meets(database: Database, anonymous: TestClient) -> Meets:
    """Makes meets, once the application has started and its own organization is there."""
    return Meets(database)


@pytest.fixture
def organizer(client: TestClient) -> Organizer:
    """Sets things up over HTTP, as the administrator."""
    return Organizer(client)


@pytest.fixture
def meet(organizer: Organizer) -> str:
    return organizer.meet()


@pytest.fixture
def sprint(organizer: Organizer, meet: str) -> str:
    """Two rounds, four runners."""
    event = organizer.sprint(meet, rounds=TWO_ROUNDS)
    for bib in ("1", "2", "3", "4"):
        organizer.register(event, bib)
    return event
