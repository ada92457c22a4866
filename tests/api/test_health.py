"""Whether the server can do its work."""

import pytest
from fastapi.testclient import TestClient

from app.store import Database, StorageFull


def test_a_server_that_can_work_says_so(anonymous: TestClient) -> None:
    answer = anonymous.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_after_a_write_that_failed_it_says_why_until_one_succeeds(
    anonymous: TestClient, client: TestClient, database: Database
) -> None:
    with pytest.raises(StorageFull), database.write():
        raise StorageFull("disk is full")
    sick = anonymous.get("/healthz")
    assert sick.status_code == 503
    assert "disk is full" in sick.json()["reason"]
    client.post("/v1/organizations", json={"name": "B"})
    assert anonymous.get("/healthz").status_code == 200


def test_asking_writes_nothing(anonymous: TestClient, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "write", None)
    assert anonymous.get("/healthz").status_code == 200


def test_a_full_disk_is_answered_507_and_when_to_try_again(
    client: TestClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> None:
        raise StorageFull("disk is full")

    monkeypatch.setattr(database, "write", full)
    answer = client.post("/v1/organizations", json={"name": "B"})
    assert (answer.status_code, answer.json()["code"]) == (507, "storage_full")
    assert int(answer.headers["retry-after"]) > 0
