"""What an official is asked about before results are official."""

from app.domain.facts import FinishesRead, Reading
from app.domain.ids import EventId, RegistrationId
from app.domain.units import Duration
from app.rules.anomalies import KINDS
from app.timing.anomalies import FINDERS
from tests.timing.anomaly_scenes import HEAT, conflicting, found, kinds, sprint, three_mats
from tests.timing.builders import Script, points, road


def test_every_kind_has_its_function() -> None:
    assert tuple(FINDERS) == KINDS


def test_a_race_without_anything_odd_has_no_anomaly() -> None:
    script = three_mats("1", "2")
    script.reads("1", start=2, half=1_200, finish=2_400)
    script.reads("2", start=3, half=1_300, finish=2_500)
    assert found(script) == found(script, None) == []


def test_a_kind_that_the_rules_ignore_is_not_asked_about() -> None:
    spec = road(rules={"anomalies": {"ignored": ["missing_point"]}})
    script = Script()
    script.event(spec=spec)
    script.runner("1")
    script.draw()
    script.gun()
    script.reads("1", start=2, finish=2_400)
    assert found(script) == found(script, None) == []


def test_the_id_is_the_same_however_often_it_is_found_and_another_with_other_evidence() -> None:
    script = sprint(9.05)
    before = found(script)[0].id
    script.runner("2")
    assert found(script)[0].id == before == found(script, None)[0].id
    readings = (Reading(registration=RegistrationId("e/1"), elapsed_us=Duration(9_060_000)),)
    script.record(FinishesRead(heat=HEAT, method="photo_finish", readings=readings))
    assert found(script)[0].id != before


def test_the_meet_is_asked_about_each_thing_once() -> None:
    script = conflicting()
    script.event("f", road(points=points(("start", 0), ("finish", 10_000))))
    script.runner("9", "f")
    script.draw("f")
    script.gun("f/final/1", 10)
    assert kinds(script, EventId("f")) == ["read_conflict"]
    assert kinds(script, None) == ["read_conflict"]
