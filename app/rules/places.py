"""Places as printed (R44): equal share the lower number and the next one is skipped, "1224"."""

from collections.abc import Hashable, Sequence
from typing import Any, Protocol, TypeVar


class Sortable(Hashable, Protocol):
    def __lt__(self, other: Any, /) -> bool: ...


K = TypeVar("K", bound=Sortable)


def places(keys: Sequence[K]) -> list[int]:
    """The place of each key, smallest first; keys may come in any order, equal keys share a place.

    >>> places([10_200, 10_100, 10_200, 10_300])
    [2, 1, 2, 4]
    """
    first: dict[K, int] = {}
    for place, key in enumerate(sorted(keys), 1):
        first.setdefault(key, place)
    return [first[key] for key in keys]


def shared(placed: Sequence[int]) -> list[str]:
    """As printed, `=` before a place that is shared: `1 =2 =2 4`."""
    return [f"={place}" if placed.count(place) > 1 else str(place) for place in placed]
