"""Results of a race that is over, as a list or as the camera's file: entries, heats and readings in one go.

Runners are entered as by a roster, or found by their bib; heats come from the list, on the road from the waves. A mark
of a list is what was published: it counts as measured. Nothing is stored where one row cannot be, unless it is skipped.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from app.domain.facts import Method
from app.domain.ids import Bib, EventId, HeatId, ImportId, RegistrationId
from app.domain.refusals import Invalid, NotRegistered, Refusal
from app.domain.state import Event
from app.domain.units import Duration
from app.interchange import lif, text
from app.interchange.lif import Lif, Row
from app.interchange.rosters import Format, sniffed
from app.operations import camera, checks, finishes, rounds, start_lists, starts
from app.operations.entries import HAND, Outcome, enter, mark_of
from app.operations.find import event_of, round_of
from app.operations.finishes import Finish
from app.operations.roll import Roll
from app.operations.roster import NAMES, row_error, settle_newcomers
from app.operations.roster_hints import RowError
from app.operations.roster_once import Once
from app.operations.roster_rows import COLUMNS, entry_of, given_of
from app.operations.roster_table import Table, read_table
from app.operations.sheet import Sheet, writable
from app.operations.start_lists import HeatList, Place
from app.rules.marks import mark
from app.rules.rounding import THOUSANDTH

RESULTS: Final = ("heat", "lane", "place", "mark", "status", "rule", "reaction", "wind")
KNOWN: Final = (*COLUMNS, *RESULTS)
LIF: Final = ("bib", "family_name", "given_name", "club", "heat", "lane", "place", "mark", "reaction", "wind")
Kind = Format | Literal["lif"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsReport:
    import_id: str
    stored: bool = False
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    heats: int = 0
    finishes: int = 0
    columns: Mapping[str, str] = field(default_factory=dict)
    ignored_columns: tuple[str, ...] = ()
    errors: tuple[RowError, ...] = ()


@dataclass(frozen=True, slots=True)
class Ran:
    """One row: who, where, and how it ended."""

    id: RegistrationId
    bib: Bib
    heat: int
    lane: int | None
    place: int | None
    finish: Finish
    wind: str | None


def import_results(
    sheet: Sheet,
    event: EventId,
    round: str,
    data: bytes,
    *,
    kind: Kind | None = None,
    columns: Mapping[str, str] | None = None,
    method: Method = "photo_finish",
    on: str | None = None,
    on_error: Literal["stop", "skip"] = "stop",
) -> ResultsReport:
    """`kind` is told from the first bytes, but for `lif`; `on` is the day of a camera's start in a meet of several."""
    state = writable(sheet.state)
    found = event_of(state, event)
    round_of(found, round)
    checks.known_day(on, "/on")
    file = lif.read(data) if kind == "lif" else None
    table = _of_lif(file) if file else read_table(data, _format(kind, data), KNOWN, columns)
    if "bib" not in table.columns:
        raise Invalid("/bib", "missing_column", "the file has no column bib: it says whose result a row is")
    roll = Roll(state, found, sheet.people, sheet.new_id)
    counts, ran, errors = _read_all(roll, table)
    import_id = sheet.new_id("import")
    if errors and on_error != "skip":
        return ResultsReport(
            import_id=import_id, columns=table.titles, ignored_columns=table.ignored, errors=tuple(errors)
        )
    if not ran:
        raise Invalid("", "empty", "the file has no result: give at least one row with a bib")
    settle_newcomers(sheet, roll, ImportId(import_id), counts["updated"], None, table.titles)
    heats = _heats(sheet, event, round, ran)
    for heat, runners in heats.items():
        _read(sheet, heat, runners, method, file, on)
    return ResultsReport(
        import_id=import_id,
        stored=True,
        created=counts["created"],
        updated=counts["updated"],
        unchanged=counts["unchanged"],
        heats=len(heats),
        finishes=len(ran),
        columns=table.titles,
        ignored_columns=table.ignored,
        errors=tuple(errors),
    )


def _format(kind: Kind | None, data: bytes) -> Format:
    return sniffed(data) if kind is None or kind == "lif" else kind


def _of_lif(file: Lif) -> Table:
    """The camera's rows as a list of results, times as finely as it measured them."""
    times = zip(file.rows, lif.measured(file.rows), strict=True)
    rows = ((number, _lif_cells(file, row, fine)) for number, (row, fine) in enumerate(times, 2) if row.id or row.lane)
    return Table({name: index for index, name in enumerate(LIF)}, dict(zip(LIF, LIF, strict=True)), (), rows, len(LIF))


def _lif_cells(file: Lif, row: Row, fine: Duration | None) -> list[str]:
    heat = file.heat if int(file.heat) else "1"
    wind = camera.wind_of(file) or ""
    time = "" if fine is None else mark(fine, THOUSANDTH)
    return [
        row.id,
        row.last,
        row.first,
        row.affiliation,
        heat,
        str(row.lane or ""),
        row.place,
        time,
        row.reaction,
        wind,
    ]


