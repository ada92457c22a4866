"""What is said to somebody who asks for what there is not."""

from collections.abc import Callable

import pytest

from app.domain.ids import EventId, HeatId, RegistrationId
from app.domain.refusals import NotFound
from app.timing.projection import Projection
from tests.timing.builders import Script

E = EventId("e")
X = RegistrationId("e/9")


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda now: now.table(EventId("x")), "there is no event 'x' here"),
        (lambda now: now.table(E, "x"), "there is no point 'x' here: the points are 'start', '5k', 'finish'"),
        (lambda now: now.standing(E, X), "there is no registration 'e/9' here"),
        (lambda now: now.places(E, X), "there is no registration 'e/9' here"),
        (lambda now: now.explain(E, X), "there is no registration 'e/9' here"),
        (lambda now: now.heat_results(HeatId("e/final/9")), "there is no heat 'e/final/9' here"),
        (lambda now: now.lap_chart(HeatId("e/final/9")), "there is no heat 'e/final/9' here"),
        (lambda now: now.round_results(E, "semi"), "there is no round 'semi' here: the rounds are 'final'"),
    ],
)
def test_what_there_is_not_is_named(ask: Callable[[Projection], object], said: str) -> None:
    script = Script()
    script.event()
    script.runner("1")
    script.draw()
    with pytest.raises(NotFound) as refused:
        ask(script.project())
    assert refused.value.detail == said
