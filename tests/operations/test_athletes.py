from typing import Any

import pytest

from app.domain.facts import AthleteDescribed, ChipAssigned, ConflictRuled, ReadConflict, ReadRuledOut
from app.domain.ids import AssignmentId, AthleteId, Bib, Chip, RegistrationId, SourceId
from app.domain.meet import Person
from app.domain.refusals import BibTaken, ExternalIdTaken, Invalid, NotFound, SexDoesNotFit
from app.domain.units import Instant
from app.operations import athletes, rulings, undo
from app.operations.ages import aged
from app.operations.false_starts import Accused, charge
from app.operations.people import Identity
from tests.operations.fakes import GUN, FakeRead, FakeSheet
from tests.operations.scenes import draw, open_meet, register, road_race


def holm(sheet: FakeSheet, **given: Any) -> Any:
    return athletes.create(sheet, Identity(**({"sex": "M", "family_name": "Holm", "given_name": "Rune"} | given)))


def test_the_log_gets_sex_and_ages_and_the_name_stays_beside_it() -> None:
    sheet = open_meet()
    id = holm(sheet, birth_date="1999-05-04", nation="NOR")
    (fact,) = sheet.facts[1:]
    assert isinstance(fact, AthleteDescribed)
    assert fact.ages is not None
    assert (fact.sex, fact.ages.race_day, fact.ages.year_end) == ("M", 26, 27)
    assert sheet.people[id] == Person(
        family_name="Holm", given_name="Rune", sex="M", birth_date="1999-05-04", nation="NOR"
    )


def test_names_are_kept_in_one_spelling_of_their_letters() -> None:
    sheet = open_meet()
    assert sheet.people[holm(sheet, family_name=" Bjo\u0308rk ")].family_name == "Björk"


