"""What every request asks first: whose token it brings, and which meet its address is about."""

from collections.abc import Callable
from typing import Final, NamedTuple, TypeVar

from app.store.access import TokenRow
from app.store.meets import MeetRow
from app.store.transaction import Reader

REMEMBERED: Final = 10_000
"""Of each; all of them go when one more comes."""

Row = TypeVar("Row", TokenRow, MeetRow)

Asked = tuple[str | None, str | None]
"""The hash of the token and the id in the address, None where there is none."""


class Door(NamedTuple):
    """What stands behind the two, None for what nobody made."""

    token: TokenRow | None
    meet: MeetRow | None


def look(tx: Reader, asked: Asked) -> Door:
    hash, id = asked
    token = None if hash is None else tx.access.principal(hash)
    return Door(token, None if id is None else tx.meets.around(id))


class Doors:
    """Remembers what was found, each of the two for itself, until `forget`.

    Not what was not there: it may come to be without a word to this.
    """

    def __init__(self) -> None:
        self._known = _Known({}, {})

    def get(self, asked: Asked, find: Callable[[Asked], Door]) -> Door:
        # Taken before the look: what is looked up while others make it out of date goes with what they made so.
        tokens, meets = self._known
        hash, id = asked
        token, meet = tokens.get(hash), meets.get(id)
        missing = hash if token is None else None, id if meet is None else None
        if missing == (None, None):
            return Door(token, meet)
        found = find(missing)
        _remember(tokens, hash, found.token)
        _remember(meets, id, found.meet)
        return Door(token or found.token, meet or found.meet)

    def forget(self) -> None:
        """Told when tokens or meets were written, once that is committed."""
        self._known = _Known({}, {})


class _Known(NamedTuple):
    tokens: dict[str | None, TokenRow]
    meets: dict[str | None, MeetRow]


def _remember(known: dict[str | None, Row], asked: str | None, found: Row | None) -> None:
    if found is not None:
        if len(known) >= REMEMBERED:
            known.clear()
        known[asked] = found
