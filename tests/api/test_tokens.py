"""Tokens: made, used, rotated, revoked."""

from collections.abc import Callable

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.domain.units import Instant, format_instant
from app.operations import accounts, keys
from app.store import Database
from tests.api.conftest import ADMIN, Clock
from tests.api.meets import Meets

UNKNOWN = "bs_api_0197430a2c4e7d5fa3f09a64d1c3b2e8_" + "A" * 43

Holder = Callable[[str], TestClient]


def make(client: TestClient, *scopes: str, **more: object) -> dict[str, str]:
    answer = client.post("/v1/tokens", json={"name": "script", "scopes": list(scopes) or ["meets:read"]} | more)
    assert answer.status_code == 201, answer.text
    return answer.json()


def etag(client: TestClient, made: dict[str, str]) -> dict[str, str]:
    return {"If-Match": client.get(f"/v1/tokens/{made['id']}").headers["etag"]}


def revoke(client: TestClient, made: dict[str, str]) -> int:
    return client.delete(f"/v1/tokens/{made['id']}", headers=etag(client, made)).status_code


def status(client: TestClient) -> tuple[int, str]:
    answer = client.get("/v1/tokens")
    return answer.status_code, answer.json().get("detail", "")


def later(clock: Clock, seconds: int) -> str:
    return format_instant(Instant(clock.now() + seconds * 1_000_000))


def test_a_token_is_shown_once_and_only_its_hash_is_kept(client: TestClient, database: Database) -> None:
    made = make(client)
    assert made["token"].startswith("bs_api_")
    shown = client.get(f"/v1/tokens/{made['id']}")
    assert "token" not in shown.json()
    assert made["token"] not in shown.text
    with database.read() as tx:
        (row,) = [row for row in tx.access.tokens() if row.id == made["id"]]
    assert row.hash == keys.digest(made["token"])


def test_a_token_works_at_once(client: TestClient, as_holder: Holder) -> None:
    assert status(as_holder(make(client, "tokens:write")["token"])) == (200, "")


def test_a_token_lacking_the_scope_is_refused_by_name_of_the_scope(client: TestClient, as_holder: Holder) -> None:
    code, detail = status(as_holder(make(client, "meets:read")["token"]))
    assert code == 403
    assert "tokens:write" in detail


@pytest.mark.parametrize(
    ("token", "why"),
    [
        (UNKNOWN + "000000", "checksum"),
        ("bs_api_", "checksum"),
        (UNKNOWN + keys.checksum(UNKNOWN), "not known"),
        ("the-word-of-somebody-else", "not known"),
        ("ümlaut", "not known"),
    ],
)
def test_a_wrong_token_is_refused_with_the_reason(as_holder: Holder, token: str, why: str) -> None:
    answer = as_holder("x").get("/v1/tokens", headers={b"Authorization": f"Bearer {token}".encode()})
    assert answer.status_code == 401
    assert why in answer.json()["detail"]
    assert answer.headers["www-authenticate"] == 'Bearer realm="backstraight"'


@pytest.mark.parametrize("header", ["Basic YTpi", "Bearer", "Bearer ", "bs_api_1", ""])
def test_what_is_no_bearer_token_is_none(anonymous: TestClient, header: str) -> None:
    answer = anonymous.get("/v1/tokens", headers={"Authorization": header})
    assert (answer.status_code, answer.json()["code"]) == (401, "unidentified")


def test_a_wrong_token_is_refused_where_none_was_needed(
    probing: FastAPI, anonymous: TestClient, as_holder: Holder, meets: Meets
) -> None:
    url = f"/probe/meets/{meets.make(visibility='public')}"
    assert anonymous.get(url).status_code == 200
    assert as_holder("the-word-of-somebody-else").get(url).status_code == 401


def test_a_revoked_token_ends_at_once_and_stays_listed(client: TestClient, as_holder: Holder) -> None:
    made = make(client, "tokens:write")
    holder = as_holder(made["token"])
    assert status(holder)[0] == 200
    assert revoke(client, made) == 204
    code, detail = status(holder)
    assert (code, "revoked" in detail) == (401, True)
    assert client.get(f"/v1/tokens/{made['id']}").json()["revoked_at"] is not None


def test_a_token_ends_when_it_expires(client: TestClient, as_holder: Holder, clock: Clock) -> None:
    holder = as_holder(make(client, "tokens:write", expires_at=later(clock, 60))["token"])
    assert status(holder)[0] == 200
    clock.advance(61)
    code, detail = status(holder)
    assert (code, "expired" in detail) == (401, True)


def test_a_token_that_would_have_expired_is_not_made(client: TestClient) -> None:
    refused = client.post(
        "/v1/tokens", json={"name": "x", "scopes": ["meets:read"], "expires_at": "2020-01-01T00:00:00Z"}
    )
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/expires_at"


@pytest.mark.parametrize("scopes", [[], ["everything"], ["meets:read"] * 8, "meets:read", None])
def test_only_known_scopes_are_given(client: TestClient, scopes: object) -> None:
    assert client.post("/v1/tokens", json={"name": "x", "scopes": scopes}).status_code == 422


