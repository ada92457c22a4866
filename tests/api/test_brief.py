"""Which endpoints answer on the loop: those that were brief, where nothing would make the loop wait."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import cast

import pytest
from fastapi import FastAPI
from starlette.responses import Response
from starlette.testclient import TestClient

from app.api import express
from app.api.brief import BRIEF_S, REMEMBERED, STEADY, Brevity
from app.api.route import Route
from app.api.services import Services
from app.api.threads import threads
from app.domain.ids import MeetId
from tests.api.organizer import Organizer

KEY = ("get_event", "meet_1", "evt_1")
ANOTHER = ("get_event", "meet_1", "evt_2")
LOOP = "the loop"
A_THREAD = "a thread"


class Watch:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def works(self, seconds: float) -> Callable[[], str]:
        def work() -> str:
            self.now += seconds
            return "done"

        return work


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def brevity(watch: Watch) -> Brevity:
    return Brevity(watch)


def test_what_was_brief_a_few_times_running_is_expected_to_be(brevity: Brevity, watch: Watch) -> None:
    for _ in range(STEADY):
        assert not brevity.expected(KEY, small=False)
        assert brevity.measured(KEY, watch.works(BRIEF_S / 2)) == "done"
    assert brevity.expected(KEY, small=False)


def test_one_long_time_begins_the_count_anew(brevity: Brevity, watch: Watch) -> None:
    for _ in range(STEADY):
        brevity.measured(KEY, watch.works(0))
    brevity.measured(KEY, watch.works(BRIEF_S))
    assert not brevity.expected(KEY, small=True)


def test_another_event_has_to_show_it_once_unless_the_meet_is_small(brevity: Brevity, watch: Watch) -> None:
    for _ in range(STEADY):
        brevity.measured(KEY, watch.works(0))
    assert not brevity.expected(ANOTHER, small=False)
    assert brevity.expected(ANOTHER, small=True)
    brevity.measured(ANOTHER, watch.works(0))
    assert brevity.expected(ANOTHER, small=False)


def test_what_is_long_for_one_event_says_nothing_good_of_the_next_one(brevity: Brevity, watch: Watch) -> None:
    for _ in range(STEADY):
        brevity.measured(KEY, watch.works(0))
    brevity.measured(ANOTHER, watch.works(BRIEF_S))
    assert not brevity.expected(("get_event", "meet_1", "evt_3"), small=True)


def test_what_is_asked_of_a_meet_itself_is_counted_once(brevity: Brevity, watch: Watch) -> None:
    brevity.measured(("get_meet", "meet_1"), watch.works(0))
    assert brevity._in_a_row == {("get_meet", "meet_1"): 1}


def test_work_that_raises_is_measured_too(brevity: Brevity) -> None:
    for _ in range(STEADY):
        with pytest.raises(ZeroDivisionError):
            brevity.measured(KEY, lambda: 1 // 0)
    assert brevity.expected(KEY, small=False)


def test_no_more_is_remembered_than_there_is_room_for(brevity: Brevity, watch: Watch) -> None:
    for number in range(REMEMBERED + STEADY):
        brevity.measured(("get_event", f"meet_{number}", "evt_1"), watch.works(0))
    assert len(brevity._in_a_row) <= REMEMBERED


class Looked:
    """Looks at something of an event, and says where its endpoint ran."""

    def __init__(
        self,
        app: FastAPI,
        client: TestClient,
        monkeypatch: pytest.MonkeyPatch,
        operation: str = "list_standings",
        address: str = "/standings",
    ) -> None:
        self._address = address
        self.organizer = Organizer(client)
        self.meet = MeetId(self.organizer.meet())
        self._client = client
        self.turn_to_another_event()
        self._where: list[str] = []
        route = next(one for one in app.routes if isinstance(one, Route) and one.operation == operation)
        plain = cast("Callable[..., Response]", route.plain)

        def noting(*args: object, **kwargs: object) -> Response:
            self._where.append(A_THREAD if threading.current_thread().name.startswith("endpoints") else LOOP)
            return plain(*args, **kwargs)

        monkeypatch.setattr(route, "plain", noting)

    def turn_to_another_event(self) -> None:
        self._path = f"/v1/events/{self.organizer.event(self.meet)}{self._address}"

    def at(self, query: str = "") -> str:
        answer = self._client.get(self._path + query)
        assert answer.status_code == 200, answer.text
        return self._where.pop()

    def often(self) -> "Looked":
        for _ in range(STEADY):
            self.at()
        return self


@pytest.fixture
def looked(app: FastAPI, client: TestClient, monkeypatch: pytest.MonkeyPatch) -> Looked:
    return Looked(app, client, monkeypatch)


@pytest.fixture
def known(app: FastAPI) -> Services:
    return cast("Services", app.state.services)


@contextmanager
def busy() -> Iterator[None]:
    """One of the threads has something to do."""
    with threads._guard:
        threads._unfinished += 1
    try:
        yield
    finally:
        with threads._guard:
            threads._unfinished -= 1


@pytest.mark.parametrize("backend", ["sqlite"])
class TestOnTheEmbeddedDatabase:
    def test_an_endpoint_that_was_brief_answers_on_the_loop(self, looked: Looked) -> None:
        assert [looked.at() for _ in range(STEADY + 1)] == [A_THREAD] * STEADY + [LOOP]

    def test_not_while_a_thread_has_work(self, looked: Looked) -> None:
        looked.often()
        with busy():
            assert looked.at() == A_THREAD
        assert looked.at() == LOOP

    def test_not_while_a_commit_of_reads_is_waited_for(self, looked: Looked, known: Services) -> None:
        looked.often()
        known.ingest._waited_for += 1
        assert looked.at() == A_THREAD
        known.ingest._waited_for -= 1
        assert looked.at() == LOOP

    def test_not_for_a_meet_that_has_to_be_read_from_the_disk(self, looked: Looked, known: Services) -> None:
        looked.often()
        known.live.forget(looked.meet)
        assert looked.at() == A_THREAD
        assert looked.at() == LOOP

    def test_another_event_of_a_small_meet_is_taken_for_as_brief(self, looked: Looked) -> None:
        looked.often().turn_to_another_event()
        assert looked.at() == LOOP

    def test_another_event_of_a_large_meet_has_to_show_it_first(
        self, looked: Looked, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(express, "SMALL", 1)
        looked.often().turn_to_another_event()
        assert [looked.at(), looked.at()] == [A_THREAD, LOOP]

    @pytest.mark.parametrize("query", ["?as_of=2", "?min_seq=1"])
    def test_not_for_what_may_wait_for_the_log_or_make_the_past_anew(self, looked: Looked, query: str) -> None:
        assert looked.often().at(query) == A_THREAD

    def test_not_for_a_document_which_is_ready_bytes_until_it_has_to_be_drawn(
        self, app: FastAPI, client: TestClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        looked = Looked(app, client, monkeypatch, "get_event_sheet", "/sheets/results.txt")
        assert looked.often().at() == A_THREAD


@pytest.mark.parametrize("backend", ["postgresql"])
def test_a_database_of_another_machine_is_waited_for_in_threads(looked: Looked) -> None:
    assert looked.often().at() == A_THREAD
