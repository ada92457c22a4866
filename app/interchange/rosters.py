"""Lists of entries in whatever file they come, as titles and rows of text."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Final, Literal, get_args

from app.domain.refusals import Invalid
from app.interchange import evt, hytek, opentrack, ppl, text, xlsx
from app.interchange.hytek import Entered
from app.interchange.hytek_cells import SCRATCHED, SEXES
from app.interchange.values import Athlete

Format = Literal["csv", "xlsx", "hytek", "ppl", "evt", "opentrack"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)
DELIMITERS: Final = (",", ";", "\t", "|")
TITLES: Final = (
    *("bib", "family_name", "given_name", "sex", "birth_date", "age"),
    *("nation", "club", "team", "category", "seed_mark"),
)
"""Of files whose columns have no names."""
_HYTEK: Final = re.compile(rb"\s*[DEIQR];", re.ASCII)
_BOMS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_SINGLE: Final = "single entries (records D, E or I), and this event is none for teams"
_TEAMS: Final = "relay teams (records Q or R), and this event is a relay"

Known = Callable[[str], bool]
"""Whether a title says something; the delimiter that makes most of them do is the file's."""


@dataclass(frozen=True, slots=True)
class Grid:
    """`rows` with their number as the program that wrote them shows it."""

    titles: Sequence[str]
    rows: Iterator[tuple[int, list[str]]]
    runners: Mapping[int, Sequence[Athlete]] = field(default_factory=dict)
    """Of relay teams, by the number of their row."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a file is asked for. `event` names one of several by its number, code or name."""

    known: Known
    event: str | None = None
    relay: bool = False
    """Whether teams are asked for, of a file that has both."""


def read(data: bytes, format: Format, wanted: Wanted) -> Grid:
    """`Invalid` for what is no such file."""
    return _READERS[format](data, wanted)


def sniffed(data: bytes) -> Format:
    """What the first bytes say. FinishLynx files look like any CSV: they have to be named."""
    start = data[:200]
    for mark in _BOMS:
        start = start.removeprefix(mark)
    if start.startswith(b"PK\x03\x04"):
        return "xlsx"
    if start.lstrip().startswith((b"{", b"[")):
        return "opentrack"
    return "hytek" if _HYTEK.match(start) else "csv"


def _csv(data: bytes, wanted: Wanted) -> Grid:
    whole = text.decoded(data)
    header = whole.split("\n", 1)[0]
    rows = text.split(whole, _delimiter(header, wanted.known))
    number, titles = next(rows, (0, []))
    if number != 1:
        raise Invalid("", "no_header", "the first row is empty: it names the columns, such as bib,family_name,sex")
    return Grid(titles, rows)


def _delimiter(header: str, known: Known) -> str:
    def found(delimiter: str) -> tuple[int, int]:
        cells = header.split(delimiter)
        return sum(known(cell.strip('" ')) for cell in cells), len(cells)

    return max(DELIMITERS, key=found)


def _xlsx(data: bytes, wanted: Wanted) -> Grid:
    rows = xlsx.rows(data)
    first = next(rows, None)
    if first is None:
        raise Invalid("", "no_header", "the first sheet is empty: its first row names the columns, such as bib and sex")
    return Grid(first[1], rows)


def _hytek(data: bytes, wanted: Wanted) -> Grid:
    """Teams for a relay, single entries for any other event: the codes of both are the same."""
    everybody = hytek.read_entries(data)
    entered = [one for one in everybody if one.relay == wanted.relay and one.status.upper() != SCRATCHED]
    if everybody and not entered:
        raise Invalid("", "no_entries", f"the file has no {_TEAMS if wanted.relay else _SINGLE}")
    chosen = _chosen({one.event: one.event for one in entered if one.event}, wanted.event)
    mine = _lettered([one for one in entered if one.event in ("", chosen)])
    grid = _of_athletes((one.row, one.athlete, one.seed_mark) for one in mine)
    return replace(grid, runners={one.row: one.legs for one in mine if one.legs})


def _lettered(entered: list[Entered]) -> list[Entered]:
    """Teams of one name are told apart by their letters."""
    names = Counter(one.athlete.family_name for one in entered if one.relay)
    return [_with_letter(one) if names[one.athlete.family_name] > 1 and one.letter else one for one in entered]


def _with_letter(one: Entered) -> Entered:
    return replace(one, athlete=replace(one.athlete, family_name=f"{one.athlete.family_name} {one.letter}"))


def _ppl(data: bytes, wanted: Wanted) -> Grid:
    people = ppl.read(data)
    return _of_athletes(
        (row, _lynx(one.id, one.last, one.first, one.affiliation, one.gender), "") for row, one in people
    )


def _evt(data: bytes, wanted: Wanted) -> Grid:
    heats = evt.read(data)
    chosen = _chosen({str(heat.event): heat.name for heat in heats}, wanted.event)
    row, found = 0, list[tuple[int, Athlete, str]]()
    for heat in heats:
        row += 1
        for one in heat.starts:
            row += 1
            if str(heat.event) == chosen:
                found.append((row, _lynx(one.id, one.last, one.first, one.affiliation), ""))
    return _of_athletes(found)


def _opentrack(data: bytes, wanted: Wanted) -> Grid:
    competition = opentrack.read(data)
    events = {str(one.number): one.code or one.name for one in competition.contests}
    chosen = _chosen(events, wanted.event)
    found = opentrack.competitors(data)
    mine = ((row, one, marks.get(chosen or "", "")) for row, one, marks in found if chosen is None or chosen in marks)
    return _of_athletes(mine)


def _chosen(events: Mapping[str, str], asked: str | None) -> str | None:
    """The key of the event that is meant: the one that is asked for, or the only one; None where there is none."""
    if asked is None:
        if len(events) > 1:
            message = f"the file has entries of several events: say which one with event= ({_listed(events)})"
            raise Invalid("/event", "which_event", message)
        return next(iter(events), None)
    for key, name in events.items():
        if asked.casefold() in (key.casefold(), name.casefold()):
            return key
    close = get_close_matches(asked.casefold(), [*events, *map(str.casefold, events.values())], n=1)
    hint = f", did you mean {close[0]}?" if close else ":"
    raise Invalid("/event", "no_such_event", f"the file has no event {asked!r}{hint} ({_listed(events)})")


def _listed(events: Mapping[str, str]) -> str:
    return ", ".join(key if key == name else f"{key} {name}".strip() for key, name in list(events.items())[:20])


def _of_athletes(athletes: Iterable[tuple[int, Athlete, str]]) -> Grid:
    return Grid(TITLES, ((row, _cells(one, mark)) for row, one, mark in athletes))


def _cells(one: Athlete, seed_mark: str) -> list[str]:
    front = [one.bib, one.family_name, one.given_name, one.sex, one.birth_date or "", str(one.age or "")]
    return [*front, one.nation, one.club, one.team, one.category, seed_mark]


def _lynx(id: str, last: str, first: str, affiliation: str, gender: str = "") -> Athlete:
    sex = SEXES.get(gender.upper(), gender)
    return Athlete(bib=id, family_name=last, given_name=first, sex=sex, club=affiliation)


_READERS: Final[Mapping[Format, Callable[[bytes, Wanted], Grid]]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "hytek": _hytek,
    "ppl": _ppl,
    "evt": _evt,
    "opentrack": _opentrack,
}
