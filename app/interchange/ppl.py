"""FinishLynx people (`lynx.ppl`): id, last and first name, affiliation, licence, and in some files the gender.

A line that starts with a semicolon is a comment.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from app.interchange import text
from app.interchange.lif import NO_ESCAPE
from app.interchange.values import Athlete

COMMENT: Final = ";"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    id: str
    last: str = ""
    first: str = ""
    affiliation: str = ""
    license: str = ""
    gender: str = ""


def write(people: Iterable[Person]) -> bytes:
    return text.written((_cells(person) for person in people), quotes=False)


def read(data: bytes) -> list[tuple[int, Person]]:
    """Each with the number of its line."""
    lines = text.split(text.decoded(data), quotes=False)
    return [(number, _person(cells)) for number, cells in lines if not cells[0].lstrip().startswith(COMMENT)]


def of_athletes(athletes: Iterable[Athlete]) -> list[Person]:
    """Each bib once."""
    once = {one.bib: one for one in athletes}
    return [
        Person(
            id=one.bib,
            last=one.family_name,
            first=one.given_name,
            affiliation=one.club or one.nation,
            gender=one.sex,
        )
        for one in once.values()
    ]


def _cells(person: Person) -> list[str]:
    id = text.clean(person.id, NO_ESCAPE).lstrip(COMMENT)
    names = (text.guarded(text.clean(name, NO_ESCAPE)) for name in (person.last, person.first, person.affiliation))
    return [id, *names, text.clean(person.license, NO_ESCAPE), text.clean(person.gender, NO_ESCAPE)]


def _person(cells: Sequence[str]) -> Person:
    last, first, affiliation = (text.unguarded(text.cell(cells, index)) for index in (1, 2, 3))
    return Person(
        id=text.cell(cells, 0),
        last=last,
        first=first,
        affiliation=affiliation,
        license=text.cell(cells, 4),
        gender=text.cell(cells, 5),
    )
