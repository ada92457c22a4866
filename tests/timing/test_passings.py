"""The obvious definition of a passing, its bulk form and its short cut give the same."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.meet import EventSpec
from app.domain.units import Duration
from app.rules.rulesets import rules_of
from app.timing.course import Course, Span
from app.timing.field import MISSING, NEVER, Column, Spans, choose_all
from app.timing.passings import Seen, choose, following
from tests.timing.builders import S, points, road
from tests.timing.test_properties import many

START = 1_000 * S


def spec(*course: tuple[str, int] | tuple[str, int, str], **more: object) -> EventSpec:
    return road(points=points(*course), distance_m=course[-1][1], **more)


COURSES = [
    Course(spec, rules_of(None, spec))
    for spec in (
        spec(("s", 0), ("m", 500), ("f", 1_000)),
        spec(("s", 0, "f"), ("m", 500), ("f", 1_000)),
        spec(("s", 0, "f"), ("1", 400, "f"), ("f", 800), surface="track"),
        spec(
            ("s", 0), ("1", 200, "f"), ("2", 400, "b"), ("3", 600, "f"), ("4", 800, "b"), ("f", 1_000), surface="track"
        ),
        spec(("a", 300), ("b", 600), ("c", 900)),
        spec(("s", 0), ("1", 500, "f"), ("f", 1_000), min_lap_us=Duration(90 * S), direction="backward"),
    )
]


def instant(r: Random) -> int:
    coarse = r.choice((r.randint(-10, 300) * S, r.randint(-10, 300) * S // 10, r.randrange(300 * S)))
    return START + coarse + r.choice((0, 0, 0, 100_000, 200_000, 200_001))


@many
@given(st.integers(0, 2**32))
def test_all_runners_at_once_equal_one_by_one(seed: int) -> None:
    r = Random(seed)
    course, n = r.choice(COURSES), r.randint(1, 4)
    guns = [START + r.choice((0, 0, 60 * S)) for _ in range(n)]
    ends = [NEVER if r.random() < 0.7 else gun + r.randint(50, 400) * S for gun in guns]
    seen: list[list[Seen]] = [[] for _ in range(n + 1)]
    columns: list[list[Column]] = []
    for k in range(len(course.places)):
        columns.append([])
        for main, by_hand in r.sample([(True, False), (False, False), (False, True)], r.randint(1, 3)):
            hand = by_hand and k == course.place_of[-1]
            reads = [(r.randint(0, n), instant(r)) for _ in range(r.randint(0, 10))]
            slot, at = np.array(reads, np.int64).reshape(-1, 2).T
            columns[k].append(Column(slot, at, main, hand))
            for who, when in reads:
                seen[who].append(Seen(when, k, main, hand))
    spans = Spans(np.array([*guns, 0]), np.array([*guns, 0]) - 5 * S, np.array([*ends, 0]))
    times = choose_all(course, n, spans, columns).times
    for who in range(n):
        span = Span(guns[who], guns[who] - 5 * S, ends[who])
        assert [None if at == MISSING else at for at in times[:, who]] == choose(course, span, seen[who])


@many
@given(st.integers(0, 2**32))
def test_a_read_after_all_others_may_be_taken_by_itself(seed: int) -> None:
    r = Random(seed)
    course, span = r.choice(COURSES), Span(START, START - 5 * S, NEVER)
    reads: list[Seen] = []
    for when in sorted(instant(r) for _ in range(r.randint(1, 12))):
        read = Seen(when, r.randrange(len(course.places)), r.random() < 0.7)
        latest = [
            max((s.at for s in reads if s.place == k and s.at >= span.opens), default=MISSING)
            for k in range(len(course.places))
        ]
        times = choose(course, span, reads)
        reads.append(read)
        j = following(course, span, times, latest, read) if read.at >= span.opens else None
        if j is not None:
            times[j] = read.at
            assert times == choose(course, span, reads)


def test_the_short_cut_is_taken_by_a_plain_race() -> None:
    course, span = COURSES[0], Span(START, START - 5 * S, NEVER)
    started: list[int | None] = [START, None, None]
    assert following(course, span, started, [START, MISSING, MISSING], Seen(START + 90 * S, 1)) == 1


@pytest.mark.parametrize(
    ("times", "latest", "read"),
    [
        pytest.param([0, None, None], [0, 90, 0], Seen(100 * S, 1), id="the mat saw the runner before"),
        pytest.param([0, None, None], [0, 0, 99], Seen(99 * S + 100, 1), id="a twin at another mat"),
        pytest.param([0, None, 200], [0, 0, 200], Seen(300 * S, 1), id="after the finish"),
        pytest.param([0, None, None], [0, 0, 10], Seen(100 * S, 1), id="seen at the finish, too early"),
        pytest.param([0, None, None], [0, 0, 0], Seen(20 * S, 1), id="too fast"),
        pytest.param([50, None, None], [50, 0, 0], Seen(100 * S, 1), id="too fast from the own start"),
        pytest.param([None, None, None], [0, 0, 0], Seen(3 * S, 0), id="the start"),
    ],
)
def test_the_short_cut_leaves_to_the_definition(times: list[int | None], latest: list[int], read: Seen) -> None:
    shifted = [None if at is None else START + at * S for at in times]
    known = [START + at * S if at else MISSING for at in latest]
    moved = read._replace(at=START + read.at)
    assert following(COURSES[0], Span(START, START - 5 * S, NEVER), shifted, known, moved) is None


def test_the_order_of_reads_does_not_matter() -> None:
    reads = [Seen(START + s * S, k) for s, k in ((9, 0), (10, 0), (90, 1), (91, 1), (200, 2), (203, 2))]
    span = Span(START, START - 5 * S, NEVER)
    wanted = [START + 10 * S, START + 90 * S, START + 200 * S]
    for seed in range(20):
        Random(seed).shuffle(reads)
        assert choose(COURSES[0], span, reads) == wanted


def test_r63_a_time_taken_by_hand_beside_a_read_at_the_start_is_no_twin() -> None:
    reads = [Seen(START, 0), Seen(START + 100 * S, 0), Seen(START + 100 * S, 1, False, True)]
    assert choose(COURSES[5], Span(START, START - 5 * S, NEVER), reads) == [START + 100 * S, None, None]


def test_r63_who_is_read_twice_at_the_start_and_beside_it_as_well_starts_late() -> None:
    reads = [Seen(START + 90 * S, 0), Seen(START + 100 * S, 0), Seen(START + 100 * S + 100_000, 1)]
    assert choose(COURSES[0], Span(START, START - 5 * S, NEVER), reads) == [START + 100 * S, None, None]
