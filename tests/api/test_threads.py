"""Endpoints in threads: what they give, raise and see, and how many run at once."""

import asyncio
import gc
import threading
import time
from collections.abc import Coroutine
from contextlib import suppress
from contextvars import ContextVar
from weakref import ref

import pytest

from app.api.threads import Threads, in_thread, threaded

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def test_work_gives_its_value_to_who_awaits_it() -> None:
    assert await in_thread(divmod, 7, 2) == (3, 1)


async def test_work_raises_where_it_is_awaited() -> None:
    with pytest.raises(ZeroDivisionError):
        await in_thread(divmod, 7, 0)


async def test_work_that_ends_an_iterator_does_not_leave_its_caller_waiting() -> None:
    with pytest.raises(RuntimeError, match="iterator"):
        await asyncio.wait_for(in_thread(next, iter(())), 5)


async def test_work_sees_the_context_of_the_request() -> None:
    asked: ContextVar[str] = ContextVar("asked")
    asked.set("heat 3")
    assert await in_thread(asked.get) == "heat 3"


async def test_an_endpoint_keeps_its_name_and_runs_elsewhere() -> None:
    def where(lane: int) -> tuple[int, str]:
        """The lane, and the thread."""
        return lane, threading.current_thread().name

    run = threaded(where)
    lane, thread = await run(4)
    assert lane == 4
    assert thread != threading.current_thread().name
    assert (run.__name__, run.__doc__) == ("where", "The lane, and the thread.")


async def test_no_more_run_at_once_than_there_are_threads() -> None:
    threads, gate, running, most = Threads(2), threading.Event(), threading.Semaphore(0), [0, 0]
    guard = threading.Lock()

    def work() -> None:
        with guard:
            most[0] += 1
            most[1] = max(most)
        running.release()
        gate.wait(5)
        with guard:
            most[0] -= 1

    waiting = [asyncio.create_task(threads.run(work)) for _ in range(5)]
    await in_thread(running.acquire)
    await in_thread(running.acquire)
    gate.set()
    await asyncio.gather(*waiting)
    assert most == [0, 2]


async def test_who_stops_waiting_leaves_the_work_to_its_end() -> None:
    gate, ended = threading.Event(), threading.Event()

    def work() -> None:
        gate.wait(5)
        ended.set()

    waiting = asyncio.create_task(in_thread(work))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    gate.set()
    assert await in_thread(ended.wait, 5)
    assert await in_thread(lambda: "still served") == "still served"


async def test_a_request_that_was_refused_is_held_by_nobody() -> None:
    """Its body may be an import of 32 MiB, and the garbage collector comes rarely."""

    class Body: ...

    def refuse(body: Body) -> None:
        raise LookupError

    def post() -> Coroutine[None, None, None]:
        body = Body()
        kept.append(ref(body))
        return in_thread(refuse, body)

    kept: list[ref[Body]] = []
    gc.disable()
    try:
        with suppress(LookupError):
            await post()
        await in_thread(time.sleep, 0)
        assert [body() for body in kept] == [None]
    finally:
        gc.enable()


def test_a_loop_that_closed_while_its_work_ran_costs_no_thread() -> None:
    threads, gate = Threads(1), threading.Event()
    loop = asyncio.new_event_loop()
    waiting = loop.create_task(threads.run(gate.wait, 5))
    loop.run_until_complete(asyncio.sleep(0))
    waiting.cancel()
    with suppress(asyncio.CancelledError):
        loop.run_until_complete(waiting)
    loop.close()
    gate.set()
    assert asyncio.run(asyncio.wait_for(threads.run(divmod, 7, 2), 5)) == (3, 1)
