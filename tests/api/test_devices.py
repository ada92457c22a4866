"""Device keys: bound to a meet, a time, a source."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from app.domain.ids import ActorId, MeetId
from app.domain.refusals import NotFound
from app.domain.units import Instant, format_instant
from app.operations.access import Admitting, BadToken, NotThisSource, ScopeMissing, Unidentified
from app.store import Database
from tests.api.conftest import ADMIN, Clock
from tests.api.meets import Meets

Holder = Callable[[str], TestClient]


@pytest.fixture
def meet(meets: Meets) -> MeetId:
    return meets.make()


def make(client: TestClient, meet: str, **more: object) -> dict[str, str]:
    answer = client.post(f"/v1/meets/{meet}/devices", json={"name": "finish mat"} | more)
    assert answer.status_code == 201, answer.text
    return answer.json()


def at(clock: Clock, seconds: int) -> str:
    return format_instant(Instant(clock.now() + seconds * 1_000_000))


@pytest.fixture
def admit(database: Database, clock: Clock) -> Callable[[str | None, str, str], ActorId]:
    """As the ingest asks, inside its transaction."""

    def ask(token: str | None, meet: str, source: str = "finish") -> ActorId:
        with database.write() as tx:
            return Admitting(token, "reads:write", clock.now)(tx, MeetId(meet), source)

    return ask


def test_a_key_feeds_its_meet(client: TestClient, meet: MeetId, admit: Callable[..., ActorId]) -> None:
    made = make(client, meet)
    assert made["token"].startswith("bs_dev_")
    assert admit(made["token"], meet) == made["id"]


def test_a_key_feeds_no_other_meet(
    client: TestClient, meet: MeetId, meets: Meets, admit: Callable[..., ActorId]
) -> None:
    token = make(client, meet)["token"]
    with pytest.raises(NotFound):
        admit(token, meets.make(visibility="public"))
    with pytest.raises(NotFound):
        admit(token, "meet_0197430a2c4e7d5fa3f09a64d1c3b2e7")


def test_a_key_of_one_source_feeds_no_other(client: TestClient, meet: MeetId, admit: Callable[..., ActorId]) -> None:
    token = make(client, meet, source="finish")["token"]
    admit(token, meet, "finish")
    with pytest.raises(NotThisSource, match="finish"):
        admit(token, meet, "start")


def test_a_key_works_in_its_time_only(
    client: TestClient, meet: MeetId, clock: Clock, admit: Callable[..., ActorId]
) -> None:
    token = make(client, meet, not_before=at(clock, 60), expires_at=at(clock, 120))["token"]
    with pytest.raises(BadToken, match="not come yet"):
        admit(token, meet)
    clock.advance(61)
    admit(token, meet)
    clock.advance(60)
    with pytest.raises(BadToken, match="expired"):
        admit(token, meet)


def test_a_key_whose_time_would_be_over_before_it_came_is_not_made(
    client: TestClient, meet: MeetId, clock: Clock
) -> None:
    body = {"name": "x", "not_before": at(clock, 120), "expires_at": at(clock, 60)}
    assert client.post(f"/v1/meets/{meet}/devices", json=body).status_code == 422


def test_a_revoked_key_stores_nothing_from_then_on(
    client: TestClient, meet: MeetId, admit: Callable[..., ActorId]
) -> None:
    made = make(client, meet)
    url = f"/v1/meets/{meet}/devices/{made['id']}"
    assert client.delete(url, headers={"If-Match": client.get(url).headers["etag"]}).status_code == 204
    with pytest.raises(BadToken, match="revoked"):
        admit(made["token"], meet)


def test_nobody_feeds_a_public_meet_without_a_key(meets: Meets, admit: Callable[..., ActorId]) -> None:
    with pytest.raises(Unidentified):
        admit(None, meets.make(visibility="public"))


def test_a_token_without_the_scope_does_not_feed(
    client: TestClient, meet: MeetId, admit: Callable[..., ActorId]
) -> None:
    token = client.post("/v1/tokens", json={"name": "x", "scopes": ["results:write"]}).json()["token"]
    with pytest.raises(ScopeMissing):
        admit(token, meet)
    admit(ADMIN, meet)


def test_a_key_does_nothing_else(client: TestClient, meet: MeetId, as_holder: Holder) -> None:
    box = as_holder(make(client, meet)["token"])
    assert box.get(f"/v1/meets/{meet}/devices").status_code == 403
    assert box.get("/v1/tokens").status_code == 403
    assert box.get("/v1/organizations").status_code == 403


def test_keys_are_kept_per_meet(client: TestClient, meet: MeetId, meets: Meets) -> None:
    made, other = make(client, meet), meets.make()
    assert [item["id"] for item in client.get(f"/v1/meets/{meet}/devices").json()["items"]] == [made["id"]]
    assert client.get(f"/v1/meets/{other}/devices").json()["items"] == []
    assert client.get(f"/v1/meets/{other}/devices/{made['id']}").status_code == 404
    assert client.get(f"/v1/tokens/{made['id']}").status_code == 404


def test_a_rotated_key_keeps_its_bounds(client: TestClient, meet: MeetId, admit: Callable[..., ActorId]) -> None:
    old = make(client, meet, source="finish")
    url = f"/v1/meets/{meet}/devices/{old['id']}"
    new = client.post(f"{url}/rotate", json={}, headers={"If-Match": client.get(url).headers["etag"]}).json()
    assert new["source"] == "finish"
    admit(new["token"], meet)
    with pytest.raises(NotThisSource):
        admit(new["token"], meet, "start")
    with pytest.raises(BadToken):
        admit(old["token"], meet)
