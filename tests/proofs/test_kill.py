"""kill -9 at random moments while timing boxes post: no acknowledged read is lost, none is stored twice."""

import random
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from bench.server import TOKEN, free_port, launch, wait_until_healthy
from tests.proofs.conftest import Amount
from tests.proofs.forked import fork
from tests.proofs.stored import complaints
from tests.proofs.timing_boxes import TimingBox, body

SOURCES = ("start", "5 km", "finish")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/backstraight.db"
    new_database: Callable[[], str] = request.getfixturevalue("new_postgres_url")
    return new_database()


def test_no_acknowledged_read_is_lost_to_kill_9_and_none_is_doubled(
    database_url: str, tmp_path: Path, amount: Amount, record_property: Callable[[str, object], None]
) -> None:
    port, kills, rnd = free_port(), amount(20, 200), random.Random(2026)
    server = fork(port, tmp_path, database_url)
    meet = new_meet(port)
    boxes = [TimingBox(port, meet, source).start() for source in SOURCES]
    try:
        for kill in range(kills):
            time.sleep(rnd.uniform(0.02, 0.2))
            if kill % 2:
                _wait_for_an_acknowledgement(rnd.choice(boxes))
            server.kill()
            server.join(20)
            server = fork(port, tmp_path, database_url)
        time.sleep(0.5)
    finally:
        for box in boxes:
            box.stop()
        server.kill()
        server.join(20)
    assert [box.wrong for box in boxes] == [[], [], []]
    assert complaints(database_url, [(box.source, box.acknowledged) for box in boxes]) == []
    assert all(box.acknowledged for box in boxes)
    record_property("kills", kills)
    record_property("acknowledged_reads", sum(box.acknowledged for box in boxes))


def _wait_for_an_acknowledgement(box: TimingBox) -> None:
    """A kill right after it finds out most surely whether it came before the commit."""
    box.told.clear()
    box.told.wait(5)


def test_it_is_ready_again_with_a_full_log(
    database_url: str, tmp_path: Path, amount: Amount, record_property: Callable[[str, object], None]
) -> None:
    port, reads = free_port(), amount(10_000, 250_000)
    filled = fork(port, tmp_path, database_url)
    meet, headers = new_meet(port), {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=60) as api:
        for first in range(1, reads, 10_000):
            api.post(f"/v1/meets/{meet}/reads", content=body("finish", first, 10_000)).raise_for_status()
    filled.kill()
    filled.join(20)
    began = time.monotonic()
    server = launch(port, tmp_path, database_url)
    try:
        wait_until_healthy(f"http://127.0.0.1:{port}")
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=60) as api:
            answer = api.post(f"/v1/meets/{meet}/reads", content=body("finish", 1)).raise_for_status().json()
    finally:
        ready_s = time.monotonic() - began
        server.kill()
        server.wait(20)
    assert len(answer["exceptions"]) == answer["duplicates"] == 20
    assert answer["high_water"] == reads
    record_property("reads", reads)
    record_property("seconds_until_it_answered", f"{ready_s:.2f}")


def new_meet(port: int) -> str:
    day = {"starts_on": "2026-09-21", "ends_on": "2026-09-21"}
    answer = httpx.post(
        f"http://127.0.0.1:{port}/v1/meets",
        json={"name": "Proof", "timezone": "UTC", **day},
        headers={"Authorization": f"Bearer {TOKEN}"},
    )
    answer.raise_for_status()
    id: str = answer.json()["id"]
    return id
