"""Record lists (R50, R71, R87): data with source, date and confidence, read, checked, and what stands on a day."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final

from app.domain.meet import EventSpec
from app.domain.refusals import Invalid
from app.domain.units import SECOND, Duration
from app.rules.marks import parse_mark
from app.rules.records import (
    ORDER,
    Contest,
    Day,
    Record,
    Runner,
    Takes,
    barred,
    best_of,
    concerns,
    print_order,
)
from app.rules.shipped import plain, shipped, value_of


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordList:
    """Records of any age: the best one of a contest before a day is the one that stands on it."""

    name: str
    title: str
    source: str
    as_of: Day
    takes: Takes
    records: tuple[Record, ...]


def read_records(text: str) -> RecordList:
    """TOML, where a record has its `mark` as text, and `defaults` holds what records leave out.

    `Invalid`, with a pointer to the field: another form, a mark that is none, a record twice, one that is slower than
    the one before it, one that its list does not take.
    """
    raw = plain(text)
    defaults = raw.pop("defaults", {})
    raw["records"] = [_with_mark(defaults | line, at) for at, line in _lines(raw.get("records", []))]
    made = value_of(raw, RecordList)
    check_records(made)
    return made


def _lines(records: Any) -> Iterable[tuple[str, dict[str, Any]]]:
    if not isinstance(records, list) or not all(isinstance(line, dict) for line in records):
        raise Invalid("/records", "wrong_form", "/records: write each record as a table, [[records]]")
    return [(f"/records/{index}", line) for index, line in enumerate(records)]


def _with_mark(line: dict[str, Any], at: str) -> dict[str, Any]:
    """`mark = "2:31"` as microseconds, and the unit that its decimals show."""
    if "mark" not in line:
        return line
    text = str(line["mark"])
    try:
        mark_us = parse_mark(text)
    except ValueError as error:
        raise Invalid(f"{at}/mark", "not_a_mark", f"{at}/mark: {error}") from error
    decimals = len(text.partition(".")[2])
    unit = Duration(SECOND // 10**decimals)
    return {name: value for name, value in line.items() if name != "mark"} | {"mark_us": mark_us, "unit_us": unit}


def check_records(records: RecordList) -> None:
    """Refuses a record listed twice, one slower than the one before it, and one that the list itself does not take."""
    for index, record in enumerate(records.records):
        race_m = record.distance_m * record.relay_legs
        bar = record.method and barred(records.takes, record.surface, race_m, record.method, None)
        if bar is not None:
            message = f"this list takes no {record.mark} by {record.method}"
            raise Invalid(f"/records/{index}/method", "not_eligible", message)
    for indexes in _by_contest(records).values():
        before: Record | None = None
        for index in sorted(indexes, key=lambda i: (records.records[i].date or "", -records.records[i].mark_us)):
            record = records.records[index]
            if before is not None:
                _check_against(record, before, f"/records/{index}")
            before = record


def _check_against(record: Record, before: Record, at: str) -> None:
    if record.mark_us > before.mark_us:
        message = (
            f"{record.mark} of {record.date} is slower than {before.mark} of {before.date}, which it would replace"
        )
        raise Invalid(f"{at}/mark", "slower_record", message)
    if (record.mark_us, record.holder, record.date) == (before.mark_us, before.holder, before.date):
        raise Invalid(at, "record_twice", f"{record.mark} of {record.date} is listed twice")


def _by_contest(records: RecordList) -> dict[Contest, list[int]]:
    out: dict[Contest, list[int]] = {}
    for index, record in enumerate(records.records):
        out.setdefault(record.contest, []).append(index)
    return out


def standing(records: RecordList, day: str) -> dict[Contest, list[Record]]:
    """The records that stand on a day, as ISO text: those set before it. Several where the mark is shared."""
    held = {
        contest: best_of([records.records[index] for index in indexes], day)
        for contest, indexes in _by_contest(records).items()
    }
    return {contest: best for contest, best in held.items() if best}


def records_block(
    lists: Iterable[RecordList], spec: EventSpec, runner: Runner, day: str, codes: Collection[str] = ORDER
) -> list[Record]:
    """What stands above the results of an event (R50): records valid before the day, in the order of printing.

    `runner` says whose: sex, and the nation, area and categories where NR, AR and age groups are asked for.
    """
    held = [
        (contest, record)
        for records in lists
        for contest, best in standing(records, day).items()
        if contest.code in codes and concerns(contest, spec, runner)
        for record in best
    ]
    return [record for _, record in sorted(held, key=lambda pair: print_order(pair[0]))]


RETRO: Final = read_records(shipped("records-retro.toml"))
"""Running backwards: the best marks found, not an authority's list (R87)."""
WORLD: Final = read_records(shipped("records-world.toml"))
"""A few world records at 5 and 10 km (R71)."""
