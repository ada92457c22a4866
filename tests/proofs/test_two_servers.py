"""Two servers on one PostgreSQL database: neither needs to know of the other."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from bench.server import TOKEN, free_port
from tests.lent import lent_database
from tests.proofs.conftest import Amount
from tests.proofs.forked import fork
from tests.proofs.small_meet import MEET, ROAD
from tests.proofs.stored import complaints
from tests.proofs.timing_boxes import TimingBox, body

Servers = tuple[httpx.Client, httpx.Client]


@pytest.fixture(scope="module")
def url(postgres: str) -> Iterator[str]:
    """One database and one pair of servers for all; each test has meets, sources and keys of its own."""
    with lent_database(postgres) as url:
        yield url


@pytest.fixture(scope="module")
def servers(url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    ports = free_port(), free_port()
    folders = [tmp_path_factory.mktemp(str(port)) for port in ports]
    processes = [fork(port, folder, url) for port, folder in zip(ports, folders, strict=True)]
    try:
        first, second = (client(port) for port in ports)
        with first, second:
            yield first, second
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.join(20)


def client(port: int, token: str = TOKEN) -> httpx.Client:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    return httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=60)


def make(server: httpx.Client, path: str, body: Any, **headers: str) -> Any:
    answer = server.post(f"/v1{path}", json=body, headers=headers)
    assert answer.is_success, answer.text
    return answer.json()


def runner(number: int) -> dict[str, Any]:
    return {"bib": str(number), "family_name": f"Runner {number}", "sex": "M", "chips": [f"C{number}"]}


def test_what_one_writes_the_other_shows(servers: Servers) -> None:
    first, second = servers
    meet = make(first, "/meets", MEET)["id"]
    event = make(second, f"/meets/{meet}/events", ROAD)["id"]
    for number in range(20):
        writer, reader = (first, second) if number % 2 else (second, first)
        seq = make(writer, f"/events/{event}/registrations", runner(number))["seq"]
        shown = reader.get(f"/v1/events/{event}/standings", params={"min_seq": seq}).json()
        assert (len(shown["items"]), shown["seq"] >= seq) == (number + 1, True)
    (heat,) = make(first, f"/events/{event}/rounds/final/draw", {})["heats"]
    make(second, f"/heats/{heat['id']}/start", {"at": "2026-06-06T10:00:00Z"})
    assert [one.get(f"/v1/heats/{heat['id']}").json()["state"] for one in servers] == ["started", "started"]


def test_a_private_meet_is_gone_everywhere(servers: Servers) -> None:
    first, second = servers
    meet = make(first, "/meets", MEET)
    address = f"/v1/meets/{meet['id']}"

    def show(visibility: str) -> None:
        tag = first.get(address).headers["ETag"]
        changed = first.patch(address, json={"visibility": visibility}, headers={"If-Match": tag})
        assert changed.status_code == 200

    show("public")
    with httpx.Client(base_url=second.base_url) as spectator:
        assert spectator.get(address).status_code == 200
        show("private")
        # A shared cache may keep a public answer for a second, and so may the other server.
        end = time.monotonic() + 30
        while spectator.get(address).status_code == 200:
            assert time.monotonic() < end
        assert spectator.get(address).status_code == 401


def test_a_request_with_a_key_is_done_once_wherever_it_arrives(servers: Servers) -> None:
    first, second = servers
    before = [len(one.get("/v1/meets").json()["items"]) for one in servers]
    once = make(first, "/meets", MEET, **{"Idempotency-Key": "one"})
    again = second.post("/v1/meets", json=MEET, headers={"Idempotency-Key": "one"})
    assert (again.status_code, again.json(), again.headers["Idempotent-Replayed"]) == (201, once, "true")
    other = second.post("/v1/meets", json=MEET | {"name": "Other"}, headers={"Idempotency-Key": "one"})
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")
    together = threading.Barrier(8)

    def send(number: int) -> tuple[int, str]:
        together.wait()
        answer = servers[number % 2].post("/v1/meets", json=MEET, headers={"Idempotency-Key": "two"})
        return answer.status_code, answer.json().get("id", answer.json().get("code"))

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(send, range(8)))
    assert len([one for one in answers if one[0] == 201]) == 1
    assert {one for one in answers if one[0] != 201} <= {(409, "key_in_use")}
    assert [len(one.get("/v1/meets").json()["items"]) for one in servers] == [number + 2 for number in before]


def test_a_revoked_token_ends_everywhere_at_once(servers: Servers) -> None:
    first, second = servers
    meet = make(first, "/meets", MEET)["id"]
    made = make(first, f"/meets/{meet}/devices", {"name": "finish mat"})
    device = client(second.base_url.port or 0, made["token"])
    reads = f"/v1/meets/{meet}/reads"
    with device:
        assert device.post(reads, content=body("box", 1)).status_code == 200
        address = f"/v1/meets/{meet}/devices/{made['id']}"
        tag = first.get(address).headers["ETag"]
        assert first.delete(address, headers={"If-Match": tag}).status_code == 204
        refused = device.post(reads, content=body("box", 21))
    assert (refused.status_code, refused.json()["code"]) == (401, "bad_token")
    assert len(second.get(reads).json()["items"]) == 20


def test_reads_that_come_to_both_at_once_make_one_log(servers: Servers, url: str, amount: Amount) -> None:
    first, second = servers
    meet = make(first, "/meets", MEET)["id"]
    event = make(first, f"/meets/{meet}/events", ROAD)["id"]
    ports = [one.base_url.port or 0 for one in servers]
    # Both servers get the same reads of the finish, as from a box that has two lines.
    boxes = [TimingBox(port, meet, source).start() for port in ports for source in ("finish", f"mat {port}")]
    try:
        for number in range(amount(40, 400)):
            make(servers[number % 2], f"/events/{event}/registrations", runner(number))
    finally:
        for box in boxes:
            box.stop()
    assert [(box.wrong, box.refused) for box in boxes] == [([], [])] * len(boxes)
    assert all(box.acknowledged for box in boxes)
    assert complaints(url, [(box.source, box.acknowledged) for box in boxes]) == []
    assert positions(first, meet) == positions(second, meet)


def positions(server: httpx.Client, meet: str) -> int:
    """The last position of the log, after checking that facts and reads take every one up to it, once."""
    found = [*pages(server, f"/v1/meets/{meet}/log"), *pages(server, f"/v1/meets/{meet}/reads")]
    assert sorted(found) == list(range(1, len(found) + 1))
    return len(found)


def pages(server: httpx.Client, path: str) -> Iterator[int]:
    cursor: dict[str, str] = {}
    while True:
        page = server.get(path, params={"limit": 500, **cursor}).raise_for_status().json()
        yield from (one["seq"] for one in page["items"])
        if page["next_cursor"] is None:
            return
        cursor = {"cursor": page["next_cursor"]}
