"""Races that no reader saw: times at the line are all there is."""

from app.domain.facts import LineTimeTaken
from app.domain.ids import HeatId, RegistrationId, TimeId
from tests.timing.builders import Script, at, points, road

LINE = points(("start", 0, "line"), ("5k", 5_000), ("finish", 10_000, "line"))


def test_times_too_early_for_a_finish_on_a_line_that_is_start_and_finish_need_no_read_beside_them() -> None:
    script = Script()
    script.event(spec=road(points=LINE))
    script.runner("1")
    script.draw()
    script.gun()
    for number, seconds in enumerate((0.0, 1_200.0)):
        time = TimeId(f"t{number}")
        heat, runner = HeatId("e/final/1"), RegistrationId("e/1")
        script.record(LineTimeTaken(time=time, heat=heat, at=at(seconds), registration=runner))
    assert (script.lines()["1"].mark, script.lines()["1"].start_us) == (None, 1_200_000_000)
