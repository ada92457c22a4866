"""What every request asks first: whose token it brings, and which meet its address is about."""

from collections.abc import Callable
from typing import Final, NamedTuple

from app.store.access import TokenRow
from app.store.meets import MeetRow
from app.store.transaction import Reader

REMEMBERED: Final = 10_000

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
    """Remembers what was found, until `forget`.

    Not what was not there: it may come to be without a word to this.
    """

    def __init__(self) -> None:
        self._known: dict[Asked, Door] = {}

    def get(self, asked: Asked, find: Callable[[Asked], Door]) -> Door:
        # Taken before the look: what is looked up while others make it out of date goes with what they made so.
        known = self._known
        door = known.get(asked)
        if door is None:
            door = find(asked)
            if all(found is not None for one, found in zip(asked, door, strict=True) if one is not None):
                if len(known) >= REMEMBERED:
                    known.clear()
                known[asked] = door
        return door

    def forget(self) -> None:
        """Told when tokens or meets were written, once that is committed."""
        self._known = {}
