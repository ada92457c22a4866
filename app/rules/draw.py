"""Lots that anybody can draw again: a pure function of a published seed.

The lot of the n-th item (from 0) is the SHA-256 of `seed/label/n` in UTF-8; the items are put in the order of their
lots. So a draw depends on its seed and its label alone, not on what was drawn before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Draw:
    seed: int

    def lot(self, label: str, number: int) -> bytes:
        return sha256(f"{self.seed}/{label}/{number}".encode()).digest()

    def order(self, items: Sequence[T], label: str) -> list[T]:
        """The items as drawn. `label` tells the draws of one seed apart: `heats`, `heat 2 lanes 3-6`."""
        drawn = sorted(range(len(items)), key=lambda number: self.lot(label, number))
        return [items[number] for number in drawn]
