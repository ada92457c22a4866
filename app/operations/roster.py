"""A list of entries as a file, all or nothing unless asked to skip the rows that cannot be."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal

import msgspec

from app.domain.facts import AthleteDescribed, ChipAssigned, Fact, Registered, RosterImported
from app.domain.ids import EventId, ImportId
from app.domain.meet import Sex
from app.domain.refusals import Invalid, Refusal
from app.interchange.rosters import Format, sniffed
from app.operations.entries import Outcome, enter
from app.operations.find import event_of
from app.operations.imports import remembered
from app.operations.relay_runners import Squads, name_legs, waiting
from app.operations.roll import Roll
from app.operations.roster_hints import Readings, RowError, nearly_columns
from app.operations.roster_once import Once
from app.operations.roster_rows import COLUMNS, BadCell, entry_of, given_of, suggestion_for
from app.operations.roster_table import Table, read_table
from app.operations.sheet import Sheet, writable
from app.operations.waves import late_waves, new_waves

NAMES: Final = ("family_name", "given_name")
MOST_TITLES: Final = 20
"""Shown of those that say nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How a file is to be read. `columns` say what a title stands for; `source` names where such lists come from."""

    format: Format | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    source: str | None = None
    event: str | None = None
    """Which one of the events in the file, by its number, code or name there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    import_id: str
    stored: bool = False
    """Whether the good rows are on disk."""
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    new_waves: tuple[str | None, ...] = ()
    """Those that a heat is opened for, in a round that was drawn without them; None for runners without a wave."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Title in the file → column that it was read as."""
    ignored_columns: tuple[str, ...] = ()
    errors: tuple[RowError, ...] = ()
    warnings: tuple[RowError, ...] = ()
    """What is stored as it was probably meant, or as it is written where that is not sure."""


PLAIN: Final = Asked()


def import_roster(
    sheet: Sheet,
    event: EventId,
    data: bytes,
    *,
    asked: Asked = PLAIN,
    dry_run: bool = False,
    on_error: Literal["stop", "skip"] = "stop",
) -> Report:
    """Enter every row, matched by external id, else by bib; empty cells change nothing.

    With an error in any row nothing is stored and nothing counted, unless `on_error` is `skip`. A dry run stores
    nothing and counts what would become of the good rows.
    """
    state = writable(sheet.state)
    roll = Roll(state, event_of(state, event), sheet.people, sheet.new_id)
    format = asked.format or sniffed(data)
    relay = roll.event.spec.relay_legs > 1
    known = remembered(sheet, asked.source)
    table = read_table(data, format, COLUMNS, asked.columns, known, asked.event, relay=relay)
    sex = roll.event.spec.sex if roll.event.spec.sex != "X" else None
    _check_columns(table, sex)
    squads = Squads(roll)
    readings = Readings()
    counts, errors = _enter_all(roll, table, sex, squads, readings)
    report = Report(
        import_id=sheet.new_id("import"),
        columns=table.titles,
        ignored_columns=table.ignored,
        errors=tuple(errors),
        warnings=(*nearly_columns(table, COLUMNS), *readings.told()),
    )
    refused = bool(errors) and on_error != "skip"
    if refused and not dry_run:
        return report
    opened = tuple(new_waves(roll.event, roll.waves))
    if not dry_run:
        settle_newcomers(sheet, roll, ImportId(report.import_id), counts["updated"], asked.source, table.titles)
    unnamed = () if dry_run else tuple(name_legs(sheet, event, squads.found))
    return replace(
        report,
        warnings=(*report.warnings, *unnamed, *waiting(sheet.state, event, squads.found)),
        stored=not dry_run,
        created=counts["created"],
        updated=counts["updated"],
        unchanged=counts["unchanged"],
        new_waves=opened,
    )


def settle_newcomers(
    sheet: Sheet, roll: Roll, import_id: ImportId, updated: int, source: str | None, titles: Mapping[str, str]
) -> None:
    """Record what was put on the roll, newcomers last: they are what the import can be asked to take back."""
    if roll.persons:
        sheet.tx.people.put_many(sheet.meet_id, roll.persons)
    if not roll.facts:
        return
    news = _newcomers(roll)
    new = set(map(id, news))
    last = sheet.record(*(fact for fact in roll.facts if id(fact) not in new), *news)
    imported = RosterImported(
        roster_import=import_id,
        event=roll.event.id,
        first_seq=last - len(news) + 1,
        updated=updated,
        source=source,
        columns=sheet.text(msgspec.json.encode(titles).decode()) if source else None,
    )
    sheet.record(imported, *late_waves(roll.event, roll.waves, sheet.new_id))


def _newcomers(roll: Roll) -> list[Fact]:
    """Facts of athletes and entries that the log did not know, and of chips handed to them."""
    athletes, entries = roll.state.athletes, roll.state.registrations
    entered = {one.athlete for one in roll.facts if isinstance(one, Registered) and one.registration not in entries}

    def is_new(fact: Fact) -> bool:
        match fact:
            case AthleteDescribed():
                return fact.athlete not in athletes
            case Registered():
                return fact.registration not in entries
            case ChipAssigned():
                return fact.athlete in entered
        return False

    return [fact for fact in roll.facts if is_new(fact)]


def _enter_all(
    roll: Roll, table: Table, sex: Sex | None, squads: Squads, readings: Readings
) -> tuple[Counter[Outcome], list[RowError]]:
    """What became of the rows, and those that cannot be. What is there twice shows beside what cannot be read."""
    counts: Counter[Outcome] = Counter()
    errors: list[RowError] = []
    once = Once(roll)
    for number, cells in table.rows:
        refusals: list[Refusal] = []
        try:
            table.check(cells)
            given = given_of(table.columns, cells)
            refusals += once.refusals(number, given)
            entry = entry_of(given, sex)
            readings.note(number, given)
            if not refusals:
                runners = squads.checked(table.runners.get(number, ()))
                id, outcome = enter(roll, entry, amend=True)
                squads.add(number, id, runners)
                counts[outcome] += 1
        except Refusal as refused:
            refusals.append(refused)
        errors += [row_error(number, refused) for refused in refusals]
    return counts, errors


def row_error(number: int, refused: Refusal) -> RowError:
    column = refused.pointer.lstrip("/") if refused.pointer else None
    hint = refused.suggestion if isinstance(refused, BadCell) else None
    return RowError(number, column, refused.code, refused.detail, hint)


def _check_columns(table: Table, sex: Sex | None) -> None:
    def missing(name: str) -> Invalid:
        hint = suggestion_for(name, table.ignored)
        what = f"add it{hint}, or say which it is with column=title:{name}"
        unread = ", ".join(map(repr, table.ignored[:MOST_TITLES]))
        said = f"Titles that say nothing by themselves here: {unread}. " if unread else ""
        message = f"the file has no column {name}: {what}. {said}Known columns are {', '.join(COLUMNS)}"
        return Invalid(f"/{name}", "missing_column", message)

    if not table.columns and any(title.isdigit() for title in table.ignored):
        row = ", ".join(table.ignored[:MOST_TITLES])
        message = f"the first row ({row}) is no header: it names the columns, such as bib,family_name,sex"
        raise Invalid("", "no_header", f"{message}. A start list of FinishLynx is format=evt, its people format=ppl")

    needed: Callable[[str], bool] = table.columns.__contains__
    for name in ("bib",) if sex else ("bib", "sex"):
        if not needed(name):
            raise missing(name)
    if not any(map(needed, NAMES)):
        raise missing("family_name")
