from dataclasses import replace

import pytest

from app.domain.facts import AthleteDescribed, ChipAssigned, Registered
from app.domain.ids import AthleteId, Bib, EventId, RegistrationId
from app.domain.refusals import (
    AlreadyRegistered,
    BibTaken,
    ChipTaken,
    Contradicts,
    IdentityDiffers,
    Invalid,
    NotFound,
    OutOfMeet,
    ResultsDepend,
    SexDoesNotFit,
)
from app.domain.units import Duration
from app.operations import events, finishes, registrations, roster, rulings, starts, undo
from app.operations.finishes import Finish
from app.operations.rulings import Decision
from app.rules.conduct import Card
from tests.operations.fakes import GUN, FakeSheet
from tests.operations.scenes import ROAD, SPRINT, draw, entry, open_meet, place, register, road_race, sprint


def test_a_registration_makes_its_athlete_and_hands_out_its_chips() -> None:
    sheet, event = road_race()
    register(sheet, event, "007", chips="C1 C2 C1", pb="38:51", role="guest", wave="A", age=30)
    described, registered, *chips = sheet.facts[2:]
    assert isinstance(described, AthleteDescribed)
    assert isinstance(registered, Registered)
    assert (registered.bib, registered.pb_us, registered.role, registered.wave) == ("007", 2_331_000_000, "guest", "A")
    assert [chip.chip for chip in chips if isinstance(chip, ChipAssigned)] == ["C1", "C2"]


def test_the_same_bib_in_another_event_is_the_same_athlete() -> None:
    sheet = open_meet()
    one, other = events.describe(sheet, ROAD), events.describe(sheet, SPRINT)
    register(sheet, one, "7", nation="NOR")
    register(sheet, other, "7", club="Skjalg")
    assert len(sheet.state.athletes) == 1
    assert (sheet.people[AthleteId("ath_1")].nation, sheet.people[AthleteId("ath_1")].club) == ("NOR", "Skjalg")


@pytest.mark.parametrize(
    ("known", "given", "pointer"),
    [
        ({}, {"family_name": "Somebody"}, "/family_name"),
        ({}, {"sex": "W"}, "/sex"),
        ({"birth_date": "1990-01-01"}, {"birth_date": "1990-01-02"}, "/birth_date"),
        ({"age": 30}, {"age": 31}, "/age"),
        ({"external_id": "a"}, {"external_id": "b"}, "/external_id"),
    ],
)
def test_the_same_bib_with_another_identity_is_refused_at_the_field_that_differs(
    known: dict[str, object], given: dict[str, object], pointer: str
) -> None:
    sheet = open_meet()
    one, other = events.describe(sheet, ROAD), events.describe(sheet, SPRINT)
    register(sheet, one, "7", **known)
    before = len(sheet.facts)
    with pytest.raises(IdentityDiffers) as refused:
        register(sheet, other, "7", **given)
    assert (refused.value.pointer, len(sheet.facts)) == (pointer, before)


def test_where_each_event_has_its_own_bibs_the_same_bib_is_somebody_else() -> None:
    sheet = open_meet(bib_scope="event")
    one, other = events.describe(sheet, ROAD), events.describe(sheet, SPRINT)
    register(sheet, one, "7")
    register(sheet, other, "7", family_name="Somebody else")
    assert len(sheet.state.athletes) == 2


def test_a_bib_is_given_once_in_an_event() -> None:
    sheet, event = road_race()
    register(sheet, event, "7")
    with pytest.raises(BibTaken) as refused:
        register(sheet, event, "7", family_name="Somebody else")
    assert refused.value.pointer == "/bib"
    with pytest.raises(AlreadyRegistered):
        register(sheet, event, "7")


def test_an_athlete_is_in_an_event_at_most_once_under_whatever_bib() -> None:
    sheet, event = road_race()
    register(sheet, event, "7", external_id="N-7")
    with pytest.raises(AlreadyRegistered, match="already, as bib 7"):
        register(sheet, event, "8", external_id="N-7", family_name="Runner 7")


def test_an_external_id_does_not_open_the_bib_of_somebody_else() -> None:
    sheet = open_meet()
    one, other = events.describe(sheet, ROAD), events.describe(sheet, SPRINT)
    register(sheet, one, "7", external_id="N-7")
    register(sheet, one, "8")
    with pytest.raises(BibTaken):
        register(sheet, other, "8", external_id="N-7", family_name="Runner 7")


