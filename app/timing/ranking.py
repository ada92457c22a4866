"""Places as printed, "1224", for a whole field: overall, by sex, by category (R44)."""

import numpy as np

from app.timing.columns import Ints
from app.timing.field import NEVER


def ordered(key: Ints) -> Ints:
    """Indices of all who have a key (not NEVER), smallest key first; equal keys in the order they come in."""
    has = np.flatnonzero(key != NEVER)
    return has[np.argsort(key[has], kind="stable")]


def places_in_order(key: Ints, order: Ints, group: Ints | None = None) -> Ints:
    """Place of everyone, 0 for none. `order` is `ordered(key)`; places count inside each group, none in group -1."""
    places = np.zeros(len(key), np.int64)
    if group is not None:
        codes = group[order]
        order, codes = order[codes >= 0], codes[codes >= 0]
        by_group = np.argsort(codes.astype(np.uint16) if codes.max(initial=0) < 2**16 else codes, kind="stable")
        order, codes = order[by_group], codes[by_group]
    if not len(order):
        return places
    position, keys = np.arange(len(order)), key[order]
    first = np.zeros(len(order), np.int64)
    changed = np.empty(len(order), np.bool_)
    changed[0], changed[1:] = True, keys[1:] != keys[:-1]
    if group is not None:
        new = np.empty(len(order), np.bool_)
        new[0], new[1:] = True, codes[1:] != codes[:-1]
        changed |= new
        first = np.maximum.accumulate(np.where(new, position, 0))
    places[order] = np.maximum.accumulate(np.where(changed, position, 0)) - first + 1
    return places
