"""RunSignup's results: one list of finishers under the titles that its upload knows; whoever is out comes last."""

from collections.abc import Mapping
from typing import Final

from app.interchange import finishers
from app.interchange.finishers import WHENCE, WHO, Column, gender, name, official, place, status
from app.interchange.values import Contest, Line

COLUMNS: Final[Mapping[str, Column]] = {
    "place": place,
    **WHO,
    "gender": gender,
    "age": WHENCE["age"],
    "country_code": WHENCE["country"],
    "time": official,
    "clock_time": lambda line: line.gun,
    "chip_time": lambda line: line.net,
    "division": lambda line: name(line.athlete.category),
    "division_place": lambda line: line.place_category,
    "status": status,
}
_TITLES: Final = {
    **dict.fromkeys(("bib", "first_name", "last_name", "age", "place", "status")),
    "sex": "gender",
    "country": "country_code",
    "category": "division",
    "place_category": "division_place",
    "mark": "time",
    "gun": "clock_time",
    "net": "chip_time",
}


def write(contest: Contest) -> bytes:
    return finishers.write(contest, COLUMNS)


def read(data: bytes) -> list[Line]:
    return finishers.read(data, {name: title or name for name, title in _TITLES.items()})
