"""`backstraight demo`: a server of its own, and a retro championship played into it over its HTTP API."""

import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from app.cli import board
from app.cli.championship import PUBLISHED, ROAD_GUN, Championship
from app.cli.child import Child, port_for, running
from app.cli.client import Server
from app.cli.console import AsJson, Port, put_json, say
from app.cli.programme import SECOND, play
from app.cli.screen import Screen

TITLE: Final = "Retro Championships"
ROWS: Final = 10


def demo(
    port: Port = None,
    speed: Annotated[
        float, typer.Option(min=0, help="Seconds of the championship in one of ours; 0: no waiting.")
    ] = 120.0,
    seed: Annotated[int, typer.Option(help="Who runs, how fast, and what the mats do wrong.")] = 2026,
    runners: Annotated[int, typer.Option(min=20, max=8_000, help="In the 10 km.")] = 500,
    data_dir: Annotated[
        Path | None, typer.Option(help="Keep the data here (default: a folder that goes away).")
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="Stop when the championship is over.")] = False,
    as_json: AsJson = False,
) -> None:
    """Play a retro championship into a server of its own, and keep serving it until Ctrl-C.

    Without a port the server takes 8000, or another one where that is taken.

    \b
    Examples:
      backstraight demo
      backstraight demo --port 9000 --speed 30
      backstraight demo --once --speed 0 --json

    Exit status: 0 played, 1 the server refused something, 3 the server did not start.
    """
    began = time.monotonic()
    with (
        _folder(data_dir) as folder,
        running(folder, port_for(port)) as child,
        Server(child.base, child.token) as server,
    ):
        stage = Stage(server, child, began, Screen(sys.stderr))
        try:
            result = stage.play(seed, runners, speed)
            if as_json:
                put_json(result)
            if not once:
                stage.keep_serving()
        except KeyboardInterrupt:
            say("\nStopped.")


@contextmanager
def _folder(chosen: Path | None) -> Iterator[Path]:
    if chosen is not None:
        yield chosen
        return
    with tempfile.TemporaryDirectory(prefix="backstraight-demo-") as folder:
        yield Path(folder)


class Stage:
    """What the spectators of the demo see."""

    def __init__(self, server: Server, child: Child, began: float, screen: Screen) -> None:
        self._server, self._child, self._began, self._screen = server, child, began, screen
        self._first_standing_s: float | None = None

    def play(self, seed: int, runners: int, speed: float) -> dict[str, Any]:
        """The championship from the first heat to the official results; what it came to."""
        started_s = time.monotonic() - self._began
        begin = datetime.now(UTC).replace(second=0, microsecond=0)
        self._meet = Championship(self._server, seed, runners, begin)
        self.show(self._meet.road.event, runners, self._meet.reads)
        self._introduce(started_s)
        every_us = max(SECOND, round(speed * SECOND / 4)) if speed else 60 * SECOND
        play(self._meet.cues(every_us), speed, self._news, self._tick)
        self._screen.keep(self.board(PUBLISHED))
        return {
            "base": self._child.base,
            "meet_id": self._meet.meet,
            "event_ids": {
                "100 m": self._meet.sprint.event,
                "10 km": self._meet.road.event,
                "800 m": self._meet.laps.event,
            },
            "first_standing_s": self._first_standing_s,
            "reads": dict(self._meet.reads),
        }

    def show(self, event: str, runners: int, reads: Counter[str]) -> None:
        """What the board shows from now on."""
        self._event, self._runners, self._reads = event, runners, reads

    def keep_serving(self) -> None:
        say(f"\nThe championship is over; the server goes on at {self._child.base}. Ctrl-C stops it.")
        self._child.process.wait()

    def _introduce(self, started_s: float) -> None:
        base, road, bold = self._child.base, self._meet.road.event, self._screen.bold
        say(f"{bold(TITLE)}: seeded, faster than life, over HTTP. The server was ready in {started_s:.1f} s.\n")
        say(f"  API documentation   {base}/docs")
        say(f"  10 km, standings    {base}/v1/events/{road}/standings")
        say(f"  10 km, on paper     {base}/v1/events/{road}/sheets/results.html, or .pdf\n")
        say("Worth trying in another terminal, now and again later. The token has all rights.\n")
        heat = self._meet.road.heat
        say(f"  export BACKSTRAIGHT_BASE={base} BACKSTRAIGHT_TOKEN={self._child.token}")
        for line in tour(road, heat, self._meet.forgotten, self._meet.first):
            say(f"  {line}")
        say("\nTimes at the left are the clock of the meet.\n")

    def _news(self, at_us: int, text: str) -> None:
        if self._first_standing_s is None:
            self._look_for_first_standing()
        self._screen.news(f"{self._screen.dim(board.clock(at_us))}  {text}")

    def _look_for_first_standing(self) -> None:
        page = self._server.get(f"/v1/events/{self._meet.sprint.event}/standings", limit=1)
        if page["items"] and page["items"][0]["place"] is not None:
            self._first_standing_s = round(time.monotonic() - self._began, 2)
            self._screen.news(
                f"The first live standing came {self._first_standing_s:.1f} s after the server was started."
            )

    def _tick(self, at_us: int) -> None:
        if self._screen.live:
            self._screen.block(self.board(at_us))

    def board(self, at_us: int) -> list[str]:
        path, width = f"/v1/events/{self._event}/standings", self._screen.width
        items = list(self._server.items(path))
        finished = sum(item["state"] == "finished" for item in items)
        shown = items if finished else self._server.get(path, point="5 km", limit=ROWS)["items"]
        placed = [item for item in shown if finished or item["place"] is not None][:ROWS]
        bar = board.progress(finished, self._runners, 24)
        clocks = f"race {board.clock(at_us - ROAD_GUN)}   meet {board.clock(at_us)}"
        reads = "{stored} reads stored, {duplicates} already had, {unknown_chips} of unknown chips"
        return [
            "",
            board.fit(f"10 km backward   {clocks}   {finished} of {self._runners} home  {bar}", width).rstrip(),
            *(board.standings(placed, ["5 km"], width) if placed else ["", "  everybody is on the way to 5 km", ""]),
            board.fit(reads.format_map(self._reads), width).rstrip(),
        ]


def tour(event: str, heat: str, bib: str, suspect: str) -> list[str]:
    """Three requests that show what is different here: live places, the reason for each, and what would be if."""
    address = f"$BACKSTRAIGHT_BASE/v1/events/{event}"
    ruling = {"kind": "ruling", "heat_id": heat, "ruling": {"bib": suspect, "kind": "dq", "rule": "RR-1"}}
    headers = '-H "Authorization: Bearer $BACKSTRAIGHT_TOKEN" -H "Content-Type: application/json"'
    return [
        f'curl -s "{address}/standings?limit=5" | python3 -m json.tool',
        f'curl -s "{address}/standings/{bib}" | python3 -m json.tool',
        f"curl -s {headers} -d '{json.dumps({'facts': [ruling]})}' \"{address}/what-if\" | python3 -m json.tool",
    ]
