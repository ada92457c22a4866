"""The shortest relay, two legs, with chips on the runners (R78)."""

from app.domain.ids import EventId
from app.timing.projection import Projection
from tests.timing.builders import Script, points
from tests.timing.relay_scenes import marks, name, relay, run, states
from tests.timing.test_read_by_read import one_at_a_time


def who_waits_at_the_line() -> Script:
    """Runner 2 is read at the line before runner 1 arrives there, and runner 1 again behind it."""
    script = relay(relay_legs=2, points=points(("start", 0), ("400 m", 400, "line"), ("finish", 800, "line")))
    name(script, NOR="12", SWE="56")
    script.read("line", "2", 58)
    script.read("line", "1", 60)
    script.read("line", "1", 118)
    run(script, 61, 120, bibs="56")
    script.read("line", "2", 121)
    return script


def sheet(now: Projection) -> list[tuple[str, int | None, str | None, str]]:
    return [(one.bib, one.place, one.mark, one.splits[0].mark) for one in now.table(EventId("relay")).rows(0, 2)]


def test_r78_each_takes_over_where_the_other_arrives() -> None:
    script = who_waits_at_the_line()
    assert [marks(script, team) for team in ("NOR", "SWE")] == [["1:00.0", "1:01.0"], ["1:01.0", "59.0"]]
    assert states(script) == ["ghost", "used", "superseded", "used", "used", "used"]


def test_r78_the_second_runner_finishes_and_nobody_else() -> None:
    script = who_waits_at_the_line()
    wanted = [("SWE", 1, "2:00.0", "1:01.0"), ("NOR", 2, "2:01.0", "1:00.0")]
    assert sheet(script.project()) == sheet(one_at_a_time(script)) == wanted