def _read_all(roll: Roll, table: Table) -> tuple[Counter[Outcome], list[Ran], list[RowError]]:
    counts: Counter[Outcome] = Counter()
    ran: list[Ran] = []
    errors: list[RowError] = []
    once = Once(roll)
    columns = {name: index for name, index in table.columns.items() if name in COLUMNS}
    for number, cells in table.rows:
        refusals: list[Refusal] = []
        try:
            table.check(cells)
            entered = given_of(columns, cells)
            refusals += once.refusals(number, entered)
            given = {name: text.cell(cells, index) for name, index in table.columns.items()} | entered
            if not refusals:
                id, outcome = _runner(roll, entered)
                ran.append(_ran(id, given))
                counts[outcome] += 1
        except Refusal as refused:
            refusals.append(refused)
        errors += [row_error(number, refused) for refused in refusals]
    return counts, ran, errors


def _runner(roll: Roll, given: Mapping[str, str]) -> tuple[RegistrationId, Outcome]:
    """Whoever the row names is entered, or changed; a bib alone is somebody who is registered."""
    bib = Bib(given.get("bib", ""))
    if any(name in given for name in NAMES):
        known = roll.bibs.get(bib)
        sex = roll.event.spec.sex if roll.event.spec.sex != "X" else None
        held = roll.known(roll.entry(known).athlete).person.sex if known else sex
        return enter(roll, entry_of(given, held), amend=True)
    id = roll.bibs.get(bib)
    if id is None or roll.withdrawn(id):
        raise NotRegistered(bib, roll.event.spec.name, at="/bib")
    return id, "unchanged"


def _ran(id: RegistrationId, given: Mapping[str, str]) -> Ran:
    heat, lane = _number(given, "heat") or 1, _number(given, "lane") or None
    row = Row(place=given.get("status") or given.get("place", ""), time=given.get("mark", ""))
    status = lif.status_of(row)
    out = status in ("DNF", "DNS", "DQ")
    elapsed = None if out or not row.time else mark_of(row.time.removesuffix(HAND), "/mark")
    if status is None:
        raise Invalid("/mark", "no_result", "the row has neither a mark nor a place nor a status such as DNF")
    return Ran(
        id=id,
        bib=Bib(given["bib"]),
        heat=heat,
        lane=lane,
        place=text.whole(given.get("place", "")),
        finish=Finish(
            bib=Bib(given["bib"]),
            elapsed_us=elapsed,
            reaction_us=None if status == "DNS" else camera.reaction_of(given.get("reaction", "")),
            status=status if out else None,
            rule=(text.clean(given.get("rule", ""), longest=200) or None) if out else None,
        ),
        wind=given.get("wind") or None,
    )


def _number(given: Mapping[str, str], name: str) -> int | None:
    found = given.get(name, "")
    if found and text.whole(found) is None:
        raise Invalid(f"/{name}", f"not_a_{name}", f"{found!r} is no number of a {name}: write 1, 2 or 3")
    return text.whole(found)


def _heats(sheet: Sheet, event: EventId, round: str, ran: Sequence[Ran]) -> dict[HeatId, list[Ran]]:
    """Everybody's heat: as the waves have it on the road, else as the list does; heats that are there keep theirs."""
    found = sheet.state.events[event]
    if found.spec.surface == "road" and round == found.spec.rounds[0].name and not found.rounds.get(round):
        rounds.draw(sheet, event, round, 0)
    drawn = list(sheet.state.events[event].rounds.get(round, {}).values())
    heats: dict[HeatId, list[Ran]] = defaultdict(list)
    if any(heat.drawn.open for heat in drawn):
        of_wave = {heat.drawn.wave: heat.id for heat in drawn}
        for one in ran:
            heats[of_wave[sheet.state.registrations[one.id].entry.wave]].append(one)
        return heats
    lists = _lists(sheet, sheet.state.events[event], round, ran)
    by_number = {heat.number: heat.heat for heat in start_lists.put_heats(sheet, event, round, lists).heats}
    for one in ran:
        heats[by_number[one.heat]].append(one)
    return heats


def _lists(sheet: Sheet, event: Event, round: str, ran: Sequence[Ran]) -> list[HeatList]:
    places: dict[int, dict[RegistrationId, Place]] = defaultdict(dict)
    for heat in event.rounds.get(round, {}).values():
        for one in heat.drawn.starters:
            bib = sheet.state.registrations[one.registration].entry.bib
            places[heat.drawn.number][one.registration] = Place(bib, one.lane, one.group)
    for row in ran:
        before = places[row.heat].get(row.id)
        places[row.heat][row.id] = before if before and row.lane is None else Place(row.bib, row.lane)
    return [HeatList(number, tuple(starters.values())) for number, starters in sorted(places.items())]


def _read(sheet: Sheet, heat: HeatId, runners: Sequence[Ran], method: Method, file: Lif | None, on: str | None) -> None:
    state = sheet.state
    if file is not None and state.heats[heat].now.start is None:
        at = camera.started(state, state.heats[heat], file, on)
        if at is not None:
            starts.start(sheet, heat, at)
    winds = dict.fromkeys(one.wind for one in runners if one.wind)
    if len(winds) > 1:
        raise Invalid("/wind", "winds_differ", f"one heat has one wind, and here are {', '.join(winds)}")
    finishes.read_finishes(sheet, heat, method, list(_judged(runners)), next(iter(winds), None))


def _judged(runners: Sequence[Ran]) -> Iterator[Finish]:
    """With the place of the list where times alone do not tell runners apart."""
    level = Counter(one.finish.elapsed_us for one in runners)
    for one in runners:
        told = one.finish.elapsed_us is not None and level[one.finish.elapsed_us] == 1
        yield replace(one.finish, place=None if told or one.finish.status else one.place)