def test_a_woman_runs_in_an_event_for_women_or_for_all() -> None:
    sheet = open_meet()
    women, everybody = events.describe(sheet, replace(ROAD, sex="W")), events.describe(sheet, SPRINT)
    register(sheet, women, "1", sex="W")
    register(sheet, everybody, "1", sex="W")
    with pytest.raises(SexDoesNotFit) as refused:
        register(sheet, women, "2", sex="M")
    assert refused.value.pointer == "/sex"


@pytest.mark.parametrize("field", ["seed_mark", "pb", "sb"])
def test_a_mark_that_is_none_is_refused_at_its_field(field: str) -> None:
    sheet, event = road_race()
    with pytest.raises(Invalid) as refused:
        register(sheet, event, "1", **{field: "fast"})
    assert refused.value.pointer == f"/{field}"
    assert sheet.people == {}


def test_a_runner_needs_a_bib_but_neither_age_nor_category() -> None:
    sheet, event = road_race()
    with pytest.raises(Invalid, match="needs a bib"):
        register(sheet, event, " ")
    register(sheet, event, "1")
    assert sheet.state.athletes[AthleteId("ath_1")].ages is None


def test_a_chip_on_two_runners_at_once_is_refused_and_names_who_has_it() -> None:
    sheet, event = road_race()
    register(sheet, event, "1", chips="C1")
    with pytest.raises(ChipTaken) as refused:
        register(sheet, event, "2", chips="C1")
    assert (refused.value.held_by, refused.value.pointer) == ("1", "/chips")
    assert "2" not in sheet.state.events[event].by_bib


def test_a_late_entry_starts_in_the_heat_of_its_wave_also_after_the_gun() -> None:
    sheet, event = road_race()
    register(sheet, event, "1", wave="A")
    (heat,) = draw(sheet, event)
    starts.start(sheet, heat.heat, GUN)
    register(sheet, event, "2", wave="A")
    assert len(sheet.state.heats) == 1
    finishes.read_finishes(sheet, heat.heat, "hand", [Finish(bib=Bib("2"))])


def test_a_wave_that_appears_late_gets_a_heat_of_its_own() -> None:
    sheet, event = road_race()
    register(sheet, event, "1", wave="A")
    draw(sheet, event)
    (late,) = register(sheet, event, "2", wave="B")
    assert [heat.drawn.wave for heat in sheet.state.heats.values()] == ["A", "B"]
    registrations.change(sheet, late, {"wave": None})
    assert [heat.drawn.wave for heat in sheet.state.heats.values()] == ["A", "B", None]


def test_start_lists_made_elsewhere_are_not_opened_by_a_late_entry() -> None:
    sheet, event = sprint()
    register(sheet, event, "1")
    place(sheet, event, "1:1")
    register(sheet, event, "2", wave="B")
    assert len(sheet.state.heats) == 1


def test_a_registration_changes_what_is_given_and_clears_what_may_be_empty() -> None:
    sheet, event = road_race()
    (id,) = register(sheet, event, "1", wave="A", pb="38:51")
    registrations.change(sheet, id, {"bib": "11", "category": "M40", "pb": None, "sb": "39:00"})
    changed = sheet.state.registrations[id].entry
    assert (changed.bib, changed.category, changed.wave, changed.pb_us) == ("11", "M40", "A", None)
    assert list(sheet.state.events[event].by_bib) == ["11"]
    before = len(sheet.facts)
    registrations.change(sheet, id, {"bib": "11"})
    assert len(sheet.facts) == before


def test_a_bib_cannot_be_changed_to_one_that_is_taken_here_or_in_the_meet() -> None:
    sheet = open_meet()
    one, other = events.describe(sheet, ROAD), events.describe(sheet, SPRINT)
    (id, _) = register(sheet, one, "1", "2")
    register(sheet, other, "3")
    for bib in ("2", "3"):
        with pytest.raises(BibTaken):
            registrations.change(sheet, id, {"bib": bib})
    for field in ("bib", "role"):
        with pytest.raises(Invalid, match=f"has a {field}"):
            registrations.change(sheet, id, {field: None})


