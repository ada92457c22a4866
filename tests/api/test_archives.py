"""Backups and archives through the server: what went out comes back in, and nothing is ever overwritten."""

import gzip
from collections.abc import Callable, Iterator

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.operations.access import HOME
from app.store import open_database
from tests.api.conftest import ADMIN
from tests.api.meets import Meets

GZIP = {"Content-Type": "application/gzip"}


@pytest.fixture
def elsewhere(new_url: Callable[[], str]) -> Iterator[TestClient]:
    """Another server, with nothing on it."""
    db = open_database(new_url())
    headers = {"Authorization": f"Bearer {ADMIN}"}
    with TestClient(create_app(db, ADMIN), base_url="http://spare.test", headers=headers) as client:
        yield client
    db.close()


def archive_of(client: TestClient, meet: str) -> bytes:
    answer = client.get(f"/v1/meets/{meet}/archive")
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == "application/gzip"
    return answer.content


def backup_of(client: TestClient) -> bytes:
    answer = client.post("/v1/admin/backup")
    assert answer.status_code == 200, answer.text
    return answer.content


def test_a_meet_moves_to_another_server(client: TestClient, elsewhere: TestClient, meets: Meets) -> None:
    meet = meets.make()
    file = archive_of(client, meet)
    made = elsewhere.post("/v1/meets/archive", content=file, headers=GZIP)
    assert (made.status_code, made.json()) == (201, {"id": meet, "seq": 1, "facts": 1, "reads": 0})
    assert archive_of(elsewhere, meet) == file


def test_a_meet_that_is_there_is_not_overwritten(client: TestClient, meets: Meets) -> None:
    file = archive_of(client, meets.make())
    again = client.post("/v1/meets/archive", content=file, headers=GZIP)
    assert (again.status_code, again.json()["code"]) == (409, "meet_exists")


@pytest.mark.parametrize("cut", [0, 5, -1, -20])
def test_a_broken_file_stores_nothing(client: TestClient, elsewhere: TestClient, meets: Meets, cut: int) -> None:
    meet = meets.make()
    refused = elsewhere.post("/v1/meets/archive", content=archive_of(client, meet)[:cut], headers=GZIP)
    assert (refused.status_code, refused.json()["code"]) == (422, "not_an_archive")
    assert elsewhere.get(f"/v1/meets/{meet}/archive").status_code == 404


def test_a_backup_holds_everything_and_adds_what_is_missing(
    client: TestClient, elsewhere: TestClient, meets: Meets
) -> None:
    first, second = meets.make(), meets.make()
    elsewhere.post("/v1/meets/archive", content=archive_of(client, first), headers=GZIP)
    token = client.post("/v1/tokens", json={"name": "desk", "scopes": ["meets:read"]}).json()["token"]
    done = elsewhere.post("/v1/admin/restore", content=backup_of(client), headers=GZIP).json()
    assert [meet["id"] for meet in done["added"]] == [second]
    assert done["already_here"] == [first]
    assert archive_of(elsewhere, second) == archive_of(client, second)
    with_token = elsewhere.get(f"/v1/meets/{second}/archive", headers={"Authorization": f"Bearer {token}"})
    assert with_token.status_code == 200


def test_a_backup_holds_no_secret(client: TestClient) -> None:
    token = client.post("/v1/tokens", json={"name": "desk", "scopes": ["meets:read"]}).json()["token"]
    text = gzip.decompress(backup_of(client)).decode()
    assert token not in text
    assert ADMIN not in text
    assert HOME in text


def test_a_backup_that_was_cut_between_two_meets_says_so(
    client: TestClient, elsewhere: TestClient, meets: Meets
) -> None:
    meets.make()
    meets.make()
    lines = gzip.decompress(backup_of(client)).splitlines(keepends=True)
    first_meet = lines[: 1 + next(n for n, line in enumerate(lines) if line.startswith(b'{"end"'))]
    refused = elsewhere.post("/v1/admin/restore", content=gzip.compress(b"".join(first_meet)), headers=GZIP)
    assert refused.status_code == 422
    assert "1 meets of 2" in refused.json()["detail"]


@pytest.mark.parametrize("content", [b"", b"no gzip"])
def test_what_is_no_file_of_ours_is_refused(client: TestClient, content: bytes) -> None:
    refused = client.post("/v1/admin/restore", content=content, headers=GZIP)
    assert (refused.status_code, refused.json()["code"]) == (422, "not_an_archive")


@pytest.mark.parametrize("line", ["{}", "[]", '{"backup": {"format": 9}}', '{"meet": {}}'])
def test_what_is_no_backup_is_refused(client: TestClient, line: str) -> None:
    refused = client.post("/v1/admin/restore", content=gzip.compress(line.encode()), headers=GZIP)
    assert (refused.status_code, refused.json()["code"]) == (422, "not_an_archive")


def test_backups_are_for_administrators(client: TestClient, as_holder: Callable[[str], TestClient]) -> None:
    body = {"name": "all", "scopes": ["meets:read", "meets:write", "tokens:write"]}
    holder = as_holder(client.post("/v1/tokens", json=body).json()["token"])
    assert holder.post("/v1/admin/backup").status_code == 403
    assert holder.post("/v1/admin/restore", content=b"", headers=GZIP).status_code == 403
