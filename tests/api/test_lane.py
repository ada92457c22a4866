"""The fast lane: what spectators ask for again is answered from bytes, and never when it should not be."""

import asyncio
from typing import Any

import pytest
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from app.api.lane import Lane
from app.domain.ids import MeetId
from tests.api.organizer import Organizer, problem
from tests.api.races import Road, road, show

MEET = MeetId("meet_1")
PUBLIC = (b"cache-control", b"public, s-maxage=1")


class Behind:
    """What stands behind the lane: counts, and answers one body."""

    def __init__(self) -> None:
        self.asked = 0
        self.head: int | None = 7
        self.headers = [(b"etag", b'"7-x"'), PUBLIC, (b"content-type", b"text/plain"), (b"content-length", b"4")]
        self.now = 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked += 1
        scope.setdefault("state", {})["seen"] = (MEET, self.head)
        status = 304 if (b"if-none-match", b'"7-x"') in scope["headers"] else 200
        await send({"type": "http.response.start", "status": status, "headers": self.headers})
        await send({"type": "http.response.body", "body": b"" if status == 304 else b"body"})


@pytest.fixture
def behind() -> Behind:
    return Behind()


def lane_of(behind: Behind, **given: Any) -> Lane:
    return Lane(behind, lambda _: behind.head, clock=lambda: behind.now, **given)


async def ask(lane: Lane, query: bytes = b"", method: str = "GET", **headers: str | list[str]) -> tuple[int, bytes]:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    lines = [(name, line) for name, value in headers.items() for line in ([value] if isinstance(value, str) else value)]
    given = [(name.replace("_", "-").encode(), line.encode()) for name, line in lines]
    scope = {"type": "http", "method": method, "path": "/v1/x", "query_string": query, "headers": given}
    await lane(scope, receive, send)
    return sent[0]["status"], sent[1]["body"]


def asked(lane: Lane, query: bytes = b"", method: str = "GET", **headers: str) -> tuple[int, bytes]:
    return asyncio.run(ask(lane, query, method, **headers))


def test_the_same_again_is_not_asked_for_again(behind: Behind) -> None:
    lane = lane_of(behind)
    assert [asked(lane) for _ in range(3)] == [(200, b"body")] * 3
    assert behind.asked == 1


def test_whoever_has_it_is_told_so(behind: Behind) -> None:
    lane = lane_of(behind)
    asked(lane)
    for tag in ('"7-x"', 'W/"7-x"', '"6-x", "7-x"', "*"):
        assert asked(lane, if_none_match=tag) == (304, b"")
    assert asked(lane, if_none_match='"6-x"') == (200, b"body")
    assert behind.asked == 1


def test_a_tag_alone_is_enough_for_304_and_not_for_a_body(behind: Behind) -> None:
    lane = lane_of(behind)
    assert [asked(lane, if_none_match='"7-x"') for _ in range(2)] == [(304, b"")] * 2
    assert behind.asked == 1
    assert asked(lane) == (200, b"body")
    assert asked(lane, if_none_match='"7-x"') == (304, b"")
    assert behind.asked == 2


def test_a_moved_log_is_asked_again(behind: Behind) -> None:
    lane = lane_of(behind)
    asked(lane)
    for head in (8, None, 9):
        behind.head = head
        asked(lane)
    assert behind.asked == 4


def test_a_token_another_address_and_another_method_go_past(behind: Behind) -> None:
    lane = lane_of(behind)
    asked(lane)
    asked(lane, authorization="Bearer x")
    asked(lane, b"limit=2")
    asked(lane, method="POST")
    assert behind.asked == 4


def test_what_is_written_in_a_language_is_for_those_who_prefer_it(behind: Behind) -> None:
    lane = lane_of(behind)
    behind.headers.append((b"vary", b"Authorization, Accept-Language"))
    for spoken in ("de", "fr", "de-AT, fr;q=0.5", "fr", "en", "xx"):
        assert asked(lane, accept_language=spoken) == (200, b"body")
    assert asked(lane) == (200, b"body")
    assert behind.asked == 3, "German, French, and English for all who prefer none of ours"


def test_what_is_in_no_language_is_kept_once_for_all(behind: Behind) -> None:
    lane = lane_of(behind)
    behind.headers.append((b"vary", b"Authorization"))
    assert {asked(lane, accept_language=spoken) for spoken in ("de", "fr", "")} == {(200, b"body")}
    assert behind.asked == 1


def test_of_several_languages_the_header_that_comes_first_counts(behind: Behind) -> None:
    lane = lane_of(behind)
    behind.headers.append((b"vary", b"Accept-Language"))
    asyncio.run(ask(lane, accept_language=["de;q=0.5", "fr"]))
    assert asked(lane, accept_language="de") == (200, b"body")
    assert behind.asked == 1


def test_what_is_not_public_is_never_kept(behind: Behind) -> None:
    lane = lane_of(behind)
    behind.headers[1] = (b"cache-control", b"private")
    asked(lane)
    asked(lane)
    assert behind.asked == 2


def test_where_others_write_too_an_answer_lasts_a_second(behind: Behind) -> None:
    lane = lane_of(behind, longest_s=1.0)
    asked(lane)
    behind.now = 0.9
    asked(lane)
    assert behind.asked == 1
    behind.now = 1.0
    asked(lane)
    assert behind.asked == 2