@pytest.mark.parametrize(
    ("given", "pointer", "code"),
    [
        ({"family_name": " ", "given_name": None}, "/family_name", "no_name"),
        ({"birth_date": "04.05.1999"}, "/birth_date", "not_a_date"),
        ({"birth_date": "2026-05-04"}, "/birth_date", "not_a_birth_date"),
        ({"birth_date": "1850-01-01"}, "/birth_date", "not_a_birth_date"),
        ({"age": 121}, "/age", "out_of_range"),
    ],
)
def test_an_identity_that_cannot_be_is_refused_at_the_field(given: dict[str, Any], pointer: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        holm(open_meet(), **given)
    assert (refused.value.pointer, refused.value.code) == (pointer, code)


def test_an_external_id_names_one_athlete() -> None:
    sheet = open_meet()
    holm(sheet, external_id="N-17")
    with pytest.raises(ExternalIdTaken):
        holm(sheet, external_id="N-17")
    other = holm(sheet, external_id="N-18")
    with pytest.raises(ExternalIdTaken):
        athletes.change(sheet, other, {"external_id": "N-17"})
    athletes.change(sheet, other, {"external_id": "N-18", "club": "Skjalg"})
    assert sheet.people[other].club == "Skjalg"


def test_a_corrected_name_moves_the_log_without_being_in_it() -> None:
    sheet = open_meet()
    id = holm(sheet)
    athletes.change(sheet, id, {"given_name": " Runa ", "sex": "W"})
    assert sheet.facts[-1] == AthleteDescribed(athlete=id, sex="W")
    assert sheet.people[id].given_name == "Runa"
    athletes.change(sheet, id, {"given_name": "Runa"})
    assert len(sheet.facts) == 3


def test_a_cleared_birth_date_takes_its_ages_along_and_an_age_stays() -> None:
    sheet = open_meet()
    born, older = holm(sheet, birth_date="1999-05-04"), holm(sheet, age=40)
    athletes.change(sheet, born, {"birth_date": None})
    athletes.change(sheet, older, {"club": "Skjalg"})
    assert sheet.state.athletes[born].ages is None
    assert sheet.state.athletes[older].ages is not None
    athletes.change(sheet, older, {"age": None})
    assert sheet.state.athletes[older].ages is None
    athletes.change(sheet, older, {"age": 41})
    assert sheet.state.athletes[older].ages == aged(41)


def test_an_athlete_keeps_a_name_and_a_sex() -> None:
    sheet = open_meet()
    id = holm(sheet)
    with pytest.raises(Invalid, match="at least one name"):
        athletes.change(sheet, id, {"given_name": None, "family_name": ""})
    with pytest.raises(Invalid, match="has a sex"):
        athletes.change(sheet, id, {"sex": None})


def test_another_sex_must_fit_the_events_that_the_athlete_is_in() -> None:
    sheet, event = road_race(sex="M")
    register(sheet, event, "1")
    with pytest.raises(SexDoesNotFit):
        athletes.change(
            sheet, sheet.state.events[event].registrations[RegistrationId("reg_1")].entry.athlete, {"sex": "W"}
        )


def test_after_erasure_nothing_of_the_person_is_left_and_the_bib_is_nobody_elses() -> None:
    sheet, event = road_race()
    (registration,) = register(sheet, event, "1")
    id = sheet.state.registrations[registration].entry.athlete
    athletes.erase(sheet, id)
    assert sheet.people[id] == Person(erased=True)
    assert sheet.tx.idempotency.forgotten == [id, registration]
    assert sheet.state.registrations[registration].entry.bib == "1"
    with pytest.raises(NotFound):
        athletes.change(sheet, id, {"family_name": "Holm"})
    with pytest.raises(NotFound):
        athletes.erase(sheet, id)
    with pytest.raises(BibTaken, match="identity was erased"):
        register(sheet, event, "1")


def test_after_erasure_nothing_is_left_of_what_officials_wrote_about_the_athlete() -> None:
    sheet, event = road_race()
    register(sheet, event, "1")
    register(sheet, event, "2")
    heat = draw(sheet, event)[0].heat
    rulings.rule(sheet, heat, rulings.Decision(bib=Bib("1"), kind="dq", reason="Ida Brandt left the course"))
    undone = undo.undo(sheet, sheet.state.head, "Brandt was right")
    undo.undo(sheet, undone, "Brandt was wrong")
    rulings.rule(sheet, heat, rulings.Decision(bib=Bib("1"), kind="card", card="YC"))
    charge(sheet, heat, [Accused(bib=Bib("2")), Accused(bib=Bib("1"))], "Brandt moved")
    charge(sheet, heat, [Accused(bib=Bib("2"))], "moved")
    rulings.rule(sheet, heat, rulings.Decision(bib=Bib("2"), kind="note", reason="fell"))
    undo.undo(sheet, sheet.state.head, "was pushed")
    athletes.erase(sheet, sheet.state.registrations[RegistrationId("reg_1")].entry.athlete)
    assert list(sheet.texts.values()) == ["", "", "", "", "moved", "fell", "was pushed"]


NOON = Instant(GUN + 7_200_000_000)


def worn(
    sheet: FakeSheet, chip: str, athlete: AthleteId, since: Instant | None = None, until: Instant | None = None
) -> None:
    id = AssignmentId(sheet.new_id("assignment"))
    sheet.record(ChipAssigned(assignment=id, chip=Chip(chip), athlete=athlete, since=since, until=until))


@pytest.mark.parametrize(
    ("read", "left"),
    [
        (FakeRead(GUN, chip="c1"), False),
        (FakeRead(NOON - 1, chip="c1"), False),
        (FakeRead(NOON, chip="c1"), True),
        (FakeRead(NOON, chip="c2"), False),
        (FakeRead(NOON - 1, chip="c2"), True),
        (FakeRead(GUN, chip="c3"), True),
        (FakeRead(GUN, bib="1"), False),
        (FakeRead(GUN, bib="2"), True),
    ],
)
def test_what_was_written_of_a_read_goes_with_whoever_wore_its_chip_then(read: FakeRead, left: bool) -> None:
    sheet, event = road_race()
    registrations = [*register(sheet, event, "1"), *register(sheet, event, "2")]
    mine, other = (sheet.state.registrations[id].entry.athlete for id in registrations)
    worn(sheet, "c1", mine, until=NOON)
    worn(sheet, "c1", other, since=NOON)
    worn(sheet, "c2", mine, since=NOON)
    offered = ReadConflict(
        source=SourceId("src_1"), epoch="1", source_seq=1, first_seq=7, at=GUN, chip=Chip("c3"), bib=None
    )
    conflict = sheet.record(offered)
    sheet.tx.reads.rows[7] = read
    ruled = sheet.record(ReadRuledOut(read_seq=7, reason=sheet.text("Brandt's bag lay there")))
    sheet.record(ConflictRuled(conflict_seq=conflict, take="first", reason=sheet.text("Brandt says so")))
    undo.undo(sheet, ruled, "Brandt had no bag")
    athletes.erase(sheet, mine)
    said = ["Brandt's bag lay there", "Brandt says so", "Brandt had no bag"]
    assert list(sheet.texts.values()) == (said if left else ["", "", ""])


def test_what_was_written_of_two_reads_goes_with_whoever_wore_the_chip_of_either() -> None:
    sheet, event = road_race()
    (registration,) = register(sheet, event, "1")
    mine = sheet.state.registrations[registration].entry.athlete
    offered = ReadConflict(source=SourceId("src_1"), epoch="1", source_seq=1, first_seq=7, at=GUN, bib=Bib("1"))
    conflict = sheet.record(offered)
    sheet.tx.reads.rows[7] = FakeRead(GUN, chip="c3")
    sheet.record(ConflictRuled(conflict_seq=conflict, take="first", reason=sheet.text("Brandt says so")))
    athletes.erase(sheet, mine)
    assert list(sheet.texts.values()) == [""]
