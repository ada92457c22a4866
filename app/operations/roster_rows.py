"""One row of a roster as an entry; a cell that cannot be read is refused, with what was probably meant."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from typing import Final, TypeVar
from unicodedata import normalize

from app.domain.ids import Bib, Chip
from app.domain.meet import PublishName, Role, Sex
from app.domain.refusals import Invalid
from app.interchange.xlsx import EPOCH
from app.operations.entries import Entry
from app.operations.people import Identity
from app.operations.roster_nations import nation_of

COLUMNS: Final = (
    "bib",
    "family_name",
    "given_name",
    "sex",
    "birth_date",
    "age",
    "nation",
    "club",
    "category",
    "chips",
    "seed_mark",
    "pb",
    "sb",
    "wave",
    "team",
    "role",
    "external_id",
    "publish_name",
)
_MEN: Final = (
    *("m", "male", "man", "men", "männlich", "maennlich", "mann", "masculin", "homme", "maschio", "maschile"),
    *("hombre", "masculino"),
)
_WOMEN: Final = (
    *("w", "f", "female", "woman", "women", "weiblich", "frau", "féminin", "femme", "femmina", "femminile"),
    *("mujer", "femenino"),
)
SEXES: Final[Mapping[str, Sex]] = {**dict.fromkeys(_MEN, "M"), **dict.fromkeys(_WOMEN, "W"), "x": "X"}
ROLES: Final[Mapping[str, Role]] = {"competitor": "competitor", "guest": "guest", "pacer": "pacer"}
PUBLISH: Final[Mapping[str, PublishName]] = {"full": "full", "initials": "initials", "bib": "bib"}
OTHER_TITLES: Final[Mapping[str, tuple[str, ...]]] = {
    "bib": ("no", "number", "nr", "#"),
    "sex": ("m", "class"),
    "family_name": ("name", "runner", "athlete"),
}
"""What a column that must be there may be called, among other things: it is asked for, not guessed."""

Word = TypeVar("Word")
LONGEST: Final = 200
LONGEST_CHIPS: Final = 2_000

_BREAKS: Final = re.compile(r"[\t\r\n]+")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_AGE: Final = re.compile(r"(\d{1,3})(?:\.0*)?", re.ASCII)
_DAY_FIRST: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
_YEAR_FIRST: Final = re.compile(r"(\d{4})[./](\d{1,2})[./](\d{1,2})", re.ASCII)
_DAYS: Final = re.compile(r"[1-4]\d{4}", re.ASCII)
"""Of spreadsheets: day 10,000 is in 1927, day 49,999 in 2036."""
_ISO: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@dataclass(eq=False)
class BadCell(Invalid):
    suggestion: str | None = None


def given_of(columns: Mapping[str, int], cells: Sequence[str]) -> dict[str, str]:
    """Text by column; an empty or missing cell is none. `BadCell` for what is no line of text."""
    return {
        name: _line(text, name)
        for name, index in columns.items()
        if index < len(cells) and (text := cells[index].strip())
    }


def entry_of(given: Mapping[str, str], sex: Sex | None = None) -> Entry:
    """`sex` is that of all runners of the event, if they have one."""
    identity = Identity(
        sex=sex if sex and "sex" not in given else sex_of(given.get("sex")),
        family_name=given.get("family_name"),
        given_name=given.get("given_name"),
        birth_date=birth_date_of(given.get("birth_date")),
        age=_age(given.get("age")),
        nation=nation_of(given.get("nation")),
        club=given.get("club"),
        publish_name=_one_of(PUBLISH, given.get("publish_name"), "publish_name"),
        external_id=given.get("external_id"),
    )
    return Entry(
        bib=Bib(given.get("bib", "")),
        identity=identity,
        role=_one_of(ROLES, given.get("role"), "role"),
        category=given.get("category"),
        wave=given.get("wave"),
        team=given.get("team"),
        seed_mark=given.get("seed_mark"),
        pb=given.get("pb"),
        sb=given.get("sb"),
        chips=tuple(map(Chip, given["chips"].split())) if "chips" in given else (),
    )


def suggestion_for(column: str, titles: Sequence[str]) -> str:
    """Which of the titles that say nothing here was probably meant, as the end of a sentence."""
    by_name = {title.casefold(): title for title in titles}
    known = [by_name[name] for name in OTHER_TITLES.get(column, ()) if name in by_name]
    close = get_close_matches(column, list(by_name), n=1)
    for title in known or [by_name[name] for name in close]:
        return f", or rename the column {title!r}"
    return ""


def _line(text: str, column: str) -> str:
    """One line, as long as the API takes it; what is no text at all is kept by no database."""
    if text.isprintable() and len(text) <= LONGEST:
        return text
    line = _BREAKS.sub(" ", text)
    if _CONTROL.search(line):
        raise BadCell(
            f"/{column}", "control_character", f"the {column} holds a character that cannot be seen: delete it"
        )
    if len(line) > (LONGEST_CHIPS if column == "chips" else LONGEST):
        message = f"the {column} is {len(line):,} characters long: {LONGEST} are the most"
        raise BadCell(f"/{column}", "too_long", message)
    return line


def sex_of(text: str | None) -> Sex:
    """`BadCell` for none."""
    if text is None:
        raise BadCell("/sex", "no_sex", "a runner needs a sex: write M, W or X")
    sex = SEXES.get(normalize("NFC", text).casefold())
    if sex is None:
        raise BadCell("/sex", "not_a_sex", f"{text!r} is no sex: write M, W or X")
    return sex


def _age(text: str | None) -> int | None:
    if text is None:
        return None
    found = _AGE.fullmatch(text)
    if found is None:
        raise BadCell("/age", "not_an_age", f"{text!r} is no age: write whole years, or leave it empty")
    return int(found[1])


def birth_date_of(text: str | None) -> str | None:
    """An ISO day, also of one with dots: they part a day, a month and a year everywhere. `BadCell` for any other way to
    write one, with the day that is probably meant."""
    if text is None or _ISO.fullmatch(text):
        return text
    if is_day_first(text):
        return _day_meant(text)
    if _DAYS.fullmatch(text):
        meant = (EPOCH + timedelta(days=int(text))).isoformat()
        message = f"{text!r} is how a spreadsheet counts days: format the column as a date, or write the day as {meant}"
        raise BadCell("/birth_date", "not_a_date", message, meant)
    raise BadCell("/birth_date", "not_a_date", f"{text!r} is no date: write the day as 1990-05-03", _day_meant(text))


def is_day_first(text: str) -> bool:
    """Whether it is a day that there was, written with dots."""
    return _DAY_FIRST.fullmatch(text) is not None and _day_meant(text) is not None


def _day_meant(text: str) -> str | None:
    """None where there is no such day."""
    if found := _DAY_FIRST.fullmatch(text):
        year, month, day = found[3], found[2], found[1]
    elif found := _YEAR_FIRST.fullmatch(text):
        year, month, day = found.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _one_of(words: Mapping[str, Word], text: str | None, column: str) -> Word | None:
    if text is None:
        return None
    word = words.get(text.casefold())
    if word is None:
        close = get_close_matches(text.casefold(), list(words), n=1)
        message = f"{text!r} is no {column}: write {' or '.join(words)}, or leave it empty"
        raise BadCell(f"/{column}", f"not_a_{column}", message, *close)
    return word