def test_who_withdrew_keeps_the_bib_may_be_corrected_and_may_come_back() -> None:
    sheet, event = road_race()
    (id,) = register(sheet, event, "1")
    registrations.withdraw(sheet, id)
    with pytest.raises(Contradicts, match="already withdrawn"):
        registrations.withdraw(sheet, id)
    with pytest.raises(BibTaken):
        register(sheet, event, "1", family_name="Somebody else")
    registrations.change(sheet, id, {"bib": "11"})
    assert sheet.state.registrations[id].withdrawn
    assert register(sheet, event, "11", family_name="Runner 1") == [id]
    assert not sheet.state.registrations[id].withdrawn


def test_with_a_time_a_registration_cannot_be_withdrawn_any_more() -> None:
    sheet, event = sprint()
    (id,) = register(sheet, event, "1")
    (heat,) = place(sheet, event, "1:1")
    finishes.read_finishes(sheet, heat, "photo_finish", [Finish(lane=1, elapsed_us=Duration(10_000_000))])
    with pytest.raises(ResultsDepend, match="who goes on to a round and does not run there is replaced in it"):
        registrations.withdraw(sheet, id)


def test_what_is_not_there_is_not_found() -> None:
    sheet, _ = road_race()
    with pytest.raises(NotFound):
        registrations.register(sheet, EventId("evt_other"), entry("1"))
    with pytest.raises(NotFound):
        registrations.withdraw(sheet, RegistrationId("reg_other"))


# ── R38: out of the meet ─────────────────────────────────────────────────────────────────────────────────────────────


def carded(*cards: Card) -> tuple[FakeSheet, EventId, list[int]]:
    """Bib 7 with cards in the 100 m, another event to enter for, and where the cards stand in the log."""
    sheet, event = sprint()
    register(sheet, event, "7", "8")
    (heat,) = place(sheet, event, "3:7 4:8")
    seqs = []
    for card in cards:
        rulings.rule(sheet, heat, Decision(bib=Bib("7"), kind="card", card=card, rule="TR7.1"))
        seqs.append(sheet.state.head)
    return sheet, events.describe(sheet, replace(SPRINT, name="200 m", distance_m=200)), seqs


@pytest.mark.parametrize(("cards", "said"), [(["RC"], "RC TR7.1"), (["YC", "YC"], "YRC TR7.1")])
def test_r38_who_is_out_of_the_meet_is_entered_for_nothing_more(cards: list[Card], said: str) -> None:
    sheet, later, seqs = carded(*cards)
    with pytest.raises(OutOfMeet) as raised:
        register(sheet, later, "7")
    assert (raised.value.code, raised.value.pointer) == ("out_of_meet", "/bib")
    assert f"({said}, number {seqs[-1]} of the log)" in raised.value.detail
    assert "R38" in raised.value.detail
    register(sheet, later, "8")


def test_r38_after_one_warning_alone_a_runner_may_be_entered() -> None:
    sheet, later, _ = carded("YC")
    register(sheet, later, "7")


def test_r38_once_the_card_is_undone_a_runner_may_be_entered() -> None:
    sheet, later, seqs = carded("RC")
    undo.undo(sheet, seqs[0])
    register(sheet, later, "7")


def test_r38_entries_from_before_the_card_stay_and_may_be_changed_by_a_list() -> None:
    sheet, event = sprint()
    register(sheet, event, "7")
    (heat,) = place(sheet, event, "3:7")
    rulings.rule(sheet, heat, Decision(bib=Bib("7"), kind="card", card="RC"))
    later = events.describe(sheet, replace(SPRINT, name="200 m", distance_m=200))
    row = b"bib,sex,family_name,pb\n7,M,Runner 7,10.50\n"
    assert roster.import_roster(sheet, event, row).updated == 1
    (error,) = roster.import_roster(sheet, later, row).errors
    assert (error.row, error.column, error.code) == (2, "bib", "out_of_meet")


def test_r38_who_withdrew_and_was_shown_a_card_does_not_come_back() -> None:
    sheet, later, _ = carded()
    (entered,) = register(sheet, later, "7")
    registrations.withdraw(sheet, entered)
    rulings.rule(sheet, next(iter(sheet.state.heats)), Decision(bib=Bib("7"), kind="card", card="RC"))
    with pytest.raises(OutOfMeet):
        register(sheet, later, "7")
