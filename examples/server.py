"""What all examples ask the server by, and the way that they are run from a shell."""

import argparse
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx

Say = Callable[[str], None]


@dataclass
class Server:
    request: Callable[..., Any]
    """`httpx.Client.request`, or what asks like it."""

    def ask(self, method: str, path: str, body: Any = None, expect: int | None = None, **query: Any) -> Any:
        """What the server answers; `expect` is the status where a refusal is what the rules want."""
        sent: dict[str, Any] = {"json": body} if body is not None else {}
        answer = self.request(method, f"/v1{path}", params=query, **sent)
        fine = answer.status_code < 300 if expect is None else answer.status_code == expect
        assert fine, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json()

    def get(self, path: str, **query: Any) -> Any:
        return self.ask("GET", path, **query)

    def post(self, path: str, body: Any = None, expect: int | None = None) -> Any:
        return self.ask("POST", path, {} if body is None else body, expect)

    def put(self, path: str, body: Any, expect: int | None = None) -> Any:
        return self.ask("PUT", path, body, expect)

    def items(self, path: str, **query: Any) -> list[Any]:
        page = self.ask("GET", path, limit=500, **query)
        found = list(page["items"])
        while page["next_cursor"]:
            page = self.ask("GET", path, limit=500, cursor=page["next_cursor"], **query)
            found += page["items"]
        return found


def run(example: Callable[[Server, Say], Any], about: str | None) -> None:
    asked = argparse.ArgumentParser(description=about)
    base, token = os.environ.get("BACKSTRAIGHT_BASE", "http://127.0.0.1:8000"), os.environ.get("BACKSTRAIGHT_TOKEN")
    asked.add_argument("--base", default=base, help="where the server is (else BACKSTRAIGHT_BASE)")
    whose = "of somebody who may do everything (else BACKSTRAIGHT_TOKEN)"
    asked.add_argument("--token", default=token, required=token is None, help=whose)
    given = asked.parse_args()
    with httpx.Client(base_url=given.base, headers={"Authorization": f"Bearer {given.token}"}, timeout=30) as client:
        example(Server(client.request), print).run()
