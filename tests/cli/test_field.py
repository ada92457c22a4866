"""The made-up field: the same seed is the same race; trouble is of the kind and size asked for."""

from collections import defaultdict
from typing import Any

import pytest

from app.cli import field
from app.cli.field import Delivery, Mat, Passing, Trouble

MATS = (Mat("start", 0), Mat("5 km", 5_000), Mat("finish", 10_000))
FIELD = field.runners(400, seed=7, direction="backward")
TRUE = field.passings(FIELD, MATS, seed=7)
EVERYTHING = Trouble(drop=0.02, dup=0.05, late=0.05, reorder=0.2, ghosts=0.03, strangers=4)


def race(trouble: Trouble, seed: int = 7) -> list[Delivery]:
    return field.deliveries(field.reads(field.seen(TRUE, trouble.drop, seed), trouble, seed), trouble, seed)


def test_the_same_seed_gives_the_same_race_and_another_seed_another() -> None:
    assert race(EVERYTHING) == race(EVERYTHING)
    assert race(EVERYTHING) != race(EVERYTHING, seed=8)
    assert field.runners(400, seed=7, direction="backward") == FIELD


def test_nobody_runs_backwards_faster_than_anybody_ever_did() -> None:
    net: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for passing in TRUE:
        net[passing.bib][passing.mat] = passing.at_us
    assert min(at[2] - at[0] for at in net.values()) > 38 * 60 * field.SECOND
    assert all(at[0] < at[1] < at[2] for at in net.values())


def test_the_last_read_at_the_start_and_the_first_elsewhere_is_the_passing() -> None:
    seen: dict[tuple[str, int], list[int]] = defaultdict(list)
    for read in race(Trouble(dup=0.1, late=0.1, reorder=0.5)):
        seen[read.chip, read.mat].append(read.at_us)
    assert {key: (max if key[1] == 0 else min)(times) for key, times in seen.items()} == {
        (p.chip, p.mat): p.at_us for p in TRUE
    }


def test_an_identity_always_has_the_same_content() -> None:
    content: defaultdict[tuple[int, int], set[tuple[str, int]]] = defaultdict(set)
    for read in race(EVERYTHING):
        content[read.mat, read.seq].add((read.chip, read.at_us))
    assert all(len(contents) == 1 for contents in content.values())


@pytest.mark.parametrize("kind", ["dup", "late", "reorder"])
def test_a_share_of_the_reads_is_in_trouble(kind: str) -> None:
    share: dict[str, Any] = {kind: 0.2}
    plain, troubled = race(Trouble()), race(Trouble(**share))
    changed = len(set(troubled) - set(plain))
    assert 0.15 < changed / len(plain) < 0.25
    assert {(r.mat, r.seq, r.chip, r.at_us) for r in troubled} == {(r.mat, r.seq, r.chip, r.at_us) for r in plain}


def test_a_missed_passing_leaves_no_read() -> None:
    missed = set(TRUE) - set(field.seen(TRUE, 0.1, seed=7))
    assert 0.05 < len(missed) / len(TRUE) < 0.15
    reads = {(r.chip, r.mat) for r in race(Trouble(drop=0.1))}
    assert not reads & {(p.chip, p.mat) for p in missed}


def test_a_ghost_is_before_the_gun_too_fast_or_long_after_the_passing() -> None:
    true = {(p.chip, p.mat): p.at_us for p in TRUE}
    ghosts = [r for r in race(Trouble(ghosts=0.2)) if abs(r.at_us - true[r.chip, r.mat]) > 2 * field.SECOND]
    assert 0.15 < len(ghosts) / len(TRUE) < 0.25
    for ghost in ghosts:
        passing = true[ghost.chip, ghost.mat]
        before_the_gun = ghost.mat == 0 and ghost.at_us < -5 * field.SECOND
        assert before_the_gun or ghost.at_us < passing / 5 or ghost.at_us > passing + 29 * field.SECOND


def test_strangers_are_read_and_belong_to_nobody() -> None:
    known = {runner.chip for runner in FIELD}
    assert {r.chip for r in race(Trouble(strangers=3))} - known == {"STRANGER1", "STRANGER2", "STRANGER3"}


def test_the_clock_of_one_mat_jumps_once() -> None:
    plain, jumped = race(Trouble()), race(Trouble(clock_jump_s=3_600))
    before = {(r.mat, r.seq): r.at_us for r in plain}
    moved = {(r.mat, r.seq): r.at_us - before[r.mat, r.seq] for r in jumped if r.at_us != before[r.mat, r.seq]}
    assert set(moved.values()) == {3_600 * field.SECOND}
    ((mat, first), *_) = sorted(moved)
    assert {key for key in before if key[0] == mat and key[1] >= first} == set(moved)


def test_batches_hold_every_delivery_once_in_order_of_arrival_and_within_their_size() -> None:
    arriving = race(EVERYTHING)
    posts = list(field.batches(arriving, size=50))
    assert sorted(read for post in posts for read in post) == arriving
    for post in posts:
        assert len({read.mat for read in post}) == 1
        assert len(post) <= 50
        assert post[-1].arrival_us - post[0].arrival_us < field.SECOND


def test_trouble_turned_up_moves_nothing_else() -> None:
    assert field.seen(TRUE, 0.0, seed=7) == TRUE
    assert isinstance(TRUE[0], Passing)
    with_ghosts = {(r.chip, r.mat, r.at_us) for r in race(Trouble(ghosts=0.1))}
    assert {(r.chip, r.mat, r.at_us) for r in race(Trouble())} <= with_ghosts
