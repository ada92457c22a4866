"""Record lists (R50, R71, R87): data with source, date and confidence, read, checked, and what stands on a day."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from typing import Any, Final

import msgspec

from app.domain.meet import EventSpec
from app.domain.records import Contest, Day, Record, RecordList
from app.domain.refusals import Invalid
from app.domain.units import SECOND, Duration
from app.rules.marks import parse_mark
from app.rules.records import ORDER, Runner, barred, best_of, concerns, mark_of, print_order
from app.rules.relays import check_legs
from app.rules.shipped import plain, shipped, value_of

WORDS: Final = ("source", "holder", "nation", "place", "note")
"""Of a record what names a person, or is free text: kept beside the log."""


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
    mark_us, unit_us = exactly(str(line["mark"]), at)
    return {name: value for name, value in line.items() if name != "mark"} | {"mark_us": mark_us, "unit_us": unit_us}


def exactly(text: str, at: str = "") -> tuple[Duration, Duration]:
    """A mark, and the unit that its decimals show: `2:31` is known to the second."""
    try:
        mark_us = parse_mark(text)
    except ValueError as error:
        raise Invalid(f"{at}/mark", "not_a_mark", f"{at}/mark: {error}") from error
    return mark_us, Duration(SECOND // 10 ** len(text.partition(".")[2]))


def check_records(records: RecordList, at: str = "") -> None:
    """Refuses a day that there is not, a national record of no nation, a record listed twice, one slower than the one
    before it, and one that the list itself does not take."""
    _check_day(records.as_of, f"{at}/as_of")
    for index, record in enumerate(records.records):
        _check(record, records, f"{at}/records/{index}")
    for indexes in _by_contest(records).values():
        before: Record | None = None
        for index in sorted(indexes, key=lambda i: (records.records[i].date or "", -records.records[i].mark_us)):
            record = records.records[index]
            if before is not None:
                _check_against(record, before, f"{at}/records/{index}")
            before = record


def _check(record: Record, records: RecordList, at: str) -> None:
    if record.date is not None:
        _check_day(record.date, f"{at}/date")
    if record.code in ("NR", "AR") and record.of is None:
        message = f"{record.code} of which nation or area? Say it with `of`: NOR, EUR"
        raise Invalid(f"{at}/of", "missing", message)
    if record.legs_m:
        check_legs(record.legs_m, record.relay_legs, record.distance_m, at)
    takes, method = records.takes, record.method
    if (
        takes is not None
        and method is not None
        and barred(takes, record.surface, record.race_m, method, None) is not None
    ):
        raise Invalid(f"{at}/method", "not_eligible", f"this list takes no {mark_of(record)} by {method}")


def _check_day(day: Day, at: str) -> None:
    """A year or a month stands for its first day."""
    try:
        date.fromisoformat(day + "-01-01"[3 * day.count("-") :])
    except ValueError:
        raise Invalid(at, "not_a_day", f"there is no day {day!r}: write 2018-07-14, 2018-07 or 2018") from None


def _check_against(record: Record, before: Record, at: str) -> None:
    if record.mark_us > before.mark_us:
        message = (
            f"{mark_of(record)} of {record.date} is slower than {mark_of(before)} of {before.date}, "
            "which it would replace (R10): correct one of the two, or its date"
        )
        raise Invalid(f"{at}/mark", "slower_record", message)
    if (record.mark_us, record.holder, record.date) == (before.mark_us, before.holder, before.date):
        raise Invalid(at, "record_twice", f"{mark_of(record)} of {record.date} is listed twice")


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


def without_words(lists: Iterable[RecordList]) -> tuple[tuple[RecordList, ...], str]:
    """Lists as the log may hold them, and what was taken out of them: JSON, to be kept where it can be erased."""
    held, words = list[RecordList](), list[Any]()
    for one in lists:
        words.append([one.title, one.source, [[getattr(record, name) for name in WORDS] for record in one.records]])
        bare = tuple(
            replace(record, source="", holder=None, nation=None, place=None, note=None) for record in one.records
        )
        held.append(replace(one, title="", source="", records=bare))
    return tuple(held), msgspec.json.encode(words).decode()


def with_words(lists: Iterable[RecordList], words: str) -> tuple[RecordList, ...]:
    """The same lists as they were given; without names and sources where these were erased (`words` is empty)."""
    if not words:
        return tuple(lists)
    return tuple(
        replace(
            one,
            title=title,
            source=source,
            records=tuple(
                replace(record, **dict(zip(WORDS, said, strict=True)))
                for record, said in zip(one.records, of_records, strict=True)
            ),
        )
        for one, (title, source, of_records) in zip(lists, msgspec.json.decode(words), strict=True)
    )


RETRO: Final = read_records(shipped("records-retro.toml"))
"""Running backwards: the best marks found, not an authority's list (R87)."""
WORLD: Final = read_records(shipped("records-world.toml"))
"""A few world records at 5 and 10 km (R71)."""
TEMPLATES: Final = (RETRO, WORLD)
"""What an organizer may copy and edit."""
