"""A closed-loop HTTP client that costs little: prepared requests over kept connections, one answer awaited each."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from functools import partial
from typing import cast
from urllib.parse import urlsplit

import uvloop


def request(method: str, url: str, body: bytes = b"", **headers: str) -> bytes:
    """The bytes of one request; header names are written with underscores."""
    parts = urlsplit(url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    fields = {"host": parts.netloc, "content_length": str(len(body)), **headers}
    lines = [f"{method} {target} HTTP/1.1", *(f"{name.replace('_', '-')}: {value}" for name, value in fields.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


class _Connection(asyncio.Protocol):
    """Sends the next request when the answer to the last one is whole."""

    def __init__(self, requests: Iterator[bytes], want: bytes, done: asyncio.Future[None]) -> None:
        self._requests, self._want, self._done = requests, want, done
        self._buffer = b""
        self._missing = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._next()

    def data_received(self, data: bytes) -> None:
        if self._missing:
            self._missing -= len(data)
        else:
            self._buffer += data
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            self._missing = self._head(end) - (len(self._buffer) - end - 4)
            self._buffer = b""
        if self._missing <= 0:
            self._next()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self._done.done():
            self._done.set_exception(exc or ConnectionError("the server closed the connection"))

    def _head(self, end: int) -> int:
        """The length of the body that follows; an unexpected status ends the run."""
        head = self._buffer[:end].lower()
        if head[9:12] != self._want:
            self._done.set_exception(RuntimeError(self._buffer[:2000].decode(errors="replace")))
        at = head.find(b"content-length:")
        return 0 if at < 0 else int(head[at + 15 :].split(b"\r\n", 1)[0])

    def _next(self) -> None:
        if self._done.done():
            self._transport.close()
        elif (following := next(self._requests, None)) is None:
            self._done.set_result(None)
            self._transport.close()
        else:
            self._transport.write(following)


def run(port: int, requests: Sequence[bytes], connections: int, want: int = 200) -> float:
    """Send all requests over `connections`; wall seconds. RuntimeError with the answer when one is not `want`."""

    async def all_connections() -> float:
        loop, shared = asyncio.get_running_loop(), iter(requests)
        waiting = [loop.create_future() for _ in range(connections)]
        started = time.perf_counter()
        for done in waiting:
            await loop.create_connection(
                partial(_Connection, shared, b"%d" % want, done),
                "127.0.0.1",
                port,
            )
        await asyncio.gather(*waiting)
        return time.perf_counter() - started

    return uvloop.run(all_connections())
