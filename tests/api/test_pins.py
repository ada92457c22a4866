"""Lists that stay as they were for their next pages."""

from typing import cast

import pytest
from fastapi import FastAPI
from starlette.requests import Request
from starlette.testclient import TestClient

from app.api.looking import Looking
from app.api.pins import Pin, Pins
from app.api.services import Services
from app.domain.ids import MeetId
from app.operations.access import Access, Unidentified
from tests.api.organizer import Organizer
from tests.api.races import road, show


def test_a_list_is_found_by_its_filters_and_position() -> None:
    pins = Pins()
    pins.keep(b"a", Pin(7, [1, 2]))
    assert pins.get(b"a", 7) == Pin(7, [1, 2])
    assert pins.get(b"a", 8) is None
    assert pins.get(b"b", 7) is None


def test_lists_unused_longest_leave_when_there_are_too_many() -> None:
    pins = Pins(lists=2)
    for key in (b"a", b"b"):
        pins.keep(key, Pin(7, [1]))
    pins.get(b"a", 7)
    pins.keep(b"c", Pin(7, [1]))
    assert [pins.get(key, 7) is not None for key in (b"a", b"b", b"c")] == [True, False, True]


def test_lists_leave_when_their_rows_get_too_many() -> None:
    pins = Pins(rows=10)
    pins.keep(b"a", Pin(7, range(6)))
    pins.keep(b"a", Pin(7, range(6)))
    assert pins.get(b"a", 7) is not None
    pins.keep(b"b", Pin(7, range(6)))
    assert (pins.get(b"a", 7), pins.get(b"b", 7)) == (None, Pin(7, range(6)))


def test_who_was_let_in_while_the_meet_was_public_is_asked_again(client: TestClient) -> None:
    race = road(Organizer(client))
    services: Services = cast("FastAPI", client.app).state.services
    spectator = Access(None, None, "public")
    looking = Looking(Request({"type": "http"}), services.live, services.pins, spectator, None, None)
    with pytest.raises(Unidentified), looking.now(MeetId(race.meet)):
        pass
    show(race.organizer, race.meet, "public")
    with looking.now(MeetId(race.meet)) as view:
        assert view.head > 0
