"""Head and body in one packet, in their order, and none held back."""

import asyncio
from typing import Any

import pytest

from app.api.together import WORTH_JOINING, Together

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class Wire(asyncio.Transport):
    """Takes note of every packet."""

    def __init__(self) -> None:
        super().__init__()
        self.packets: list[bytes] = []
        self.closed = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.packets.append(bytes(data))

    def close(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed


@pytest.fixture
def wire() -> Wire:
    return Wire()


def over(wire: Wire) -> Any:
    return Together(wire, asyncio.get_running_loop())


async def test_a_head_and_its_body_are_one_packet(wire: Wire) -> None:
    line = over(wire)
    line.write(b"head ")
    assert wire.packets == []
    line.write(b"body")
    await asyncio.sleep(0)
    assert wire.packets == [b"head body"]


async def test_a_head_alone_leaves_when_the_loop_comes_round(wire: Wire) -> None:
    over(wire).write(b"100 Continue")
    await asyncio.sleep(0)
    assert wire.packets == [b"100 Continue"]


async def test_a_long_body_follows_its_head_uncopied(wire: Wire) -> None:
    line, long = over(wire), b"x" * WORTH_JOINING
    line.write(b"head")
    line.write(long)
    assert wire.packets == [b"head", long]


async def test_a_stream_stays_in_order(wire: Wire) -> None:
    line = over(wire)
    for part in (b"head", b"1", b"2", b"3", b"4"):
        line.write(part)
    await asyncio.sleep(0)
    assert b"".join(wire.packets) == b"head1234"


async def test_closing_sends_what_is_held(wire: Wire) -> None:
    line = over(wire)
    line.write(b"408")
    line.close()
    assert (wire.packets, wire.closed, line.is_closing()) == ([b"408"], True, True)
