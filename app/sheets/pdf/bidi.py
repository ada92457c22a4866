"""In which order characters stand on paper: the Unicode Bidirectional Algorithm (UAX #9) for a line.

Explicit marks of direction are taken out of what is printed before (`clean.py`), so its rules X, and what they ask of
isolates, have nothing to do.
"""

import unicodedata
from collections.abc import Sequence
from itertools import groupby
from typing import Final

_BRACKETS: Final = {"(": ")", "[": "]", "{": "}"}
_STRONG: Final = {"L": "L", "R": "R", "EN": "R", "AN": "R"}
"""What a neutral takes a strong character or a number for (N0, N1)."""
_NEUTRAL: Final = frozenset({"B", "S", "WS", "ON"})


def levels(text: str) -> list[int]:
    """The level of each character: even runs from left to right, odd ones from right to left."""
    kinds = [unicodedata.bidirectional(character) or "L" for character in text]
    base = next((int(kind != "L") for kind in kinds if kind in ("L", "R", "AL")), 0)
    if not base and not {"R", "AL", "AN"} & set(kinds):
        return [0] * len(text)
    original = list(kinds)
    edge = "R" if base else "L"
    _weak(kinds, edge)
    _brackets(text, kinds, edge)
    _neutral(kinds, edge)
    found = [base + _raised(base, kind) for kind in kinds]
    return _trailing(original, found, base)


def visual(runs: Sequence[int]) -> list[int]:
    """Runs by their level, as indexes from left to right (L2)."""
    order = list(range(len(runs)))
    for level in range(max(runs, default=0), 0, -1):
        turned = [(high, list(part)) for high, part in groupby(order, key=lambda i: runs[i] >= level)]
        order = [i for high, part in turned for i in (reversed(part) if high else part)]
    return order


def _raised(base: int, kind: str) -> int:
    """I1, I2."""
    if base:
        return 0 if kind == "R" else 1
    return {"L": 0, "R": 1}.get(kind, 2)


def _weak(kinds: list[str], edge: str) -> None:
    """W1–W7."""
    before = edge
    for i, kind in enumerate(kinds):
        if kind in ("NSM", "BN"):
            kinds[i] = before
        before = kinds[i]
    strong = edge
    for i, kind in enumerate(kinds):
        if kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            kinds[i] = "AN"
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]
    for i in range(1, len(kinds) - 1):
        left, kind, right = kinds[i - 1 : i + 2]
        if left == right and ((kind == "ES" and left == "EN") or (kind == "CS" and left in ("EN", "AN"))):
            kinds[i] = left
    _terminators(kinds)
    strong = edge
    for i, kind in enumerate(kinds):
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[i] = "L"


def _terminators(kinds: list[str]) -> None:
    """W5, W6."""
    at = 0
    for kind, part in groupby(list(kinds)):
        end = at + len(list(part))
        if kind == "ET":
            number = "EN" in (kinds[at - 1] if at else "", kinds[end] if end < len(kinds) else "")
            kinds[at:end] = ["EN" if number else "ON"] * (end - at)
        at = end
    kinds[:] = ["ON" if kind in ("ES", "CS") else kind for kind in kinds]


def _brackets(text: str, kinds: list[str], edge: str) -> None:
    """N0: a pair takes the direction of what it holds, or else of what it stands in."""
    for opened, closed in _pairs(text, kinds):
        inside = {_STRONG[kind] for kind in kinds[opened + 1 : closed] if kind in _STRONG}
        if not inside:
            continue
        before = next((_STRONG[kind] for kind in reversed(kinds[:opened]) if kind in _STRONG), edge)
        side = edge if edge in inside else before
        kinds[opened] = kinds[closed] = side


def _pairs(text: str, kinds: Sequence[str]) -> list[tuple[int, int]]:
    waiting: list[tuple[str, int]] = []
    found = []
    for i, character in enumerate(text):
        if kinds[i] != "ON":
            continue
        if character in _BRACKETS:
            waiting.append((_BRACKETS[character], i))
        elif any(close == character for close, _ in waiting):
            while waiting[-1][0] != character:
                waiting.pop()
            found.append((waiting.pop()[1], i))
    return sorted(found)


def _neutral(kinds: list[str], edge: str) -> None:
    """N1, N2."""
    at, before = 0, edge
    for neutral, part in groupby(list(kinds), key=lambda kind: kind in _NEUTRAL):
        end = at + len(list(part))
        if neutral:
            after = _STRONG[kinds[end]] if end < len(kinds) else edge
            kinds[at:end] = [before if before == after else edge] * (end - at)
        else:
            before = _STRONG[kinds[end - 1]]
        at = end


def _trailing(kinds: Sequence[str], found: list[int], base: int) -> list[int]:
    """L1: white space at the end runs as the line does."""
    end = len(found)
    while end and kinds[end - 1] in ("WS", "S", "B", "BN"):
        end -= 1
        found[end] = base
    return found
