"""A field of runners and what the mats see of it: seeded, so that the same seed gives the same race, read for read.

Times are microseconds after the gun. Each kind of trouble has dice of its own: turning one up moves nothing else.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from random import Random
from typing import Final, NamedTuple

from app.cli.names import CLUBS, FAMILY, GIVEN, NATIONS
from app.domain.meet import Direction, Sex
from app.domain.units import Duration

SECOND = 1_000_000
SEXES: Final[tuple[Sex, ...]] = ("M", "W")
_MEAN_PACE_S_PER_M = {"forward": 0.34, "backward": 0.40}
_FASTEST_PACE_S_PER_M = {"forward": 0.17, "backward": 0.235}
"""A little slower than the best that people have run: recordholders.org lists the retro marks."""


@dataclass(frozen=True, slots=True)
class Runner:
    bib: str
    chip: str
    family_name: str
    given_name: str
    sex: Sex
    age: int
    nation: str
    club: str | None
    pace: float
    """Seconds a metre over the whole distance."""


@dataclass(frozen=True, slots=True)
class Mat:
    name: str
    distance_m: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Shares of all passings (`drop`, `ghosts`) or of all reads (`dup`, `late`, `reorder`), 0 to 1; and what else."""

    drop: float = 0.0
    """A runner crosses a mat and no antenna sees it."""
    dup: float = 0.0
    """A read is delivered twice."""
    late: float = 0.0
    """A read is delivered up to ten minutes after it was made."""
    reorder: float = 0.0
    """A read is delivered a few seconds out of turn."""
    ghosts: float = 0.0
    """A chip is seen where its runner cannot be, or loiters beside the mat afterwards."""
    strangers: int = 0
    """Reads of chips that belong to nobody."""
    clock_jump_s: float = 0.0
    """The clock of one mat jumps by so much half-way through its reads."""


class Passing(NamedTuple):
    """A runner crosses a mat: what really happened."""

    bib: str
    chip: str
    mat: int
    at_us: int


class Delivery(NamedTuple):
    """One read arriving at the server. (mat, seq) is its identity."""

    arrival_us: int
    mat: int
    seq: int
    chip: str
    at_us: int


def runners(size: int, seed: int, direction: Direction = "forward", first_bib: int = 1) -> list[Runner]:
    """A field with bibs from `first_bib`, in no order of merit."""
    dice = Random(f"field/{seed}")
    return [_runner(dice, first_bib + n, direction) for n in range(size)]


def _runner(dice: Random, bib: int, direction: Direction) -> Runner:
    sex = dice.choice(SEXES)
    age = min(78, max(14, round(dice.gauss(38, 13))))
    slower = (1.12 if sex == "W" else 1.0) * (1 + max(0, age - 35) * 0.006)
    pace = _MEAN_PACE_S_PER_M[direction] * slower * dice.lognormvariate(0, 0.16)
    return Runner(
        bib=str(bib),
        chip=f"TAG{bib:05}",
        family_name=dice.choice(FAMILY),
        given_name=dice.choice(GIVEN[sex]),
        sex=sex,
        age=age,
        nation=dice.choice(NATIONS),
        club=dice.choice(CLUBS),
        pace=max(pace, _FASTEST_PACE_S_PER_M[direction] * slower * dice.uniform(1, 1.08)),
    )


def passings(field: Sequence[Runner], mats: Sequence[Mat], seed: int) -> list[Passing]:
    """Every crossing of every mat, by runner. The quick stand in front: they cross the start first."""
    dice = Random(f"race/{seed}")
    order = {runner.bib: n for n, runner in enumerate(sorted(field, key=lambda r: r.pace * dice.uniform(0.85, 1.15)))}
    return [passing for runner in field for passing in _run(runner, mats, order[runner.bib], dice)]


def _run(runner: Runner, mats: Sequence[Mat], ahead: int, dice: Random) -> Iterator[Passing]:
    at = dice.uniform(0.4, 2.0) + ahead * 0.12
    fade, before = dice.uniform(-0.02, 0.06), 0
    longest = mats[-1].distance_m
    for n, mat in enumerate(mats):
        middle = (before + mat.distance_m) / 2 / longest
        at += (mat.distance_m - before) * runner.pace * (1 + fade * (middle - 0.5))
        before = mat.distance_m
        yield Passing(runner.bib, runner.chip, n, round(at * SECOND))


