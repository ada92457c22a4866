"""What a command says when the server answers something else than it hoped for."""

from typing import Any

import httpx
import pytest

from app.cli.client import Server
from app.cli.console import Exit, Failure


def server(*answers: httpx.Response) -> tuple[Server, list[httpx.Request]]:
    asked: list[httpx.Request] = []
    waiting = iter(answers)

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return next(waiting)

    return Server("http://test", "secret", transport=httpx.MockTransport(answer)), asked


def problem(status: int, **more: Any) -> httpx.Response:
    headers = {"Content-Type": "application/problem+json"}
    return httpx.Response(status, headers=headers, json={"status": status, "title": "Refused", "detail": "why", **more})


def test_the_token_and_the_query_are_sent() -> None:
    api, asked = server(httpx.Response(200, json={"a": 1}))
    assert api.get("/v1/meets", limit=5, cursor=None) == {"a": 1}
    assert asked[0].headers["Authorization"] == "Bearer secret"
    assert str(asked[0].url) == "http://test/v1/meets?limit=5"


def test_a_list_is_followed_to_its_end() -> None:
    api, asked = server(
        httpx.Response(200, json={"items": [1, 2], "next_cursor": "more"}),
        httpx.Response(200, json={"items": [3], "next_cursor": None}),
    )
    assert list(api.items("/v1/meets")) == [1, 2, 3]
    assert asked[1].url.params["cursor"] == "more"


def test_a_change_names_what_it_changes() -> None:
    api, asked = server(httpx.Response(200, headers={"ETag": '"7"'}, json={}), httpx.Response(200, json={"ok": True}))
    assert api.patch("/v1/meets/meet_1", {"name": "New"}) == {"ok": True}
    assert (asked[1].method, asked[1].headers["If-Match"]) == ("PATCH", '"7"')


def test_a_problem_is_told_in_the_servers_words() -> None:
    api, _ = server(problem(422, errors=[{"pointer": "/bib", "code": "bib_taken", "message": "7 is Ada's"}]))
    with pytest.raises(Failure) as caught:
        api.post("/v1/x", {})
    assert str(caught.value) == "POST /v1/x: 422 Refused: why\n  /bib: 7 is Ada's"
    assert caught.value.status is Exit.REFUSED


def test_an_answer_that_is_no_problem_document_is_shown_as_it_is() -> None:
    api, _ = server(httpx.Response(502, text="bad gateway"))
    with pytest.raises(Failure, match="GET /v1/x: 502 bad gateway"):
        api.get("/v1/x")


def test_no_server_is_said_with_what_to_do() -> None:
    def unreachable(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    api = Server("http://test", None, transport=httpx.MockTransport(unreachable))
    with pytest.raises(Failure, match="backstraight serve") as caught:
        api.get("/healthz")
    assert caught.value.status is Exit.UNREACHABLE


def test_waiting_ends_when_the_server_answers() -> None:
    api, asked = server(problem(503), httpx.Response(200, json={}))
    api.wait(patience_s=5)
    assert len(asked) == 2


def test_waiting_ends_when_the_server_is_gone() -> None:
    api, asked = server(problem(503), problem(503))
    with pytest.raises(Failure):
        api.wait(patience_s=60, alive=lambda: False)
    assert len(asked) == 1


def test_a_stream_that_is_refused_is_a_failure_too() -> None:
    api, _ = server(problem(404))
    with pytest.raises(Failure, match="404"):
        list(api.stream("GET", "/v1/x"))
