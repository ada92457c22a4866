"""Many new tags at once have the owners that each of them has."""

import pytest

from app.domain.facts import ChipReleased
from app.domain.ids import AssignmentId
from app.timing import owners as owning
from app.timing.columns import Tags
from app.timing.owners import Owners
from tests.timing.builders import Script, at

CHIPS = ("C1", "C2", "spare", "loan", "late", "shared", "both", "back", "again", "stranger")


def owners(script: Script, many: int, monkeypatch: pytest.MonkeyPatch) -> Owners:
    monkeypatch.setattr(owning, "MANY", many)
    state, tags = script.state(), Tags()
    for name in (*CHIPS, ("1",), ("7",), ("nobody",)):
        tags[name]
    out = Owners()
    out.sync(state, tags, {athlete: number for number, athlete in enumerate(state.athletes)})
    return out


def test_tags_that_come_together_belong_to_whom_each_belongs(monkeypatch: pytest.MonkeyPatch) -> None:
    script = Script()
    for event in ("e", "f"):
        script.event(event)
        script.runner("7", event, athlete=f"of {event}", chips=())
    for bib in "123":
        script.runner(bib, chips=() if bib == "3" else None)
    script.chip("spare", "1")
    script.chip("loan", "2", until=at(100))
    script.chip("late", "2", since=at(100))
    script.chip("both", "1")
    script.chip("both", "2", since=at(100))
    script.chip("shared", "1", until=at(100))
    script.chip("shared", "2", since=at(100))
    for chip in ("back", "again"):
        script.chip(chip, "1")
        script.record(ChipReleased(assignment=AssignmentId(f"{chip}-{len(script.log) - 1}")))
    script.chip("again", "3")
    together, alone = owners(script, 0, monkeypatch), owners(script, 100, monkeypatch)
    assert together.plain.tolist() == alone.plain.tolist() == [-1, 2, 3, 2, -1, -1, -1, -1, -1, 4, -1, 2, -1, -1]
    assert (together.timed, together.shared) == (alone.timed, alone.shared)
    assert [together.tags_of(who) for who in range(5)] == [alone.tags_of(who) for who in range(5)]
    assert together.tags_of(2) == (1, 3, 6, 7, 11)
