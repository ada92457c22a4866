"""How sheets are made: once, and without anybody waiting for the pen."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pytest
from httpx2 import Response

from app.api import sheets
from app.domain.ids import EventId
from app.sheets import FORMATS, Format
from app.sheets.documents.events import EVENTS
from app.sheets.documents.printed import Maker, Printed
from app.sheets.sheet import Sheet
from tests.api.organizer import Organizer
from tests.api.races import road

PATIENCE_S = 5.0


@dataclass
class Pen:
    """A format whose renderer waits until it may go on, but not for ever."""

    drawing: threading.Event = field(default_factory=threading.Event)
    go: threading.Event = field(default_factory=threading.Event)
    drawn: int = 0

    def render(self, sheets: Sequence[Sheet]) -> bytes:
        self.drawing.set()
        self.go.wait(PATIENCE_S)
        self.drawn += 1
        return sheets[0].name.encode()


@pytest.fixture
def pen(monkeypatch: pytest.MonkeyPatch) -> Pen:
    pen = Pen()
    monkeypatch.setattr(sheets, "FORMATS", {**FORMATS, "pdf": Format("application/pdf", pen.render)})
    return pen


def test_nothing_of_the_meet_waits_while_a_sheet_is_drawn(organizer: Organizer, pen: Pen) -> None:
    race = road(organizer)
    race.gun()

    def ask() -> Response:
        return organizer.client.get(f"/v1/events/{race.event}/sheets/results.pdf")

    with ThreadPoolExecutor(1) as spectator:
        answer = spectator.submit(ask)
        assert pen.drawing.wait(PATIENCE_S)
        assert race.read("5 km", "1", 900.0)["stored"] == 1
        assert race.standings()
        assert not pen.drawn
        pen.go.set()
        assert answer.result().content == b"results"


def test_a_sheet_is_made_once_for_all_who_ask(organizer: Organizer, pen: Pen, monkeypatch: pytest.MonkeyPatch) -> None:
    race, made, maker = road(organizer), list[str](), EVENTS["results"]

    def make(of: Printed, whom: EventId, taken: Any) -> Sequence[Sheet]:
        made.append(whom)
        return maker.make(of, whom, taken)

    monkeypatch.setattr(sheets, "EVENTS", {**EVENTS, "results": Maker(maker.take, make)})
    pen.go.set()
    path = f"/v1/events/{race.event}/sheets/results.pdf"
    first = organizer.client.get(path)
    assert organizer.client.get(path).content == first.content
    assert organizer.client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert (len(made), pen.drawn) == (1, 1)
