"""Slow, trickling and cut-off requests, over real sockets."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI

from app.api.deadlines import Deadlines, protocol
from app.main import server_of
from app.settings import Settings
from app.store import Database
from tests.api.conftest import ADMIN

HEAD = (
    "POST {path} HTTP/1.1\r\nHost: timing.test\r\nAuthorization: Bearer " + ADMIN + "\r\n"
    "Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
)
BODY = b'{"name": "Bergen Bakover"}'
SOON = Deadlines(header_s=0.3, body_s=1.5, bytes_per_s=100, check_s=0.3, crowd=3, crowded_idle_s=0)

pytestmark = pytest.mark.parametrize("backend", ["sqlite"])
"""Sockets know nothing of databases."""

Connect = Callable[[], socket.socket]


@pytest.fixture
def connect(app: FastAPI) -> Iterator[Connect]:
    """Opens connections to a server that runs the application with short deadlines."""
    server = server_of(app, Settings(port=0))
    server.config.http = protocol(SOON)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.005)
    port = server.servers[0].sockets[0].getsockname()[1]
    opened: list[socket.socket] = []

    def opener() -> socket.socket:
        opened.append(socket.create_connection(("127.0.0.1", port), timeout=10))
        return opened[-1]

    yield opener
    for one in opened:
        one.close()
    server.should_exit = True
    thread.join()


def head(length: int, path: str = "/v1/organizations") -> bytes:
    return HEAD.format(path=path, length=length).encode()


def stored(database: Database) -> int:
    """Organizations: one is there from the start."""
    with database.read() as tx:
        return len(tx.access.organizations())


def answer(connection: socket.socket) -> tuple[int, dict[str, object] | None]:
    """(status, document) of everything until the server closes; (0, None) when it just closes."""
    data = b""
    try:
        while piece := connection.recv(65_536):
            data += piece
    except ConnectionResetError:
        pass
    if not data:
        return 0, None
    headers, _, body = data.partition(b"\r\n\r\n")
    return int(headers.split()[1]), json.loads(body)


def test_a_connection_that_says_nothing_is_closed(connect: Connect) -> None:
    assert answer(connect())[0] == 408


def test_half_a_header_is_closed(connect: Connect) -> None:
    connection = connect()
    connection.sendall(head(10)[:40])
    status, document = answer(connection)
    assert status == 408
    assert document is not None
    assert document["code"] == "too_slow"


def test_a_header_that_comes_byte_by_byte_is_closed_at_the_deadline(connect: Connect) -> None:
    connection = connect()
    for byte in head(10)[:30]:
        try:
            connection.sendall(bytes([byte]))
        except OSError:
            break
        time.sleep(0.02)
    assert answer(connection)[0] in (408, 0)


def test_headers_without_end_are_refused(connect: Connect) -> None:
    connection = connect()
    connection.sendall(b"GET /healthz HTTP/1.1\r\n")
    try:
        for number in range(2_000):
            connection.sendall(b"X-%d: %s\r\n" % (number, b"x" * 100))
    except OSError:
        pass
    assert answer(connection)[0] in (431, 0)


def test_a_body_that_does_not_come_is_closed_and_nothing_stored(connect: Connect, database: Database) -> None:
    connection = connect()
    connection.sendall(head(len(BODY)) + BODY[:5])
    assert answer(connection)[0] == 408
    assert stored(database) == 1


def trickle(connection: socket.socket, piece: bytes, pause_s: float, longest_s: float = 10.0) -> bool:
    """Whether the server closed the connection while we went on sending."""
    end = time.monotonic() + longest_s
    while time.monotonic() < end:
        try:
            connection.sendall(piece)
        except OSError:
            return True
        time.sleep(pause_s)
    return False


def test_a_body_that_trickles_is_closed(connect: Connect) -> None:
    connection = connect()
    connection.sendall(head(100_000))
    assert trickle(connection, b" ", 0.05)


def test_a_body_that_is_fast_enough_may_take_its_time(connect: Connect) -> None:
    connection = connect()
    padded = BODY + b" " * 400
    connection.sendall(head(len(padded)))
    for start in range(0, len(padded), 50):
        connection.sendall(padded[start : start + 50])
        time.sleep(0.1)
    assert b"201" in connection.recv(100)


def test_a_body_that_never_ends_is_closed_at_its_deadline(connect: Connect) -> None:
    connection = connect()
    connection.sendall(head(900_000))
    assert trickle(connection, b" " * 50, 0.1)


def test_a_body_that_is_cut_off_stores_nothing(connect: Connect, database: Database) -> None:
    connection = connect()
    connection.sendall(head(len(BODY)) + BODY[:-1])
    connection.shutdown(socket.SHUT_WR)
    connection.close()
    again = connect()
    again.sendall(b"GET /healthz HTTP/1.1\r\nHost: timing.test\r\nConnection: close\r\n\r\n")
    assert answer(again)[0] == 200
    assert stored(database) == 1


def test_requests_one_after_the_other_each_have_their_time(connect: Connect) -> None:
    connection = connect()
    for _ in range(3):
        connection.sendall(head(len(BODY)) + BODY)
        assert connection.recv(65_536).startswith(b"HTTP/1.1 201")
        time.sleep(0.2)


def test_the_second_request_of_a_connection_has_a_deadline_too(connect: Connect) -> None:
    connection = connect()
    connection.sendall(head(len(BODY)) + BODY)
    assert connection.recv(65_536).startswith(b"HTTP/1.1 201")
    connection.sendall(head(len(BODY)) + BODY[:3])
    assert answer(connection)[0] == 408


def test_the_server_tells_nobody_what_it_is(connect: Connect) -> None:
    connection = connect()
    connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: timing.test\r\n\r\n")
    assert b"uvicorn" not in connection.recv(65_536).lower()


def ask(connection: socket.socket) -> None:
    connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: timing.test\r\n\r\n")
    assert connection.recv(65_536).startswith(b"HTTP/1.1 200")


def test_a_box_may_be_silent_between_two_requests_for_longer_than_a_header_may_take(connect: Connect) -> None:
    box = connect()
    ask(box)
    time.sleep(2 * SOON.header_s)
    ask(box)


def test_those_who_wait_are_sent_away_when_lines_get_short(connect: Connect) -> None:
    first, _second, third = connect(), connect(), connect()
    ask(third)
    assert third.recv(1) == b""
    _second.close()
    time.sleep(0.1)
    ask(first)
    ask(first)
