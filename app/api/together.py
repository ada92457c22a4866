"""Head and body of an answer leave in one packet: every write wakes the client's machine, or its other core."""

import asyncio
from typing import Final

WORTH_JOINING: Final = 64 << 10
"""Longer bodies are not copied for the sake of a packet."""


class Together(asyncio.Transport):
    """Holds a first write back until the next one, or until the loop comes round, whichever is sooner."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._transport = transport
        self._loop = loop
        self._held: bytes | None = None

    def write(self, data: bytes | bytearray | memoryview) -> None:
        held = self._held
        if held is None:
            self._held = bytes(data)
            self._loop.call_soon(self._send)
        elif len(data) < WORTH_JOINING:
            self._held = None
            self._transport.write(held + data)
        else:
            self._send()
            self._transport.write(data)

    def close(self) -> None:
        self._send()
        self._transport.close()

    def is_closing(self) -> bool:
        return self._transport.is_closing()

    def _send(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            self._transport.write(held)
