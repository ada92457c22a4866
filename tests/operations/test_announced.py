"""Codes of records and bests, and the records broken, in what is announced (R48, R50)."""

import json
from dataclasses import replace
from typing import Any

import pytest

from app.domain.facts import Published
from app.domain.ids import EventId, HeatId
from app.domain.records import Record, RecordList
from app.domain.units import Duration
from app.operations import athletes, events, registrations, rulings, undo
from app.operations.finishes import Finish, read_finishes
from app.operations.publish import Difference, digest, publish, same_people, verify
from app.operations.records import list_records
from app.operations.rulings import Decision
from tests.operations.fakes import TimedSheet
from tests.operations.scenes import SPRINT, entry, opened, place

TIMES = {"7": 10_020_000, "8": 10_100_000, "9": 10_300_000}


def record(code: str, mark_us: int, **given: Any) -> Record:
    some: dict[str, Any] = {"sex": "M", "distance_m": 100, "surface": "track", "unit_us": Duration(10_000)}
    said: dict[str, Any] = {"source": "all-time list", "confidence": "H", "date": "2020-05-01"}
    return Record(code=code, mark_us=Duration(mark_us), **(some | said | given))


NR = record("NR", 10_050_000, of="NOR")
CR = record("CR", 10_020_000)


def raced(*records: Record, wind: str | None = "+0.5") -> tuple[TimedSheet, EventId, HeatId]:
    """Bibs 7, 8 and 9 of Norway; 8 brings a personal best of 10.20."""
    sheet = opened(TimedSheet())
    event = events.describe(sheet, SPRINT)
    for bib in TIMES:
        registrations.register(sheet, event, entry(bib, nation="NOR", pb="10.20" if bib == "8" else None))
    (heat,) = place(sheet, event, "3:7 4:8 5:9")
    listed = RecordList(name="own", title="Own", source="us", as_of="2026-01-01", records=records)
    list_records(sheet, [listed] if records else [])
    times = [Finish(bib=entry(bib).bib, elapsed_us=Duration(us)) for bib, us in TIMES.items()]
    read_finishes(sheet, heat, "photo_finish", times, wind_mps=wind)
    return sheet, event, heat


def codes(published: Published, where: str = "standings") -> dict[str, list[str]]:
    content = json.loads(published.content)
    lines = content[where] if where == "standings" else content["rounds"][where]
    return {line["bib"]: line.get("records", []) for line in lines}


def broken(published: Published) -> list[tuple[str, str, str, str]]:
    told = json.loads(published.content)["records"]
    return [(one["code"], one["bib"], one["mark"], one["before"]) for one in told]


def verified(sheet: TimedSheet, published: Published) -> list[Difference]:
    same = same_people(sheet.state, published.at_seq)
    return verify(published, sheet.projection, sheet.people, same_people=same)


@pytest.mark.parametrize("where", ["standings", "final"])
def test_r50_what_is_announced_keeps_its_codes_beside_each_mark(where: str) -> None:
    sheet, event, _ = raced(NR, CR)
    assert codes(publish(sheet, event, "official"), where) == {"7": ["=CR", "NR"], "8": ["PB"], "9": []}


def test_r48_what_is_announced_lists_the_records_broken_each_with_what_stood_before() -> None:
    sheet, event, heat = raced(NR, CR)
    published = publish(sheet, event, "official")
    assert broken(published) == [("=CR", "7", "10.02", "10.02"), ("NR", "7", "10.02", "10.05")]
    first = json.loads(published.content)["records"][0]
    assert (first["heat_id"], first["heat"], first["round"], first["record_list"]) == (heat, 1, "final", "own")


def test_r47_a_revised_publication_says_the_changed_code_and_the_first_stays() -> None:
    sheet, event, heat = raced(NR)
    first = publish(sheet, event, "provisional")
    rulings.rule(sheet, heat, Decision(bib=entry("7").bib, kind="dq", rule="TR17.3.1"))
    second = publish(sheet, event, "official")
    assert (codes(first)["7"], codes(second)["7"], codes(second)["8"]) == (["NR"], [], ["PB"])
    assert (len(broken(first)), broken(second)) == (1, [])
    assert first.digest != second.digest
    ruled = next(one.seq for one in reversed(sheet.state.log) if type(one.fact).__name__ == "Ruling")
    undo.undo(sheet, ruled)
    assert publish(sheet, event, "official").digest == first.digest


def test_r50_another_code_alone_is_another_digest() -> None:
    plain, other = (raced(*records) for records in ((), (NR,)))
    assert publish(plain[0], plain[1], "official").digest != publish(other[0], other[1], "official").digest


def test_r17_what_is_announced_says_that_there_was_no_wind_or_too_much() -> None:
    for wind, said, flags in (("+2.1", ["w"], []), (None, [], ["NWI"])):
        sheet, event, heat = raced(NR, wind=wind)
        rulings.rule(sheet, heat, Decision(bib=entry("9").bib, kind="dns"))
        published = publish(sheet, event, "provisional")
        first, _, absent = json.loads(published.content)["rounds"]["final"]
        assert (first.get("records", []), first.get("flags", [])) == (said, flags)
        assert (absent["bib"], absent.get("flags", [])) == ("9", [])


def test_the_records_of_another_event_are_announced_with_it_alone() -> None:
    sheet, event, _ = raced(NR)
    women = events.describe(sheet, replace(SPRINT, name="100 m, guests"))
    registrations.register(sheet, women, entry("20"))
    assert broken(publish(sheet, women, "provisional")) == []
    assert len(broken(publish(sheet, event, "provisional"))) == 1


def test_who_is_erased_or_of_another_nation_since_has_broken_the_record_all_the_same() -> None:
    sheet, event, _ = raced(NR, CR)
    published = publish(sheet, event, "official")
    assert same_people(sheet.state, published.at_seq)
    athletes.erase(sheet, sheet.state.registrations[next(iter(sheet.state.registrations))].entry.athlete)
    assert verified(sheet, published) == []
    assert "NOR" not in published.content


def test_a_code_that_hangs_on_no_nation_is_verified_whoever_was_erased() -> None:
    sheet, event, _ = raced(NR, CR)
    published = publish(sheet, event, "official")
    athletes.erase(sheet, sheet.state.registrations[next(iter(sheet.state.registrations))].entry.athlete)
    list_records(sheet, [])
    found = {(one.where, one.bib, one.field) for one in verified(sheet, published)}
    assert ("standings", "7", "records") in found


def test_a_code_that_is_another_one_today_is_a_difference_of_its_line() -> None:
    sheet, event, _ = raced(NR)
    published = publish(sheet, event, "official")
    better = replace(NR, mark_us=Duration(9_000_000))
    list_records(sheet, [RecordList(name="own", title="Own", source="us", as_of="2026-01-01", records=(better,))])
    found = verified(sheet, published)
    assert Difference("standings", "7", "records", ["NR"], []) in found
    assert [(one.bib, one.field, one.today) for one in found if one.where == "records"] == [("7", "line", None)]


def test_what_was_announced_before_publications_had_records_still_holds() -> None:
    sheet, event, _ = raced(NR)
    published = publish(sheet, event, "official")
    old = json.loads(published.content)
    del old["records"]
    for line in (*old["standings"], *old["rounds"]["final"]):
        line.pop("records", None)
    text = json.dumps(old, sort_keys=True, separators=(",", ":"))
    assert verified(sheet, replace(published, content=text, digest=digest(text))) == []
