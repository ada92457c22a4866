"""The same request again gets the same answer, and is done once."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from app.main import create_app
from app.store import Database, open_database
from app.store.idempotency import ABANDONED, KEPT
from tests.api import probe
from tests.api.conftest import ADMIN, Clock
from tests.api.probe import gate

BODY = {"text": "Bergen Bakover"}


@pytest.fixture
def poster(probing: FastAPI, client: TestClient) -> TestClient:
    return client


@pytest.fixture(autouse=True)
def gate_is_open() -> Iterator[None]:
    yield
    gate.open.set()


def post(client: TestClient, key: str = "k-1", body: object = BODY) -> Response:
    return client.post("/probe/organizations", json=body, headers={"Idempotency-Key": key})


def organizations(client: TestClient) -> int:
    return len(client.get("/v1/organizations").json()["items"])


def test_the_same_request_again_gets_the_same_answer_and_does_nothing(poster: TestClient) -> None:
    first, again = post(poster), post(poster)
    assert (again.status_code, again.json()) == (201, first.json())
    assert again.headers["idempotent-replayed"] == "true"
    assert "idempotent-replayed" not in first.headers
    assert (gate.calls, organizations(poster)) == (1, 2)


def test_without_a_key_it_is_done_again(poster: TestClient) -> None:
    for _ in range(2):
        assert poster.post("/probe/organizations", json=BODY).status_code == 201
    assert gate.calls == 2


def test_the_same_key_with_another_body_is_refused(poster: TestClient) -> None:
    post(poster)
    other = post(poster, body={"text": "another"})
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")
    assert gate.calls == 1


def test_the_same_key_at_another_address_is_refused(poster: TestClient) -> None:
    post(poster)
    assert poster.post("/v1/organizations", json=BODY, headers={"Idempotency-Key": "k-1"}).status_code in (422,)


def test_the_keys_of_two_tokens_are_apart(poster: TestClient, as_holder: Callable[[str], TestClient]) -> None:
    made = poster.post("/v1/tokens", json={"name": "script", "scopes": ["meets:write"]}).json()
    assert post(poster).json() != post(as_holder(made["token"])).json()
    assert gate.calls == 2


def test_while_the_first_is_running_the_second_is_told_to_wait(poster: TestClient) -> None:
    gate.close()
    with ThreadPoolExecutor() as pool:
        first = pool.submit(post, poster)
        assert gate.entered.wait(10)
        second = post(poster)
        gate.open.set()
        assert (second.status_code, second.json()["code"]) == (409, "key_in_use")
        assert second.headers["retry-after"] == "1"
        assert first.result().status_code == 201
    assert post(poster).json() == first.result().json()
    assert gate.calls == 1


@pytest.fixture
def other_process(database: Database, database_url: str, clock: Clock) -> Iterator[TestClient]:
    """Another application on the same database: over a connection of its own where there is a server."""
    db = database if database.dialect == "sqlite" else open_database(database_url)
    app = create_app(db, ADMIN, now=clock.now)
    probe.add_to(app)
    with TestClient(app, headers={"Authorization": f"Bearer {ADMIN}"}) as client:
        yield client
    if db is not database:
        db.close()


def test_two_processes_do_it_once(poster: TestClient, other_process: TestClient) -> None:
    assert post(poster).json() == post(other_process).json()
    assert gate.calls == 1


def test_of_many_at_once_one_is_done_wherever_they_arrive(poster: TestClient, other_process: TestClient) -> None:
    start = threading.Barrier(8)

    def send(number: int) -> int:
        start.wait()
        return post((poster, other_process)[number % 2]).status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(send, range(8)))
    assert set(statuses) <= {201, 409}
    assert 201 in statuses
    assert (gate.calls, organizations(poster)) == (1, 2)


def test_what_was_refused_may_be_sent_again_with_its_key(poster: TestClient) -> None:
    assert post(poster, body={"text": ""}).status_code == 422
    assert post(poster).status_code == 201


def test_what_broke_after_its_commit_is_never_done_again(poster: TestClient, clock: Clock) -> None:
    body = {"text": "breaks after the commit"}
    assert post(poster, body=body).status_code == 500
    assert post(poster, body=body).json()["code"] == "key_in_use"
    clock.advance(ABANDONED / 1_000_000 + 1)
    lost = post(poster, body=body)
    assert (lost.status_code, lost.json()["code"]) == (409, "answer_lost")
    assert (gate.calls, organizations(poster)) == (1, 2)


def test_a_key_whose_process_died_before_the_commit_is_taken_over(
    poster: TestClient, database: Database, clock: Clock
) -> None:
    gate.close()
    with ThreadPoolExecutor() as pool:
        hanging = pool.submit(post, poster)
        assert gate.entered.wait(10)
        clock.advance(ABANDONED / 1_000_000 + 1)
        gate.entered.clear()
        second = pool.submit(post, poster)
        assert gate.entered.wait(10)
        gate.open.set()
        answers = sorted((hanging.result().status_code, second.result().status_code))
    assert answers == [201, 409]
    assert organizations(poster) == 2


def test_after_seven_days_a_key_is_new(poster: TestClient, clock: Clock) -> None:
    first = post(poster)
    clock.advance(KEPT / 1_000_000 - 60)
    assert post(poster).json() == first.json()
    clock.advance(120)
    assert post(poster).json() != first.json()


@pytest.mark.parametrize("key", ["", "two words", "x" * 201, "\x7f"])
def test_a_key_is_visible_ascii(poster: TestClient, key: str) -> None:
    refused = post(poster, key)
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid_key")


def test_a_secret_is_not_kept_for_the_repetition(poster: TestClient, database: Database) -> None:
    asked = {"name": "script", "scopes": ["meets:read"]}
    first, again = (poster.post("/v1/tokens", json=asked, headers={"Idempotency-Key": "t"}).json() for _ in range(2))
    assert first["token"].startswith("bs_api_")
    assert again == first | {"token": None}
