"""Finding a runner by what somebody types: a bib first, else a name. Accents, case, zeros and blanks do not matter."""

import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Annotated, Final, Literal, NamedTuple, TypeVar

from fastapi import Query
from starlette.responses import Response

from app.api.answers import Reply
from app.api.page import PageAsked
from app.operations.find import plain
from app.views.audience import Item

Match = Literal["bib", "similar_bib", "ambiguous_bib", "name"]
"""The bib itself; the one bib like it; one of several like it; a name."""

Typed = Annotated[
    str | None,
    Query(
        min_length=1,
        max_length=100,
        description="A bib or (part of) a name. Accents, case and blanks do not matter, nor zeros before a bib.",
        examples=["brandt"],
    ),
]

Id = TypeVar("Id", bound=str)

_ORDER: Final[dict[Match, str]] = {"bib": "0", "similar_bib": "1", "ambiguous_bib": "1", "name": "2"}
_LETTERS: Final = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
"""Letters that Unicode does not take apart."""


class Found(NamedTuple):
    """`place` is where it stands in the list, and what a cursor says."""

    place: str
    id: str
    match: Match | None


@lru_cache(maxsize=200_000)
def folded(text: str) -> str:
    """`Ångström  Zoë` → `angstrom zoe`."""
    letters = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


def found(
    ids: Iterable[Id],
    typed: str | None,
    page: PageAsked,
    takes: Callable[[Id], bool],
    bibs: Callable[[Id], Iterable[str]],
    name: Callable[[Id], str],
) -> list[Found]:
    """Whom a search among those that `takes` lets through means, from the page asked for on: best first.

    That is the bib itself, bibs like it, then names whose words begin like those typed. Without a search all, by id.
    """
    if typed is None:
        rest = sorted(id for id in ids if (page.id is None or id > page.id) and takes(id))
        return [Found(id, id, None) for id in rest[: page.limit + 1]]
    rows = _searched(filter(takes, ids), typed, bibs, name)
    return rows if page.id is None else [one for one in rows if one.place > page.id]


def _searched(
    ids: Iterable[Id], typed: str, bibs: Callable[[Id], Iterable[str]], name: Callable[[Id], str]
) -> list[Found]:
    words, wanted, like = folded(typed).split(), typed.strip(), plain(typed)
    exact: list[Id] = []
    similar: list[Id] = []
    named: list[Id] = []
    for id in ids:
        worn = tuple(bibs(id))
        if wanted in worn:
            exact.append(id)
        elif any(plain(bib) == like for bib in worn):
            similar.append(id)
        elif words and _fits(folded(name(id)).split(), words):
            named.append(id)
    one_of_several: Match = "ambiguous_bib" if not exact and len(similar) > 1 else "similar_bib"
    groups: tuple[tuple[Match, list[Id]], ...] = (("bib", exact), (one_of_several, similar), ("name", named))
    return sorted(Found(_ORDER[match] + id, id, match) for match, group in groups for id in group)


def answered(reply: Reply, page: PageAsked, seq: int, rows: list[Found], item: Callable[[str], Item]) -> Response:
    """One page of what was found, as of `seq`; each item says by what."""
    shown, more = page.cut(rows[: page.limit + 1], lambda one: one.place)
    return reply.at(seq, lambda: {"items": [item(one.id) | {"match": one.match} for one in shown], "next_cursor": more})


def _fits(name: list[str], words: list[str]) -> bool:
    return all(any(part.startswith(word) for part in name) for word in words)
