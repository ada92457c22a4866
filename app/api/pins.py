"""Lists as they were when their first page was sent, so that the next pages neither skip nor repeat.

Nothing here is truth: a list that has left is made again from the log.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, Final, Protocol

ROWS_KEPT: Final = 400_000
LISTS_KEPT: Final = 64


class Rows(Protocol):
    """Anything of which a page can be taken; it never changes."""

    def __len__(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Pin:
    """`seq` is the position of the log that the rows are as of."""

    seq: int
    rows: Any


class Pins:
    """By (list and filters, position), those unused longest leave first. Safe to share between threads."""

    def __init__(self, rows: int = ROWS_KEPT, lists: int = LISTS_KEPT) -> None:
        self._most_rows, self._most_lists = rows, lists
        self._total = 0
        self._kept: OrderedDict[tuple[bytes, int], Pin] = OrderedDict()
        self._guard = threading.Lock()

    def get(self, key: bytes, seq: int) -> Pin | None:
        with self._guard:
            pin = self._kept.get((key, seq))
            if pin is not None:
                self._kept.move_to_end((key, seq))
            return pin

    def keep(self, key: bytes, pin: Pin) -> None:
        with self._guard:
            before = self._kept.pop((key, pin.seq), None)
            self._total += len(pin.rows) - (0 if before is None else len(before.rows))
            self._kept[key, pin.seq] = pin
            while len(self._kept) > self._most_lists or (self._total > self._most_rows and len(self._kept) > 1):
                _, gone = self._kept.popitem(last=False)
                self._total -= len(gone.rows)