def test_the_oldest_leave_when_it_gets_too_much(behind: Behind) -> None:
    lane = lane_of(behind, budget=2_100)
    asked(lane, b"1")
    asked(lane, b"2")
    asked(lane, b"1")
    asked(lane, b"3")
    assert behind.asked == 3
    asked(lane, b"1")
    assert behind.asked == 3
    asked(lane, b"2")
    assert behind.asked == 4


# ── on the real thing ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def race(client: TestClient) -> Road:
    race = road(Organizer(client))
    race.gun()
    race.finish({"1": 1_800.0})
    show(race.organizer, race.meet, "public")
    return race


def test_spectators_see_every_change_at_once(race: Road, anonymous: TestClient) -> None:
    path = f"/v1/events/{race.event}/standings"
    for bib in ("2", "3"):
        for _ in range(2):
            assert [one["place"] for one in anonymous.get(path).json()["items"]].count(None) == (2 if bib == "2" else 1)
        race.read("Finish", bib, 1_900.0)
    race.rule("1", "dq")
    assert anonymous.get(path).json()["items"][0]["bib"] == "2"


def test_the_fast_answer_is_the_slow_one(race: Road, anonymous: TestClient) -> None:
    path = f"/v1/events/{race.event}/standings"
    first, second = anonymous.get(path), anonymous.get(path)
    names = ("etag", "cache-control", "vary", "content-type", "content-length", "content-security-policy")
    assert (first.content, [first.headers[n] for n in names]) == (second.content, [second.headers[n] for n in names])
    assert first.headers["X-Request-Id"] != second.headers["X-Request-Id"]
    unchanged = anonymous.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (unchanged.status_code, unchanged.headers["ETag"], unchanged.content) == (304, first.headers["ETag"], b"")


def test_a_meet_that_is_no_longer_public_is_gone_at_once(race: Road, anonymous: TestClient) -> None:
    path = f"/v1/events/{race.event}/standings"
    tag = anonymous.get(path).headers["ETag"]
    assert anonymous.get(path).status_code == 200
    show(race.organizer, race.meet, "private")
    problem(anonymous.get(path), 401, "unidentified")
    problem(anonymous.get(path, headers={"If-None-Match": tag}), 401, "unidentified")
    show(race.organizer, race.meet, "unlisted")
    assert anonymous.get(path).status_code == 200


def test_each_spectator_gets_a_sheet_in_the_language_of_the_browser(race: Road, anonymous: TestClient) -> None:
    path = f"/v1/events/{race.event}/sheets/results.txt"
    for _ in range(2):
        for language, title in (("de", "ERGEBNISSE"), ("fr", "RÉSULTATS"), ("en", "RESULTS")):
            answer = anonymous.get(path, headers={"Accept-Language": language})
            assert (answer.status_code, title in answer.text) == (200, True), language


def test_officials_never_get_what_was_made_for_spectators(race: Road, anonymous: TestClient) -> None:
    path = f"/v1/events/{race.event}/standings/1"
    public = anonymous.get(path)
    mine = race.organizer.client.get(path)
    assert mine.headers["Cache-Control"] == "private"
    assert "C1" in mine.text
    assert "C1" not in public.text
    assert "C1" not in anonymous.get(path).text


def test_pages_of_another_origin_may_read_what_anybody_may(race: Road, anonymous: TestClient) -> None:
    path = f"/v1/events/{race.event}/standings"
    slow = anonymous.get(path)
    unchanged = {"If-None-Match": slow.headers["ETag"]}
    refused = anonymous.get(f"/v1/meets/{race.meet}/log")
    for answer in (slow, anonymous.get(path), anonymous.get(path, headers=unchanged), refused, anonymous.head(path)):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["Access-Control-Expose-Headers"] == "ETag"
        assert answer.headers.get_list("Cross-Origin-Resource-Policy") == ["cross-origin"]
        assert "Access-Control-Allow-Credentials" not in answer.headers
    assert (slow.headers["Vary"], refused.status_code) == ("Authorization", 401)


def test_pages_of_another_origin_may_not_read_what_a_token_opens(race: Road, anonymous: TestClient) -> None:
    path = f"/v1/events/{race.event}/standings"
    anonymous.get(path)
    mine = race.organizer.client.get(path)
    assert mine.headers["Vary"] == "Authorization"
    written = anonymous.post("/v1/meets", json={})
    for answer in (mine, race.organizer.client.get("/v1/meets/nothing"), written):
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert not [name for name in answer.headers if name.startswith("access-control")]


def test_pages_of_any_origin_may_send_the_etag_and_never_a_token(race: Road, anonymous: TestClient) -> None:
    path = f"/v1/events/{race.event}/standings"
    asked = {"Origin": "https://results.test", "Access-Control-Request-Method": "GET"}
    allowed = anonymous.options(path, headers={**asked, "Access-Control-Request-Headers": "if-none-match"})
    assert (allowed.status_code, allowed.content) == (204, b"")
    assert allowed.headers["Access-Control-Allow-Origin"] == "*"
    assert allowed.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert allowed.headers["Access-Control-Allow-Headers"] == "If-None-Match"
    refused = anonymous.options(path, headers={**asked, "Access-Control-Request-Method": "POST"})
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET")
    assert not [name for name in refused.headers if name.startswith("access-control")]
