"""Endpoints that wait for the database run in threads: `await in_thread(work, …)`.

The framework's own pool does the same and asks three times as much for it, a tenth of all that a small request costs.
"""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from contextvars import Context, copy_context
from functools import partial, wraps
from queue import SimpleQueue
from typing import Any, Final, NamedTuple, ParamSpec, TypeVar

THREADS: Final = 40

P = ParamSpec("P")
T = TypeVar("T")


class _Job(NamedTuple):
    loop: asyncio.AbstractEventLoop
    done: asyncio.Future[Any]
    context: Context
    work: Callable[[], Any]


class Threads:
    """They are started when all others are busy, up to a number, and end with the process."""

    def __init__(self, most: int = THREADS) -> None:
        self._jobs: SimpleQueue[_Job] = SimpleQueue()
        self._most = most
        self._guard = threading.Lock()
        self._started = 0
        self._unfinished = 0

    @property
    def idle(self) -> bool:
        """Whether none of them has anything to do."""
        return not self._unfinished

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `work` gives or raises. Who stops waiting leaves it running to its end."""
        loop = asyncio.get_running_loop()
        job = _Job(loop, loop.create_future(), copy_context(), partial(work, *args, **kwargs))
        with self._guard:
            self._unfinished += 1
            if self._unfinished > self._started and self._started < self._most:
                self._started += 1
                threading.Thread(target=self._serve, name=f"endpoints-{self._started}", daemon=True).start()
        self._jobs.put(job)
        try:
            result: T = await job.done
            return result
        finally:
            del job  # as in `_do`

    def _serve(self) -> None:
        while True:
            self._do(self._jobs.get())

    def _do(self, job: _Job) -> None:
        result, error = None, None
        try:
            result = job.context.run(job.work)
        except BaseException as raised:  # Whatever it is, it is the caller's.
            error = raised
        with self._guard:
            self._unfinished -= 1
        with suppress(RuntimeError):  # The loop has closed: nobody waits, and this thread must go on.
            job.loop.call_soon_threadsafe(_settle, job.done, result, error)
        # An error that its own traceback leads back to would keep the whole request until the garbage collector comes.
        del job, error


def _settle(done: asyncio.Future[Any], result: object, error: BaseException | None) -> None:
    if done.cancelled():
        return
    if error is None:
        done.set_result(result)
    elif isinstance(error, StopIteration):
        done.set_exception(RuntimeError("an iterator ended where an endpoint answers"))
    else:
        done.set_exception(error)


threads: Final = Threads()
in_thread: Final = threads.run


def threaded(endpoint: Callable[P, T]) -> Callable[P, Coroutine[Any, Any, T]]:
    """The same endpoint, for a framework that would hand over a plain function itself."""

    @wraps(endpoint)
    async def run(*args: P.args, **kwargs: P.kwargs) -> T:
        return await in_thread(endpoint, *args, **kwargs)

    return run
