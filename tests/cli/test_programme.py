"""Cues are played in order, at their time, with a look at the board between them."""

from app.cli.programme import SECOND, Cue, play


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def playing(speed: float, *times_s: float) -> tuple[list[tuple[float, float]], list[int]]:
    """(wall clock, programme's clock) of each cue, and the ticks."""
    clock, done, ticks, news = Clock(), list[tuple[float, float]](), list[int](), list[str]()

    def cue(at_s: float) -> Cue:
        def happens() -> str:
            done.append((clock.now, at_s))
            return f"cue {at_s}"

        return Cue(round(at_s * SECOND), happens)

    cues = [cue(at_s) for at_s in times_s]
    play(cues, speed, lambda _, text: news.append(text), ticks.append, every_s=0.5, clock=clock, sleep=clock.sleep)
    assert news == [f"cue {s}" for _, s in done]
    return done, ticks


def test_cues_are_played_in_order_of_time_and_at_speed() -> None:
    done, _ = playing(10, 60, 20, 0)
    assert done == [(0.0, 0), (2.0, 20), (6.0, 60)]


def test_without_speed_nobody_waits() -> None:
    done, ticks = playing(0, 60, 20, 0)
    assert done == [(0.0, 0), (0.0, 20), (0.0, 60)]
    assert ticks == []


def test_what_is_due_before_the_beginning_is_played_at_once() -> None:
    done, _ = playing(10, -1_800, 10)
    assert done == [(0.0, -1_800), (1.0, 10)]


def test_the_board_is_drawn_while_nothing_happens() -> None:
    _, ticks = playing(10, 0, 30)
    assert ticks == [5 * SECOND, 10 * SECOND, 15 * SECOND, 20 * SECOND, 25 * SECOND, 30 * SECOND]
