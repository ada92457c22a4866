"""Lists of entries in whatever file they come, as titles and rows of text."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final, Literal, get_args

from app.domain.refusals import Invalid
from app.interchange import evt, hytek, opentrack, ppl, text, xlsx
from app.interchange.hytek import SCRATCHED, SEXES
from app.interchange.values import Athlete

Format = Literal["csv", "xlsx", "hytek", "ppl", "evt", "opentrack"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)
DELIMITERS: Final = (",", ";", "\t", "|")
TITLES: Final = (
    *("bib", "family_name", "given_name", "sex", "birth_date", "age"),
    *("nation", "club", "team", "category", "seed_mark"),
)
"""Of files whose columns have no names."""
_HYTEK: Final = re.compile(rb"\s*[DEI];", re.ASCII)
_BOMS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")

Known = Callable[[str], bool]
"""Whether a title says something; the delimiter that makes most of them do is the file's."""


@dataclass(frozen=True, slots=True)
class Grid:
    """`rows` with their number as the program that wrote them shows it."""

    titles: Sequence[str]
    rows: Iterator[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a file is asked for. `event` names one of several by its number, code or name."""

    known: Known
    event: str | None = None


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
    entered = [one for one in hytek.read_entries(data) if one.status.upper() != SCRATCHED]
    chosen = _chosen({one.event: one.event for one in entered if one.event}, wanted.event)
    mine = (one for one in entered if one.event in ("", chosen))
    return _of_athletes((one.row, one.athlete, one.seed_mark) for one in mine)


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
