"""What became of requests that carry an Idempotency-Key: claimed before the work, in a transaction of its own, and
settled within the work's. So a claim is kept exactly when the work is, and every process sees what runs.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final

import msgspec

from app.domain.ids import ActorId
from app.domain.units import SECOND, Duration, Instant
from app.store.session import Dialect, Session

KEPT: Final = Duration(7 * 86_400 * SECOND)
ABANDONED: Final = Duration(120 * SECOND)
"""A claim this old died with its process: the next request takes it over."""


@dataclass(frozen=True, slots=True)
class New:
    """This request does the work."""

    claim: "Claim"


@dataclass(frozen=True, slots=True)
class InFlight:
    """Another request with this key is doing it."""


@dataclass(frozen=True, slots=True)
class Done:
    """The answer that was given."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Mismatch:
    """The key was used for another request."""


@dataclass(frozen=True, slots=True)
class Claim:
    principal: ActorId
    key: str
    at: Instant


@dataclass(frozen=True, slots=True)
class AnswerLost:
    """The work was done. Its process died before the answer was kept, or the answer named somebody who was erased."""


class ClaimLost(Exception):
    """The work took so long that another request took it over: this one must roll back."""


Begun = New | InFlight | Done | AnswerLost | Mismatch
_SETTLED: Final = 0
"""In place of a status: the work is committed, its answer is being written."""


_HOLDS: Final[dict[Dialect, str]] = {"sqlite": "instr(body, ?) > 0", "postgresql": "position(? IN body) > 0"}

_held: Final[ContextVar[Claim | None]] = ContextVar("held", default=None)


@contextmanager
def holding(claim: Claim) -> Iterator[None]:
    """Every transaction that is written inside, by this task and the threads it waits for, settles the claim."""
    token = _held.set(claim)
    try:
        yield
    finally:
        _held.reset(token)


class Idempotency:
    def __init__(self, session: Session) -> None:
        self._session = session

    def begin(self, principal: ActorId, key: str, route: str, digest: str, at: Instant) -> Begun:
        """Claim the key, in a transaction that holds nothing else. `digest` is the request body's."""
        self._session.run("DELETE FROM idempotency WHERE created_at_us < ?", at - KEPT)
        claimed = self._session.changed(
            "INSERT INTO idempotency (principal, key, route, digest, created_at_us) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (principal, key) DO UPDATE SET created_at_us = excluded.created_at_us "
            "WHERE idempotency.status IS NULL AND idempotency.created_at_us < ? "
            "AND idempotency.route = excluded.route AND idempotency.digest = excluded.digest",
            principal,
            key,
            route,
            digest,
            at,
            at - ABANDONED,
        )
        return New(Claim(principal, key, at)) if claimed else self._standing(principal, key, route, digest, at)

    def settle_held(self) -> None:
        """Part of every transaction: nothing where no key came along."""
        claim = _held.get()
        if claim is not None:
            self.settle(claim)

    def settle(self, claim: Claim) -> None:
        """The work is done: part of the transaction that does it, so that it can never be done again. `ClaimLost`."""
        settled = self._session.changed(
            "UPDATE idempotency SET status = ? "
            "WHERE principal = ? AND key = ? AND created_at_us = ? AND coalesce(status, ?) = ?",
            _SETTLED,
            claim.principal,
            claim.key,
            claim.at,
            _SETTLED,
            _SETTLED,
        )
        if not settled:
            raise ClaimLost

    def finish(self, claim: Claim, status: int, headers: dict[str, str], body: bytes) -> None:
        """Keep the answer, in the transaction that does the work or after it was settled there. `ClaimLost`."""
        done = self._session.changed(
            "UPDATE idempotency SET status = ?, headers = ?, body = ? "
            "WHERE principal = ? AND key = ? AND created_at_us = ? AND coalesce(status, ?) = ?",
            status,
            msgspec.json.encode(headers).decode(),
            body,
            claim.principal,
            claim.key,
            claim.at,
            _SETTLED,
            _SETTLED,
        )
        if not done:
            raise ClaimLost

    def abandon(self, claim: Claim) -> None:
        """The work was refused or failed: the key may be used again."""
        self._session.run(
            "DELETE FROM idempotency WHERE principal = ? AND key = ? AND created_at_us = ? AND status IS NULL",
            claim.principal,
            claim.key,
            claim.at,
        )

    def forget(self, ids: Iterable[str]) -> None:
        """Answers that hold one of them are gone. Their keys stay, so that nothing is done again."""
        holds = _HOLDS[self._session.dialect]
        for id in ids:
            self._session.run(f"UPDATE idempotency SET headers = NULL, body = NULL WHERE {holds}", id.encode())

    def _standing(self, principal: ActorId, key: str, route: str, digest: str, at: Instant) -> Begun:
        columns = "route, digest, status, headers, body, created_at_us"
        sql = f"SELECT {columns} FROM idempotency WHERE principal = ? AND key = ?"
        row = self._session.the(sql, principal, key)
        if (row[0], row[1]) != (route, digest):
            return Mismatch()
        if row[2] is None:
            return InFlight()
        if row[2] == _SETTLED:
            return AnswerLost() if row[5] < at - ABANDONED else InFlight()
        if row[4] is None:
            return AnswerLost()
        return Done(row[2], msgspec.json.decode(row[3], type=dict[str, str]), bytes(row[4]))
