"""Talks to a server over its HTTP API, as every other client does."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import IO, Any, Self

import httpx

from app.cli.console import Exit, Failure

DEFAULT_BASE = "http://127.0.0.1:8000"


class Server:
    """One server and one token. Anything but 2xx is a `Failure` with the server's own words."""

    def __init__(
        self, base: str, token: str | None, timeout_s: float = 120.0, transport: httpx.BaseTransport | None = None
    ) -> None:
        self.base = base.rstrip("/")
        self.token = token
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._http = httpx.Client(
            base_url=self.base, headers=headers, timeout=timeout_s, trust_env=False, transport=transport
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def get(self, path: str, **query: Any) -> Any:
        return self._call("GET", path, query).json()

    def post(self, path: str, body: Any, **query: Any) -> Any:
        return self._call("POST", path, query, json=body).json()

    def put(self, path: str, body: Any) -> Any:
        """Over whatever is there, if anything is."""
        return self._call("PUT", path, {}, json=body, headers={"If-Match": "*"}).json()

    def delete(self, path: str) -> None:
        """What is there now: fetched first, for the ETag that `If-Match` asks for."""
        self._call("DELETE", path, {}, headers={"If-Match": self._etag(path)})

    def patch(self, path: str, body: Any) -> Any:
        """Changes what is there now: fetched first, as for `delete`."""
        return self._call("PATCH", path, {}, json=body, headers={"If-Match": self._etag(path)}).json()

    def send(self, path: str, content: bytes | IO[bytes], content_type: str, **query: Any) -> Any:
        """A body that is not JSON."""
        headers = {"Content-Type": content_type}
        return self._call("POST", path, query, content=content, headers=headers).json()

    def items(self, path: str, **query: Any) -> Iterator[Any]:
        """All items of a list, page by page."""
        query.setdefault("limit", 500)
        while True:
            page = self.get(path, **query)
            yield from page["items"]
            if page["next_cursor"] is None:
                return
            query["cursor"] = page["next_cursor"]

    def stream(self, method: str, path: str, **query: Any) -> Iterator[bytes]:
        """The bytes of an answer too large to hold."""
        with reaching(self.base), self._http.stream(method, path, params=_present(query)) as answer:
            if answer.is_error:
                answer.read()
                raise refused(answer)
            yield from answer.iter_bytes()

    def wait(self, patience_s: float, alive: Callable[[], bool] = lambda: True) -> None:
        """Until /healthz answers 200; the last `Failure` when it has not in time, or is no longer `alive`."""
        end = time.monotonic() + patience_s
        while True:
            try:
                self.get("/healthz")
                return
            except Failure:
                if time.monotonic() > end or not alive():
                    raise
                time.sleep(0.05)

    def _etag(self, path: str) -> str:
        return self._call("GET", path, {}).headers["ETag"]

    def _call(self, method: str, path: str, query: dict[str, Any], **body: Any) -> httpx.Response:
        with reaching(self.base):
            answer = self._http.request(method, path, params=_present(query), **body)
        if answer.is_error:
            raise refused(answer)
        return answer


@contextmanager
def reaching(base: str) -> Iterator[None]:
    """Turns an address that does not answer into a `Failure`."""
    try:
        yield
    except httpx.TransportError as error:
        hint = "Start one with `backstraight serve`, or say with --base where it listens."
        raise Failure(f"No server answers at {base} ({error}).", hint, Exit.UNREACHABLE) from error


def _present(query: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in query.items() if value is not None}


def refused(answer: httpx.Response) -> Failure:
    """The problem document as a sentence or two."""
    asked = f"{answer.request.method} {answer.request.url.path}"
    if not answer.headers.get("Content-Type", "").startswith("application/problem+json"):
        return Failure(f"{asked}: {answer.status_code} {answer.text[:200]}")
    problem = answer.json()
    faults = [error for error in problem.get("errors", []) if error.get("pointer")]
    at_fault = [f"  {error['pointer']}: {error.get('message', '')}" for error in faults]
    return Failure(
        "\n".join([f"{asked}: {problem['status']} {problem['title']}: {problem.get('detail', '')}", *at_fault])
    )
