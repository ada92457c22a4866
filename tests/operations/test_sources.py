import pytest

from app.domain.refusals import Invalid
from app.domain.units import Duration
from app.operations import sources
from app.operations.sources import Station
from tests.operations.scenes import open_meet


def test_the_same_station_again_records_nothing_and_another_place_keeps_the_source() -> None:
    sheet = open_meet()
    id = sources.put(sheet, "mat-1", Station(place=" finish "))
    assert sources.put(sheet, "mat-1", Station(place="finish")) == id
    assert len(sheet.facts) == 2
    assert sources.put(sheet, "mat-1", Station(place="start", role="backup")) == id
    assert sheet.state.sources[id].place == "start"


@pytest.mark.parametrize(
    ("station", "pointer"),
    [
        (Station(place=" "), "/place"),
        (Station(place="finish", timezone="CEST+2"), "/timezone"),
        (Station(place="finish", date_hint="today"), "/date_hint"),
        (Station(place="finish", offset_us=Duration(10**16)), "/offset_us"),
    ],
)
def test_a_station_that_cannot_be_is_refused_at_the_field(station: Station, pointer: str) -> None:
    with pytest.raises(Invalid) as refused:
        sources.put(open_meet(), "mat-1", station)
    assert refused.value.pointer == pointer


def test_a_source_needs_a_name() -> None:
    with pytest.raises(Invalid):
        sources.put(open_meet(), " ", Station(place="finish"))