def test_nobody_gives_away_more_than_they_hold(client: TestClient, as_holder: Holder) -> None:
    holder = as_holder(make(client, "tokens:write", "meets:read")["token"])
    assert holder.post("/v1/tokens", json={"name": "x", "scopes": ["meets:read"]}).status_code == 201
    refused = holder.post("/v1/tokens", json={"name": "x", "scopes": ["results:write"]})
    assert (refused.status_code, refused.json()["code"]) == (403, "scopes_exceeded")


def test_a_rotated_token_is_replaced_and_the_old_one_ends_after_its_grace(
    client: TestClient, as_holder: Holder, clock: Clock
) -> None:
    old = make(client, "tokens:write")
    new = client.post(f"/v1/tokens/{old['id']}/rotate", json={"grace_s": 60}, headers=etag(client, old)).json()
    assert new["id"] != old["id"]
    assert new["scopes"] == old["scopes"]
    assert [status(as_holder(made["token"]))[0] for made in (old, new)] == [200, 200]
    clock.advance(61)
    assert [status(as_holder(made["token"]))[0] for made in (old, new)] == [401, 200]


def test_a_rotated_token_without_grace_ends_at_once(client: TestClient, as_holder: Holder) -> None:
    old = make(client, "tokens:write")
    client.post(f"/v1/tokens/{old['id']}/rotate", json={}, headers=etag(client, old))
    assert status(as_holder(old["token"]))[0] == 401


def test_grace_does_not_prolong_a_token(client: TestClient, as_holder: Holder, clock: Clock) -> None:
    old = make(client, "tokens:write", expires_at=later(clock, 30))
    client.post(f"/v1/tokens/{old['id']}/rotate", json={"grace_s": 3600}, headers=etag(client, old))
    clock.advance(31)
    assert status(as_holder(old["token"]))[0] == 401


def test_a_revoked_token_is_not_rotated(client: TestClient) -> None:
    old = make(client)
    revoke(client, old)
    refused = client.post(f"/v1/tokens/{old['id']}/rotate", json={}, headers=etag(client, old))
    assert (refused.status_code, refused.json()["code"]) == (409, "token_revoked")


@pytest.mark.parametrize(("method", "path"), [("DELETE", ""), ("POST", "/rotate")])
def test_a_token_is_changed_only_by_who_has_seen_it(client: TestClient, method: str, path: str) -> None:
    made = make(client)
    url = f"/v1/tokens/{made['id']}{path}"
    body: dict[str, str] | None = {} if path else None
    seen = etag(client, made)
    assert client.request(method, url, json=body).status_code == 428
    assert client.request(method, url, json=body, headers={"If-Match": '"other"'}).status_code == 412
    assert client.request(method, url, json=body, headers=seen).status_code in (201, 204)
    assert client.request(method, url, json=body, headers=seen).status_code == 412


def test_tokens_of_another_organization_do_not_exist(client: TestClient, as_holder: Holder) -> None:
    organization = client.post("/v1/organizations", json={"name": "Theirs"}).json()["id"]
    ours = make(client, "tokens:write")
    theirs = as_holder(make(client, "tokens:write", organization_id=organization)["token"])
    assert theirs.get(f"/v1/tokens/{ours['id']}").status_code == 404
    assert ours["id"] not in theirs.get("/v1/tokens").text
    assert theirs.delete(f"/v1/tokens/{ours['id']}", headers={"If-Match": "*"}).status_code == 404
    stolen = {"name": "x", "scopes": ["tokens:write"], "organization_id": ours["organization_id"]}
    assert theirs.post("/v1/tokens", json=stolen).status_code == 404


def test_a_token_of_an_organization_that_is_not_there_is_not_made(client: TestClient) -> None:
    body = {"name": "x", "scopes": ["meets:read"], "organization_id": "org_nowhere"}
    assert client.post("/v1/tokens", json=body).status_code == 404


def test_tokens_are_listed_page_by_page(client: TestClient) -> None:
    made = [make(client)["id"] for _ in range(5)]
    listed, cursor = [], None
    while True:
        page = client.get("/v1/tokens", params={"limit": 2} | ({"cursor": cursor} if cursor else {})).json()
        listed += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert listed == sorted(made)


def test_the_administrators_token_is_no_token_of_the_list(client: TestClient, database: Database) -> None:
    assert client.get("/v1/tokens").json()["items"] == []
    with database.read() as tx:
        (admin,) = tx.access.tokens()
    assert client.get(f"/v1/tokens/{admin.id}").status_code == 404


def test_the_first_start_makes_an_administrators_token_and_shows_it_once(database: Database, clock: Clock) -> None:
    made = accounts.first_start(database, None, clock.now())
    assert made is not None
    assert keys.plausible(made)
    assert accounts.first_start(database, None, clock.now()) is None


def test_another_word_replaces_the_administrators_token(
    client: TestClient, as_holder: Holder, database: Database, clock: Clock
) -> None:
    assert status(client)[0] == 200
    assert accounts.first_start(database, "another-word-for-the-same", clock.now()) is None
    assert status(client)[0] == 401
    assert status(as_holder("another-word-for-the-same"))[0] == 200
    accounts.first_start(database, ADMIN, clock.now())
    assert status(client)[0] == 200


def test_the_word_of_the_administrator_is_not_kept(client: TestClient, database: Database) -> None:
    with database.read() as tx:
        assert ADMIN not in str(tx.access.tokens())