def seen(true: Sequence[Passing], share: float, seed: int) -> list[Passing]:
    """Without those that the antennas missed."""
    dice = Random(f"drop/{seed}")
    return [passing for passing in true if dice.random() >= share]


def reads(true: Sequence[Passing], trouble: Trouble, seed: int, start: int | None = 0) -> list[Delivery]:
    """What the readers wrote down, numbered per mat in order of time, arriving as they were made.

    `start` is the mat where runners wait for the gun, and are seen before they pass it.
    """
    made = [
        *_bursts(true, seed, start),
        *_ghosts(true, trouble.ghosts, seed),
        *_strangers(true, trouble.strangers, seed),
    ]
    numbers = {mat: count(1) for _, _, mat, _ in true}
    made.sort(key=lambda p: (p.at_us, p.chip))
    deliveries = [Delivery(p.at_us, p.mat, next(numbers[p.mat]), p.chip, p.at_us) for p in made]
    return _jump(deliveries, trouble.clock_jump_s, seed)


def _bursts(true: Sequence[Passing], seed: int, start: int | None) -> Iterator[Passing]:
    """An antenna sees a chip one to six times: up to its passing at the start, from its passing on elsewhere."""
    dice = Random(f"burst/{seed}")
    for passing in true:
        yield passing
        side = -1 if passing.mat == start else 1
        for _ in range(dice.randrange(6)):
            yield passing._replace(at_us=passing.at_us + side * dice.randrange(50_000, 1_200_000))


def _ghosts(true: Sequence[Passing], share: float, seed: int) -> Iterator[Passing]:
    """Before the gun at the start; elsewhere too soon to be true, or again minutes later."""
    dice = Random(f"ghosts/{seed}")
    for passing in true:
        if dice.random() >= share:
            continue
        if passing.mat == 0:
            yield passing._replace(at_us=-dice.randrange(20 * SECOND, 1_800 * SECOND))
        elif dice.random() < 0.5:
            yield passing._replace(at_us=passing.at_us // 10 + dice.randrange(SECOND))
        else:
            yield passing._replace(at_us=passing.at_us + dice.randrange(30 * SECOND, 600 * SECOND))


def _strangers(true: Sequence[Passing], number: int, seed: int) -> Iterator[Passing]:
    dice = Random(f"strangers/{seed}")
    for n in range(number):
        yield dice.choice(true)._replace(bib="", chip=f"STRANGER{n + 1}")


def _jump(deliveries: list[Delivery], seconds: float, seed: int) -> list[Delivery]:
    if not seconds:
        return deliveries
    mat = Random(f"jump/{seed}").choice(sorted({d.mat for d in deliveries}))
    middle = sum(d.mat == mat for d in deliveries) // 2
    jump = round(seconds * SECOND)
    return [d._replace(at_us=d.at_us + jump) if d.mat == mat and d.seq > middle else d for d in deliveries]


def deliveries(made: Sequence[Delivery], trouble: Trouble, seed: int) -> list[Delivery]:
    """In order of arrival, with what the network does to them."""
    late, reorder, dup = (Random(f"{kind}/{seed}") for kind in ("late", "reorder", "dup"))
    out = []
    for read in made:
        arrival = read.arrival_us
        arrival += late.randrange(SECOND, 600 * SECOND) if late.random() < trouble.late else 0
        arrival += reorder.randrange(5 * SECOND) if reorder.random() < trouble.reorder else 0
        out.append(read._replace(arrival_us=arrival))
        if dup.random() < trouble.dup:
            out.append(read._replace(arrival_us=arrival + dup.randrange(30 * SECOND)))
    return sorted(out)


def batches(
    arriving: Sequence[Delivery], every: Duration = Duration(SECOND), size: int = 2_000
) -> Iterator[list[Delivery]]:
    """Posts in order: the reads of one mat that arrived within `every` microseconds, at most `size` of them."""
    pending: dict[int, list[Delivery]] = {}
    for read in arriving:
        post = pending.setdefault(read.mat, [])
        if post and (read.arrival_us - post[0].arrival_us >= every or len(post) >= size):
            yield post
            pending[read.mat] = post = []
        post.append(read)
    yield from sorted(pending.values())
