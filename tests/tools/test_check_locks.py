"""What the lock check lets through and what it does not."""

import pytest

from tools import check_locks

GOOD = r"""
alembic==1.20.1 \
    --hash=sha256:aa \
    --hash=sha256:bb
colorama==0.4.6 ; sys_platform == 'win32' \
    --hash=sha256:cc
"""


def test_the_locks_of_this_project_are_sound() -> None:
    assert check_locks.problems() == []


def test_pins_with_hashes_are_sound() -> None:
    assert list(check_locks.line_problems(GOOD)) == []


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("alembic==1.20.1", "no hash"),
        ("alembic>=1.20 --hash=sha256:aa", "not a pin"),
        ("alembic @ https://example.org/a.whl --hash=sha256:aa", "an address"),
        ("--index-url https://example.org/simple", "an address"),
        ("--find-links wheels", "an address"),
        ("-r other.txt", "an address"),
    ],
)
def test_a_bad_line_is_named(line: str, problem: str) -> None:
    (found,) = check_locks.line_problems(line)
    assert found.startswith(problem)


def test_a_requirement_that_the_lock_lacks_or_contradicts_is_named() -> None:
    locked = check_locks.pins(GOOD)
    assert list(check_locks.unmet(["alembic>=1.20", "Colorama"], locked)) == []
    assert list(check_locks.unmet(["alembic>=2"], locked)) == ["locked at 1.20.1, asked for alembic>=2"]
    assert list(check_locks.unmet(["fastapi>=0.165"], locked)) == ["asked for and not locked: fastapi>=0.165"]
