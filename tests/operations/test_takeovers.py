"""Takeovers as officials read them: what is recorded, and what is refused."""

from dataclasses import replace

import pytest

from app.domain.facts import Handed, TakeoversRead
from app.domain.ids import Bib, HeatId, RegistrationId
from app.domain.refusals import Contradicts, Invalid, NotInHeat, Refusal, ResultsDepend
from app.domain.units import Duration
from app.operations import events, rounds, starts, takeovers
from app.operations.takeovers import Seen
from tests.operations.fakes import GUN, FakeSheet
from tests.operations.scenes import SPRINT, open_meet, place, register


def relay() -> tuple[FakeSheet, HeatId]:
    sheet = open_meet()
    event = events.describe(sheet, replace(SPRINT, name="4 x 100 m", relay_legs=4))
    register(sheet, event, "A", "B")
    return sheet, place(sheet, event, "1:A 2:B")[0]


def seen(leg: int, seconds: float, bib: str | None = "A", lane: int | None = None) -> Seen:
    return Seen(leg=leg, elapsed_us=Duration(round(seconds * 1e6)), bib=None if bib is None else Bib(bib), lane=lane)


def read(sheet: FakeSheet) -> list[TakeoversRead]:
    return [fact for fact in sheet.facts if isinstance(fact, TakeoversRead)]


def test_takeovers_are_named_by_bib_or_lane_in_any_order() -> None:
    sheet, heat = relay()
    takeovers.read_takeovers(sheet, heat, "hand", [seen(3, 31.2), seen(1, 10.5, bib=None, lane=2)])
    (fact,) = read(sheet)
    assert fact.takeovers == (
        Handed(registration=RegistrationId("reg_1"), leg=3, elapsed_us=Duration(31_200_000)),
        Handed(registration=RegistrationId("reg_2"), leg=1, elapsed_us=Duration(10_500_000)),
    )
    known = sheet.state.heats[heat].now.takeovers
    assert {key: one.method for key, one in known.items()} == {("reg_1", 3): "hand", ("reg_2", 1): "hand"}


def test_the_same_again_records_nothing_and_another_time_corrects() -> None:
    sheet, heat = relay()
    first = takeovers.read_takeovers(sheet, heat, "hand", [seen(1, 10.5), seen(2, 20.5)])
    assert takeovers.read_takeovers(sheet, heat, "hand", [seen(1, 10.5)]) == first
    assert len(read(sheet)) == 1
    takeovers.read_takeovers(sheet, heat, "photo_finish", [seen(1, 10.5)])
    takeovers.read_takeovers(sheet, heat, "photo_finish", [seen(1, 10.6)])
    known = sheet.state.heats[heat].now.takeovers
    assert [(leg, one.handed.elapsed_us, one.method) for (_, leg), one in known.items()] == [
        (1, 10_600_000, "photo_finish"),
        (2, 20_500_000, "hand"),
    ]


@pytest.mark.parametrize(
    ("given", "refusal", "pointer"),
    [
        ([], Invalid, "/takeovers"),
        ([seen(4, 40.0)], Invalid, "/takeovers/0/leg"),
        ([seen(0, 40.0)], Invalid, "/takeovers/0/leg"),
        ([seen(1, 10.0), seen(1, 10.1)], Invalid, "/takeovers/1/leg"),
        ([seen(1, 0.0)], Invalid, "/takeovers/0/elapsed_us"),
        ([seen(1, 10.0, bib=None)], Invalid, "/takeovers/0"),
        ([seen(1, 10.0, bib="C")], NotInHeat, "/takeovers/0/bib"),
        ([seen(1, 10.0, bib=None, lane=7)], NotInHeat, "/takeovers/0/lane"),
    ],
)
def test_what_is_no_takeover_of_this_heat_is_refused(given: list[Seen], refusal: type[Refusal], pointer: str) -> None:
    sheet, heat = relay()
    with pytest.raises(refusal) as caught:
        takeovers.read_takeovers(sheet, heat, "hand", given)
    assert caught.value.pointer == pointer
    assert read(sheet) == []


def test_only_relays_have_takeovers() -> None:
    sheet = open_meet()
    event = events.describe(sheet, SPRINT)
    register(sheet, event, "7")
    (heat,) = place(sheet, event, "1:7")
    with pytest.raises(Contradicts, match="no relay"):
        takeovers.read_takeovers(sheet, heat, "hand", [seen(1, 10.0, bib="7")])


def test_a_heat_with_takeovers_is_not_withdrawn() -> None:
    sheet, heat = relay()
    takeovers.read_takeovers(sheet, heat, "hand", [seen(1, 10.5)])
    with pytest.raises(ResultsDepend):
        rounds.withdraw_heat(sheet, heat)


def test_a_rerun_begins_without_takeovers() -> None:
    sheet, heat = relay()
    starts.start(sheet, heat, GUN)
    takeovers.read_takeovers(sheet, heat, "hand", [seen(1, 10.5)])
    starts.rerun(sheet, heat)
    assert sheet.state.heats[heat].now.takeovers == {}
    assert sheet.state.heats[heat].attempts[0].takeovers != {}


def test_of_a_rerun_for_some_the_others_keep_their_takeovers() -> None:
    sheet, heat = relay()
    starts.start(sheet, heat, GUN)
    takeovers.read_takeovers(sheet, heat, "hand", [seen(1, 10.5), seen(1, 10.7, bib="B")])
    starts.rerun(sheet, heat, [Bib("A")])
    assert list(sheet.state.heats[heat].now.takeovers) == [("reg_2", 1)]
