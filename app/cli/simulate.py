"""`backstraight simulate`: a made-up race, with all the trouble that mats give, into a running server."""

from collections import Counter
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Annotated, Any, Final

import typer

from app.cli import field as fields
from app.cli import race
from app.cli.client import DEFAULT_BASE, Server
from app.cli.console import AsJson, Base, Failure, Token, put, put_json, say
from app.cli.field import Delivery, Mat, Trouble
from app.cli.programme import SECOND, Cue, play
from app.domain.meet import LONGEST_M, SHORTEST_M, Direction
from app.domain.units import Duration

LONGEST_RACE: Final = timedelta(hours=4)


def simulate(
    base: Base = None,
    token: Token = None,
    runners: Annotated[int, typer.Option(min=1, max=50_000)] = 500,
    distance: Annotated[int, typer.Option(min=SHORTEST_M, max=LONGEST_M, help="Metres.")] = 10_000,
    mats: Annotated[int, typer.Option(min=2, max=30, help="Start, finish, and those between at equal distances.")] = 3,
    backward: Annotated[bool, typer.Option("--backward/--forward", help="Which way they run.")] = False,
    seed: Annotated[int, typer.Option(help="The same seed is the same race, read for read.")] = 1,
    speed: Annotated[float, typer.Option(min=0, help="Seconds of the race in one of ours; 0: no waiting.")] = 0,
    drop: Annotated[float, typer.Option(min=0, max=1, help="Share of passings that no antenna saw.")] = 0.0,
    dup: Annotated[float, typer.Option(min=0, max=1, help="Share of reads delivered twice.")] = 0.0,
    late: Annotated[float, typer.Option(min=0, max=1, help="Share of reads delivered up to ten minutes late.")] = 0.0,
    reorder: Annotated[float, typer.Option(min=0, max=1, help="Share of reads delivered out of turn.")] = 0.0,
    ghosts: Annotated[float, typer.Option(min=0, max=1, help="Share of passings with a read that cannot be.")] = 0.0,
    strangers: Annotated[int, typer.Option(min=0, help="Reads of unknown chips.")] = 0,
    clock_jump: Annotated[float, typer.Option(help="Seconds that the clock of one mat jumps by.")] = 0.0,
    as_json: AsJson = False,
) -> None:
    """Make up a race and post its reads, as its readers would, to a running server.

    The meet is a rehearsal: it can be dropped whole, and the last line says how.

    \b
    Examples:
      backstraight simulate --runners 200
      backstraight simulate --runners 5000 --drop 0.01 --dup 0.05 --late 0.02 --ghosts 0.01 --seed 7
      backstraight simulate --backward --speed 60

    Exit status: 0 all reads were taken, 1 the server refused something, 2 wrong use, 3 no server.
    """
    trouble = Trouble(
        drop=drop, dup=dup, late=late, reorder=reorder, ghosts=ghosts, strangers=strangers, clock_jump_s=clock_jump
    )
    with Server(base or DEFAULT_BASE, token) as server:
        made = Simulation(server, runners, _mats(distance, mats), "backward" if backward else "forward", seed, trouble)
        result = made.run(speed)
        base = server.base
    if as_json:
        put_json(result)
    else:
        put("\n".join(f"{name:>14}  {value}" for name, value in _flat(result).items()))
    _say_what_next(base, result["meet_id"], result["event_id"])
    if result["reads"].get("rejected"):
        raise Failure(f"{result['reads']['rejected']} reads were rejected.")


def _say_what_next(base: str, meet: str, event: str) -> None:
    """The meet is private: both ask for a token."""
    curl = 'curl -s -H "Authorization: Bearer $BACKSTRAIGHT_TOKEN"'
    say(f"standings:   {curl} {base}/v1/events/{event}/standings")
    say(f"to drop it:  {curl} -X DELETE -H 'If-Match: *' {base}/v1/meets/{meet}")


def _mats(distance_m: int, number: int) -> list[Mat]:
    between = [distance_m * n // (number - 1) for n in range(1, number - 1)]
    return [Mat("start", 0), *(Mat(f"{metres} m", metres) for metres in between), Mat("finish", distance_m)]


class Simulation:
    """Set up when made: the meet is there and the field is entered."""

    def __init__(
        self, server: Server, runners: int, mats: list[Mat], direction: Direction, seed: int, trouble: Trouble
    ) -> None:
        self._server, self._seed, self._trouble = server, seed, trouble
        field = fields.runners(runners, seed, direction)
        self._true = fields.passings(field, mats, seed)
        gun = datetime.now(UTC).replace(microsecond=0) - LONGEST_RACE
        meet = race.open_meet(server, f"Simulation, seed {seed}", "UTC", gun, rehearsal=True)
        event = {"name": f"{mats[-1].distance_m} m {direction}", "direction": direction}
        self.race = race.open_race(server, meet, race.roster(field), mats, gun, event)
        self._reads: Counter[str] = Counter()

    def run(self, speed: float) -> dict[str, Any]:
        """From the gun to the last read; what became of the reads."""
        seen = fields.seen(self._true, self._trouble.drop, self._seed)
        arriving = fields.deliveries(fields.reads(seen, self._trouble, self._seed), self._trouble, self._seed)
        every = Duration(max(SECOND, round(speed * SECOND / 4)) if speed else 3_600 * SECOND)
        cues = [Cue(post[-1].arrival_us, partial(self._post, post)) for post in fields.batches(arriving, every)]
        say(f"{len(self._true)} passings, {len(arriving)} reads to post, seed {self._seed}")
        play([Cue(0, partial(race.fire, self._server, self.race)), *cues], speed, lambda _, text: say(text), self._tick)
        ids = {"meet_id": self.race.meet, "event_id": self.race.event, "heat_id": self.race.heat}
        return {**ids, "seed": self._seed, "trouble": asdict(self._trouble), "reads": dict(self._reads)}

    def _post(self, post: list[Delivery]) -> None:
        self._reads += race.post_reads(self._server, self.race, post)

    def _tick(self, at_us: int) -> None:
        say(f"{at_us // SECOND:>6} s  {self._reads['stored']} stored, {self._reads['duplicates']} already had")


def _flat(result: dict[str, Any]) -> dict[str, Any]:
    return {"meet_id": result["meet_id"], "event_id": result["event_id"], **result["reads"]}
