"""Reads to places: all of them anew against polars on bare frames, one more against bare bisection, ten times as many.

polars does what its fastest form of the task needs and no more: the first read of each runner at each point, net times,
three ranks. The product applies every rule beside it (windows, least times, duplicates, twins, statuses, splits, the
order of the sheet) and must give the same places.
"""

import bisect
import gc
import statistics
import time
from collections.abc import Sequence

import numpy as np
import polars as pl

from app.timing.projection import Projection
from bench.figures import Figure, figure, in_turns, seconds
from bench.mass_start import EVENT, GUN, MassStart, make_race, projected, registration, rows, runs

RUNNERS, POINTS = 50_000, 5
LATE = 1_000
"""Finishes that come one by one."""


def figures() -> list[Figure]:
    race = make_race(RUNNERS, POINTS)
    return [rebuild(race), one_read(race), ten_times(race)]


def rebuild(race: MassStart) -> Figure:
    """500,000 reads of 50,000 runners, all results and three ranks anew."""
    projection, frames = projected(race, race.reads), _frames(race)
    table = projection.table(EVENT)
    ours = int((table.results.elapsed // 1_000 + table.place + 3 * table.place_sex + 7 * table.place_category).sum())
    if ours != _polars(*frames):
        raise AssertionError("the places differ from those of polars")
    values, limits = in_turns(
        lambda: seconds(lambda: _anew(projection)), lambda: seconds(lambda: _polars(*frames)), rounds=9
    )
    return figure("rebuild, 500,000 reads, all rules, against polars", values, limits, "s", 1.0, "lower")


def one_read(race: MassStart) -> Figure:
    """A finish comes in: its runner's three new places among 50,000."""
    held = {runner.chip: runner.bib for runner in race.runners[:LATE]}
    first: dict[str, int] = {}
    for chip, point, at in race.reads:
        if chip in held and point == POINTS - 1:
            first[chip] = min(at, first.get(chip, at))
    projection = projected(race, [r for r in race.reads if not (r[0] in held and r[1] == POINTS - 1)])
    projection.places(EVENT, registration("1"))
    late = runs(race, rows([(chip, POINTS - 1, at) for chip, at in first.items()], projection.head), size=1)
    boards = _bare_boards(projection)
    ours, bare = [], []
    gc.collect()
    for run, chip in zip(late, first, strict=True):
        who = registration(held[chip])
        began = time.perf_counter()
        projection.apply(reads=[run])
        places = projection.places(EVENT, who)
        ours.append(time.perf_counter() - began)
        assert None not in places
        key = first[chip] - GUN
        began = time.perf_counter()
        for board in boards:
            bisect.insort(board, key)
            bisect.bisect_left(board, key)
        bare.append(time.perf_counter() - began)
    values, limits = _medians(ours), _medians(bare)
    return figure("one read to three places, against bare bisect", values, limits, "s", 3.0, "lower")


def ten_times(race: MassStart) -> Figure:
    """The rebuild of 500,000 reads against that of 50,000."""
    large, small = projected(race, race.reads), _projected_small()
    large.table(EVENT), small.table(EVENT)
    values, limits = in_turns(lambda: seconds(lambda: _anew(large)), lambda: seconds(lambda: _anew(small)), rounds=9)
    return figure("rebuild, ten times the reads and runners", values, limits, "s", 11.0, "lower")


def _projected_small() -> Projection:
    race = make_race(RUNNERS // 10, POINTS)
    return projected(race, race.reads)


def _anew(projection: Projection) -> object:
    projection.forget_results()
    return projection.table(EVENT)


def _bare_boards(projection: Projection) -> list[list[int]]:
    """Three plain lists as long as those that one runner's places are in."""
    table = projection.table(EVENT)
    keys = np.sort(table.results.elapsed[table.results.elapsed > 0])
    return [keys.tolist(), keys[::2].tolist(), keys[::18].tolist()]


def _medians(samples: Sequence[float], parts: int = 9) -> list[float]:
    size = len(samples) // parts
    return [statistics.median(samples[i * size : (i + 1) * size]) for i in range(parts)]


def _frames(race: MassStart) -> tuple[pl.DataFrame, pl.DataFrame]:
    people = [(r.chip, r.sex, r.category) for r in race.runners]
    return (
        pl.DataFrame(people, schema=["tag", "sex", "category"], orient="row"),
        pl.DataFrame(race.reads, schema=["tag", "point", "at"], orient="row"),
    )


def _polars(people: pl.DataFrame, frame: pl.DataFrame) -> int:
    last = POINTS - 1
    passings = frame.lazy().group_by("tag", "point").agg(pl.col("at").min())
    columns = [pl.col("at").filter(pl.col("point") == p).first().alias(f"p{p}") for p in range(POINTS)]
    wide = passings.group_by("tag").agg(columns).filter(pl.col("p0").is_not_null() & pl.col(f"p{last}").is_not_null())
    wide = wide.with_columns([(pl.col(f"p{p}") - pl.col("p0")).alias(f"s{p}") for p in range(1, POINTS)])
    net = pl.col(f"s{last}")
    ranked = wide.join(people.lazy(), on="tag").with_columns(
        net.rank("min").cast(pl.Int64).alias("overall"),
        net.rank("min").over("sex").cast(pl.Int64).alias("by_sex"),
        net.rank("min").over("category").cast(pl.Int64).alias("by_category"),
    )
    total = net // 1_000 + pl.col("overall") + 3 * pl.col("by_sex") + 7 * pl.col("by_category")
    return int(ranked.select(total.sum()).collect().item())
