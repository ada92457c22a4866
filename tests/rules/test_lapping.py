"""R93: who laps whom next in a whole field is what asking each of each other gives."""

from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.units import Duration, Instant
from app.rules.lapping import lapped_next
from app.rules.laps import OnLap, is_caught


def on_lap(longest: int) -> st.SearchStrategy[OnLap]:
    """Short laps, so that many meet at one instant; or long ones."""
    laps, last = st.integers(1, longest), st.integers(0, longest)
    return st.builds(OnLap, st.integers(1, 4), last.map(Instant), laps.map(Duration))


FIELDS = st.sampled_from([9, 100_000_000]).flatmap(lambda longest: st.lists(on_lap(longest), max_size=14))


def on(crossed: int, last: int, lap: int) -> OnLap:
    return OnLap(crossed, Instant(last), Duration(lap))


@given(FIELDS)
@example([on(1, 0, 80), on(2, 10, 60), on(2, 20, 40), on(3, 20, 40)])
@example([on(1, 0, 540), on(2, 190, 500), on(2, 200, 435), on(2, 280, 395), on(2, 300, 100)])
@example([on(1, 0, 80), on(2, 0, 80), on(2, 0, 60), on(2, 0, 60)])
@example([on(1, 0, 100), on(2, 10, 80), on(2, 20, 50), on(2, 30, 45)])
def test_r93_each_is_lapped_by_the_first_who_comes_up(field: list[OnLap]) -> None:
    every = {key: [at for by in field if (at := is_caught(runner, by)) is not None] for key, runner in enumerate(field)}
    found = list(lapped_next(dict(enumerate(field))))
    assert {key: at for at, _, key in found} == {key: min(coming) for key, coming in every.items() if coming}
    assert all(is_caught(field[key], field[by]) == at for at, by, key in found)
