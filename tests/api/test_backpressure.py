"""A sender is not to blame for a body that the server itself holds back."""

import asyncio
import socket
import threading
import time

import uvicorn
from starlette.types import Receive, Scope, Send

from app.api.deadlines import Deadlines, protocol

MUCH = 2 << 20
SOON = Deadlines(header_s=0.5, body_s=10.0, bytes_per_s=1_000, check_s=0.2)


async def busy(scope: Scope, receive: Receive, send: Send) -> None:
    """Reads the body only after several checks of the rate have passed."""
    await asyncio.sleep(5 * SOON.check_s)
    length = 0
    while True:
        message = await receive()
        length += len(message.get("body", b""))
        if not message.get("more_body"):
            break
    body = str(length).encode()
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def test_a_body_that_waits_for_the_server_is_not_cut_off() -> None:
    config = uvicorn.Config(busy, port=0, http=protocol(SOON), lifespan="off", log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.005)
    address = server.servers[0].sockets[0].getsockname()
    with socket.create_connection(address[:2], timeout=20) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % MUCH + b"x" * MUCH)
        answer = connection.recv(65_536)
    server.should_exit = True
    thread.join()
    assert answer.startswith(b"HTTP/1.1 200")
    assert answer.endswith(str(MUCH).encode())
