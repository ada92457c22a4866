"""Reads over HTTP until they are on disk, against the bare store doing the same."""

import tempfile
from collections import deque
from collections.abc import Callable
from pathlib import Path

from bench import limits, load
from bench.figures import Figure, figure, in_turns, seconds
from bench.race import Race, post, set_up
from bench.server import TOKEN, Server, product

BATCH = 10_000
BATCHES = 10
SINGLES = 6_000
CONNECTIONS = 64
RUNNERS = 10_000


def sqlite() -> list[Figure]:
    with product() as server, tempfile.TemporaryDirectory() as folder:
        race, bare = set_up(server.client(), RUNNERS), limits.BareSqlite(Path(folder))
        batches = in_turns(_batches(server, race), _bare_batches(bare.insert))
        singles = in_turns(_singles(server, race), _bare_singles(bare))
    return [
        figure("10,000 reads a post, SQLite / executemany", *batches, "reads/s", 0.60, "higher"),
        figure("one read a post, 64 connections / commits", *singles, "reads/s", 1.1, "higher"),
    ]


def postgres(product_url: str, bare_url: str) -> list[Figure]:
    bare = limits.BarePostgres(bare_url)
    with product(product_url) as server:
        race = set_up(server.client(), RUNNERS)
        batches = in_turns(_batches(server, race), _bare_batches(bare.copy))
    bare.close()
    return [figure("10,000 reads a post, PostgreSQL / COPY", *batches, "reads/s", 0.40, "higher")]


def _batches(server: Server, race: Race) -> Callable[[], float]:
    def measure() -> float:
        requests = [_request(server, race, BATCH) for _ in range(BATCHES)]
        return BATCH * BATCHES / load.run(server.port, requests, connections=2)

    return measure


def _singles(server: Server, race: Race) -> Callable[[], float]:
    def measure() -> float:
        requests = [_request(server, race, 1) for _ in range(SINGLES)]
        return SINGLES / load.run(server.port, requests, CONNECTIONS)

    return measure


def _request(server: Server, race: Race, count: int) -> bytes:
    return load.request(
        "POST",
        f"{server.url}/v1/meets/{race.meet}/reads",
        post(race, count),
        authorization=f"Bearer {TOKEN}",
        content_type="application/json",
    )


def _bare_batches(insert: Callable[[list[limits.Row]], None]) -> Callable[[], float]:
    def measure() -> float:
        batches = [limits.rows(BATCH) for _ in range(BATCHES)]
        return BATCH * BATCHES / seconds(lambda: deque(map(insert, batches), maxlen=0))

    return measure


def _bare_singles(bare: limits.BareSqlite) -> Callable[[], float]:
    def measure() -> float:
        batch = limits.rows(SINGLES)
        return SINGLES / seconds(lambda: bare.insert_one_by_one(batch))

    return measure
