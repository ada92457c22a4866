"""Which column of a list holds what: as it was said, as the list's own titles say it, as the last list of the same
source was read, or as lists usually call it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

from app.domain.refusals import Invalid
from app.interchange import rosters
from app.interchange.rosters import Format, Wanted
from app.interchange.values import Athlete

USUAL: Final[Mapping[str, tuple[str, ...]]] = {
    "bib": (
        *("bib number", "bib no", "start number", "startnummer", "startnr", "start nr", "stnr", "st nr"),
        *("race number", "dossard"),
        *("pettorale", "dorsal", "rugnummer"),
    ),
    "family_name": (
        "surname",
        "last name",
        "lastname",
        "nachname",
        "familienname",
        "nom",
        "cognome",
        "apellido",
        "apellidos",
    ),
    "given_name": ("first name", "firstname", "forename", "vorname", "prénom", "prenom", "nome", "nombre"),
    "sex": ("gender", "geschlecht", "sexe", "sesso", "sexo", "m/f", "m/w"),
    "birth_date": (
        *("date of birth", "dob", "birthdate", "birthday", "geburtsdatum", "geburtstag", "geb datum", "gebdatum"),
        *("date de naissance", "data di nascita"),
        "fecha de nacimiento",
    ),
    "age": ("alter", "âge", "età", "edad"),
    "nation": (
        "nationality",
        "country",
        "nat",
        "noc",
        "nationalität",
        "land",
        "pays",
        "nazione",
        "país",
        "nacionalidad",
    ),
    "club": ("team name", "verein", "société", "società", "societa", "association", "affiliation"),
    "category": ("age group", "division", "altersklasse", "ak", "catégorie", "categoria", "categoría"),
    "chips": ("chip", "chip number", "transponder", "tag", "rfid"),
    "seed_mark": ("seed time", "seed", "entry mark", "entry time", "meldezeit"),
    "pb": ("personal best", "bestzeit"),
    "sb": ("season best", "seasonal best", "season's best", "saisonbestzeit"),
    "wave": ("startblock", "start block", "corral", "welle"),
    "external_id": ("id", "licence", "license", "licence number", "registration id", "member id"),
}
"""What lists call a column; whatever could be something else too is not among them."""
NAME: Final = "name"
"""The family name, where given names stand beside it; by itself it may be either, or both."""
_BLANKS: Final = str.maketrans("-_.:*", "     ")
_COLUMN_OF: Final = {title: column for column, titles in USUAL.items() for title in titles}


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` by name with their index; `rows` with their number as the file's program shows it."""

    columns: dict[str, int]
    titles: dict[str, str]
    """Title as it stands in the file → column; those that say nothing here are left out."""
    ignored: tuple[str, ...]
    rows: Iterator[tuple[int, list[str]]]
    width: int
    """Cells in the header."""
    runners: Mapping[int, Sequence[Athlete]] = field(default_factory=dict)
    """Of relay teams, by the number of their row."""

    def check(self, cells: list[str]) -> None:
        """Refuses a row whose cells go on after the last column: they have probably shifted."""
        if len(cells) > self.width and any(map(str.strip, cells[self.width :])):
            message = f"the row has {len(cells)} cells, the header {self.width}: put text with a delimiter into quotes"
            raise Invalid("", "too_many_cells", message)


def read_table(
    data: bytes,
    format: Format,
    known: Sequence[str],
    said: Mapping[str, str] | None = None,
    remembered: Mapping[str, str] | None = None,
    event: str | None = None,
    *,
    relay: bool = False,
) -> Table:
    """Only `known` columns are kept. Refuses what is no table: unreadable bytes, no header, a column given twice."""
    mapped = _said(said or {}, known)
    before = {_plain(title): column for title, column in (remembered or {}).items() if column in known}

    def says(title: str) -> bool:
        return any(_plain(title) in titles for titles in (mapped, before, _COLUMN_OF)) or normal(title) in known

    grid = rosters.read(data, format, Wanted(says, event, relay))
    titles = [title.strip() for title in grid.titles]
    if missing := [title for title in mapped if title not in map(_plain, titles)]:
        plain = {_plain(title): title for title in titles}
        close = get_close_matches(missing[0], plain, n=1)
        hint = (
            f", did you mean {plain[close[0]]!r}?" if close else f": its titles are {', '.join(filter(None, titles))}"
        )
        raise Invalid("/column", "no_such_title", f"the file has no column {missing[0]!r}{hint}")
    found = _found(titles, known, mapped, before)
    named = {titles[index]: column for index, column in found.items()}
    ignored = tuple(title for index, title in enumerate(titles) if title and index not in found)
    columns = {column: index for index, column in found.items()}
    return Table(columns, named, ignored, grid.rows, len(titles), grid.runners)


def normal(name: str) -> str:
    """`Family Name:` → `family_name`."""
    return _plain(name).replace(" ", "_")


def _plain(title: str) -> str:
    """`Geb.-Datum *` → `geb datum`."""
    return " ".join(title.translate(_BLANKS).casefold().split())


def _said(said: Mapping[str, str], known: Sequence[str]) -> dict[str, str]:
    for title, column in said.items():
        if column and column not in known:
            close = get_close_matches(column, known, n=1)
            hint = f", did you mean {close[0]}?" if close else f": columns are {', '.join(known)}"
            raise Invalid("/column", "no_such_column", f"{title!r} cannot stand for {column!r}{hint}")
    return {_plain(title): column for title, column in said.items()}


def _found(
    titles: Sequence[str], known: Sequence[str], said: Mapping[str, str], before: Mapping[str, str]
) -> dict[int, str]:
    """Index → column. What is said comes before the titles themselves, those before what is remembered or usual."""
    found: dict[int, str] = {}
    sure = [said[_plain(title)] if _plain(title) in said else normal(title) for title in titles]
    for index, column in enumerate(sure):
        if column in known:
            if column in found.values():
                raise Invalid(f"/{column}", "column_twice", f"the column {column} is there twice: delete one of them")
            found[index] = column
    for guesses in (before, _COLUMN_OF):
        guessed = [None if _plain(title) in said else guesses.get(_plain(title)) for title in titles]
        for index, guess in enumerate(guessed):
            if guess and index not in found and guess not in found.values() and guessed.count(guess) == 1:
                found[index] = guess
    plain = [None if _plain(title) in said else _plain(title) for title in titles]
    if "given_name" in found.values() and "family_name" not in found.values() and plain.count(NAME) == 1:
        found.setdefault(plain.index(NAME), "family_name")
    return found
