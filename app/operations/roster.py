"""A list of entries as CSV, all or nothing unless asked to skip the rows that cannot be."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, Literal

from app.domain.ids import EventId
from app.domain.refusals import Invalid, Refusal
from app.operations.csv_table import Table, read_table
from app.operations.entries import Outcome, enter
from app.operations.find import event_of
from app.operations.registrations import settle
from app.operations.roll import Roll
from app.operations.roster_rows import COLUMNS, BadCell, entry_of, suggestion_for
from app.operations.sheet import Sheet, writable
from app.operations.waves import new_waves

NAMES: Final = ("family_name", "given_name")


@dataclass(frozen=True, slots=True)
class RowError:
    """`row` counts as a spreadsheet does: the header is row 1."""

    row: int
    column: str | None
    code: str
    message: str
    suggestion: str | None = None


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
    ignored_columns: tuple[str, ...] = ()
    errors: tuple[RowError, ...] = ()


def import_roster(
    sheet: Sheet, event: EventId, data: bytes, *, dry_run: bool = False, on_error: Literal["stop", "skip"] = "stop"
) -> Report:
    """Enter every row, matched by external id, else by bib; empty cells change nothing.

    With an error in any row nothing is stored and nothing counted, unless `on_error` is `skip`. A dry run stores
    nothing and counts what would become of the good rows.
    """
    state = writable(sheet.state)
    roll = Roll(state, event_of(state, event), sheet.people, sheet.new_id)
    table = read_table(data, COLUMNS)
    _check_columns(table)
    counts, errors = _enter_all(roll, table)
    report = Report(import_id=sheet.new_id("import"), ignored_columns=table.ignored, errors=tuple(errors))
    refused = bool(errors) and on_error != "skip"
    if refused and not dry_run:
        return report
    opened = tuple(new_waves(roll.event, roll.waves))
    if not dry_run:
        settle(sheet, roll)
    return replace(
        report,
        stored=not dry_run,
        created=counts["created"],
        updated=counts["updated"],
        unchanged=counts["unchanged"],
        new_waves=opened,
    )


def _enter_all(roll: Roll, table: Table) -> tuple[Counter[Outcome], list[RowError]]:
    counts: Counter[Outcome] = Counter()
    errors: list[RowError] = []
    once = _Once()
    for number, cells in table.rows:
        try:
            table.check(cells)
            entry = entry_of(table.columns, cells)
            once.check("bib", entry.bib, number)
            once.check("external_id", entry.identity.external_id, number)
            counts[enter(roll, entry, amend=True)[1]] += 1
        except Refusal as refused:
            errors.append(_row_error(number, refused))
    return counts, errors


class _Once:
    """Two rows for one runner are one row too many, even where they agree."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], int] = {}

    def check(self, column: str, value: str | None, number: int) -> None:
        first = self._rows.setdefault((column, value), number) if value else number
        if first != number:
            message = f"{column} {value} is in row {first} already: give each runner one row"
            raise Invalid(f"/{column}", f"{column}_twice", message)


def _row_error(number: int, refused: Refusal) -> RowError:
    column = refused.pointer.lstrip("/") if refused.pointer else None
    hint = refused.suggestion if isinstance(refused, BadCell) else None
    return RowError(number, column, refused.code, refused.detail, hint)


def _check_columns(table: Table) -> None:
    def missing(name: str) -> Invalid:
        hint = suggestion_for(name, table.ignored)
        message = f"the file has no column {name}: add it{hint}. Known columns are {', '.join(COLUMNS)}"
        return Invalid(f"/{name}", "missing_column", message)

    needed: Callable[[str], bool] = table.columns.__contains__
    for name in ("bib", "sex"):
        if not needed(name):
            raise missing(name)
    if not any(map(needed, NAMES)):
        raise missing("family_name")
