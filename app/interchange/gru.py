"""ChronoTrack Live's general results upload (GRU): a row for each athlete, the header made of its tokens.

Source: api.chronotrack.com/dev/docs/gru-results; tokens may be joined by an underscore.
"""

from collections.abc import Mapping
from typing import Final

from app.interchange import finishers
from app.interchange.finishers import WHENCE, WHO, Column, gender, name, official, place, status
from app.interchange.values import Contest, Line

COLUMNS: Final[Mapping[str, Column]] = {
    **WHO,
    "sex": gender,
    **WHENCE,
    "team_name": lambda line: name(line.athlete.team or line.athlete.club),
    "division": lambda line: name(line.athlete.category),
    "overall_rank": place,
    "sex_rank": lambda line: line.place_sex,
    "division_rank": lambda line: line.place_category,
    "time": official,
    "gun_time": lambda line: line.gun,
    "chip_time": lambda line: line.net,
    "status": status,
}
_TITLES: Final = {
    **dict.fromkeys(("bib", "first_name", "last_name", "sex", "age", "country", "status")),
    "category": "division",
    "place": "overall_rank",
    "place_category": "division_rank",
    "mark": "time",
    "gun": "gun_time",
    "net": "chip_time",
}


def write(contest: Contest) -> bytes:
    return finishers.write(contest, COLUMNS)


def read(data: bytes) -> list[Line]:
    return finishers.read(data, {name: title or name for name, title in _TITLES.items()})
