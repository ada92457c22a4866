"""Lists of finishers as CSV with a header: ChronoTrack Live (GRU), RunSignup, and whatever names its columns so."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from app.domain.facts import Status
from app.interchange import text
from app.interchange.hytek_cells import GENDERS, SEXES
from app.interchange.values import Athlete, Contest, Line

Column = Callable[[Line], text.Cell]

STATUSES: Final[Mapping[str, Status]] = {"OK": "OK", "DNF": "DNF", "DNS": "DNS", "DQ": "DQ"}
WHO: Final[Mapping[str, Column]] = {
    "bib": lambda line: name(line.athlete.bib),
    "first_name": lambda line: name(line.athlete.given_name),
    "last_name": lambda line: name(line.athlete.family_name),
}
WHENCE: Final[Mapping[str, Column]] = {
    "age": lambda line: line.athlete.age,
    "country": lambda line: name(line.athlete.nation),
}


def gender(line: Line) -> str:
    return GENDERS.get(line.athlete.sex, "")


def place(line: Line) -> int | None:
    return line.place


def status(line: Line) -> str | None:
    return line.status


def name(given: str) -> str:
    return text.guarded(text.clean(given))


def official(line: Line) -> str | None:
    """Whoever is out has no time."""
    return line.mark if line.status == "OK" else None


def write(contest: Contest, columns: Mapping[str, Column]) -> bytes:
    rows: list[Sequence[text.Cell]] = [list(columns)]
    rows += [[cell(line) for cell in columns.values()] for line in contest.standings]
    return text.written(rows)


def read(data: bytes, titles: Mapping[str, str]) -> list[Line]:
    """`titles` say which column holds what of `Line`: `place`, `mark`, `gun`, `net`, `status`, `sex`, and the rest."""
    return [_line({name: one.get(title, "") for name, title in titles.items()}) for one in text.records(data)]


def _line(one: Mapping[str, str]) -> Line:
    said = STATUSES.get(one.get("status", "").upper())
    mark = one.get("mark") or None
    return Line(
        athlete=Athlete(
            bib=one.get("bib", ""),
            given_name=one.get("first_name", ""),
            family_name=one.get("last_name", ""),
            sex=SEXES.get(one.get("sex", ""), ""),
            age=text.whole(one.get("age", "")),
            nation=one.get("country", ""),
            category=one.get("category", ""),
        ),
        status=said or ("OK" if mark else None),
        place=text.whole(one.get("place", "")),
        mark=mark,
        gun=one.get("gun") or None,
        net=one.get("net") or None,
        place_category=text.whole(one.get("place_category", "")),
    )
