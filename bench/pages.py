"""A standings page of 500 rows, and its 304, to a spectator, against uvicorn sending the same bytes."""

from collections.abc import Callable

import httpx

from bench import load
from bench.figures import Figure, figure, in_turns
from bench.race import post, set_up
from bench.server import TOKEN, Server, bare, product

RUNNERS = 2_000
REQUESTS = 4_000
CONNECTIONS = 32
_PER_CONNECTION = {b"date", b"server", b"content-length", b"connection"}


def spectators() -> list[Figure]:
    with product() as server:
        api = server.client()
        race = set_up(api, RUNNERS)
        _everybody_seen(api, race.meet, post(race, RUNNERS))
        path = f"/v1/events/{race.event}/standings?limit=500"
        page = httpx.get(server.url + path)
        page.raise_for_status()
        unchanged = httpx.get(server.url + path, headers={"If-None-Match": page.headers["etag"]})
        return [
            _against_bare("standings page of 500 rows / raw ASGI", server, path, page),
            _against_bare("the same unchanged (304) / raw ASGI", server, path, unchanged, page.headers["etag"]),
        ]


def _everybody_seen(api: httpx.Client, meet: str, body: bytes) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    api.post(f"/v1/meets/{meet}/reads", content=body, headers=headers).raise_for_status()


def _against_bare(name: str, server: Server, path: str, answer: httpx.Response, etag: str | None = None) -> Figure:
    headers = [(key, value) for key, value in answer.headers.raw if key.lower() not in _PER_CONNECTION]
    headers.append((b"content-length", b"%d" % len(answer.content)))
    with bare(headers, answer.status_code, answer.content) as limit:
        values, limits = in_turns(
            _requests(server, path, answer.status_code, etag), _requests(limit, path, answer.status_code, etag)
        )
    return figure(name, values, limits, "answers/s", 0.25, "higher")


def _requests(server: Server, path: str, status: int, etag: str | None) -> Callable[[], float]:
    url = server.url + path
    one = load.request("GET", url, if_none_match=etag) if etag else load.request("GET", url)

    def measure() -> float:
        return REQUESTS / load.run(server.port, [one] * REQUESTS, CONNECTIONS, status)

    return measure
