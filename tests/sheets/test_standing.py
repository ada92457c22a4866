"""How far a sheet is from being final, and what a new version changed."""

from dataclasses import replace

import pytest

from app.domain.facts import AthleteDescribed
from app.domain.meet import RoundSpec
from app.domain.units import Duration
from app.sheets.documents import standing
from app.sheets.sheet import Sheet
from tests.sheets.golden import sheets
from tests.sheets.meets import Small, retro_championship, road_race, track_championship
from tests.timing.builders import Script, track


def sheet(meet: str, noun: str, id: str, name: str) -> Sheet:
    (made,) = sheets(meet, noun, id, name)
    return made


HEAT = sheet("track", "heat", "m100/round-1/1", "results")


def test_what_was_announced_is_official_with_its_version_and_digest_r55() -> None:
    assert (HEAT.status, HEAT.standing, HEAT.version) == ("official", "OFFICIAL v1", 1)
    assert HEAT.digest is not None
    assert len(HEAT.digest) == 64
    assert HEAT.changes == ()


def test_a_revised_sheet_says_when_why_and_what_changed_r55() -> None:
    one = sheet("retro", "heat", "b100/final/1", "results")
    assert (one.status, one.standing) == ("revised", "REVISED v2")
    assert one.changes == (
        "Revised at 12:00, Fri 15 JAN 2027: Protest of GER upheld",
        "Bib 2: 2. 13.6h → 1. 13.6h",
        "Bib 3: 3. 14.0h → 2. 14.0h",
        "Bib 1: 1. 13.4h → DQ RR-1",
    )


def test_what_changed_since_it_was_announced_is_provisional_again_r55() -> None:
    small = track_championship()
    small.script.rule("7", "dq", heat="m100/final/1", rule="TR17.3.1")
    one = small.sheet("event", "m100", "results")
    assert (one.status, one.standing, one.digest) == ("provisional", "PROVISIONAL", None)
    assert "Changed since version 1 was announced." in one.notes


def sprint() -> Small:
    small = Small(Script())
    rounds = RoundSpec(name="heats"), RoundSpec(name="final")
    small.script.event("e", replace(track(100), timing="photo_finish", rounds=rounds))
    for bib in "12":
        small.runner("e", bib, f"Runner{bib}")
    small.script.heats(("1", "2"), round="heats")
    small.script.finishes("e/heats/1", ("1", 10.212), ("2", 10.218), wind_mm_per_s=300)
    small.announce("e")
    return small


def test_whatever_is_printed_of_a_runner_is_official_or_not_r55() -> None:
    small = sprint()
    assert small.sheet("heat", "e/heats/1", "results").standing == "OFFICIAL v1"
    small.script.finishes("e/heats/1", ("1", 10.212), ("2", 10.219), wind_mm_per_s=300)
    assert small.sheet("heat", "e/heats/1", "results").standing == "PROVISIONAL", "the thousandths"
    small.announce("e")
    assert small.sheet("heat", "e/heats/1", "results").changes[1:] == ("Bib 2: 2. 10.22 (.218) → 2. 10.22 (.219)",)


def test_another_rule_for_who_is_disqualified_is_not_what_was_announced_r55() -> None:
    small = sprint()
    small.script.rule("2", "dq", heat="e/heats/1", rule="TR17.1.2")
    small.announce("e")
    small.script.rule("2", "dq", heat="e/heats/1", rule="TR17.3.1")
    assert small.sheet("heat", "e/heats/1", "results").standing == "PROVISIONAL"
    assert small.sheet("event", "e", "summary").standing == "PROVISIONAL"


def test_the_place_among_women_of_road_results_is_announced_too_r55() -> None:
    small = road_race()
    small.announce("10k", "official")
    state = small.script.state()
    who = next(id for id, one in state.athletes.items() if one.sex == "W")
    small.script.record(AthleteDescribed(athlete=who, sex="M", ages=state.athletes[who].ages))
    assert small.sheet("event", "10k", "results").standing == "PROVISIONAL"


def test_a_final_is_not_revised_where_its_heats_alone_were_announced_r55() -> None:
    small = sprint()
    small.script.heats(("1", "2"), round="final")
    small.announce("e")
    small.script.finishes("e/final/1", ("1", 10.1), ("2", 10.2), wind_mm_per_s=300)
    small.announce("e")
    one = small.sheet("heat", "e/final/1", "results")
    assert (one.status, one.standing, one.changes) == ("official", "OFFICIAL v3", ())
    assert small.sheet("heat", "e/heats/1", "results").standing == "REVISED v3"


def test_a_revised_sheet_says_who_is_not_on_it_any_more_r55() -> None:
    small = sprint()
    small.script.heats(("1",), round="heats")
    small.script.finishes("e/heats/1", ("1", 10.212), wind_mm_per_s=300)
    small.announce("e")
    changes = small.sheet("heat", "e/heats/1", "results").changes
    assert "Bib 2: 2. 10.22 (.218) → –" in changes


def test_official_after_provisional_is_no_revision_r55() -> None:
    small = road_race()
    assert small.sheet("event", "10k", "results").standing == "PROVISIONAL v1"
    small.announce("10k", "official")
    assert small.sheet("event", "10k", "results").standing == "OFFICIAL v2"


def test_provisional_results_say_until_when_protests_may_be_made_r55() -> None:
    small = Small(Script())
    small.script.event("e", track(100))
    small.runner("e", "1", "Runner")
    small.script.heats(("1",))
    small.announce("e", "provisional", protest_us=Duration(1_800_000_000))
    (made,) = small.sheets("heat", "e/final/1", "results")
    assert [note for note in made.notes if note.startswith("Protests until")] != []
    small.announce("e", "official", protest_us=Duration(1_800_000_000))
    (made,) = small.sheets("heat", "e/final/1", "results")
    assert [note for note in made.notes if note.startswith("Protests until")] == []


def test_no_more_changes_are_told_than_a_page_has_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    small = retro_championship()
    assert len(small.sheet("heat", "b100/final/1", "results").changes) == 4, "when and why, then three runners"
    monkeypatch.setattr(standing, "MOST_CHANGES", 2)
    assert len(small.sheet("heat", "b100/final/1", "results").changes) == 3
