"""Nations as lists write them: by code, or by a name in any language of sheets."""

from collections import defaultdict
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from typing import Final
from unicodedata import normalize

from app.sheets.nations import nations

_SHORT: Final = 2
"""Letters of a code that is as likely one of a state or a province: nothing is taken for a nation by it."""


def nation_of(text: str | None) -> str | None:
    """The code of what names one nation and no other; anything else stays as it is written."""
    if text is None or text in nations() or len(text) <= _SHORT:
        return text
    return _names().get(_key(text), text)


def nearly_nation(text: str) -> str | None:
    """The code of what is nearly one, or nearly a name."""
    names = _names()
    key = _key(text)
    if key in names or len(key) <= _SHORT:
        return names.get(key)
    close = get_close_matches(key[:60], names, n=1, cutoff=0.8)
    return names[close[0]] if close else None


@cache
def _names() -> Mapping[str, str]:
    """Every code and name that is of one nation alone: `GB` is of five."""
    found = defaultdict[str, set[str]](set)
    for code, row in nations().items():
        for name in filter(None, row.values()):
            found[_key(name)].add(code)
    return {name: codes.pop() for name, codes in found.items() if len(codes) == 1}


def _key(text: str) -> str:
    return normalize("NFC", text.strip()).casefold()
