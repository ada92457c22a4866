"""Something odd that an official looks at: what there is of it, and accepting one by name and reason."""

from dataclasses import dataclass
from typing import Literal

from app.domain.facts import AnomalyAccepted
from app.domain.ids import AnomalyId, EventId, TextId
from app.domain.refusals import AnomaliesOpen, Contradicts, Invalid, NotFound, Open
from app.domain.state import MeetState
from app.operations.find import event_of
from app.operations.sheet import TimedSheet, writable
from app.timing.anomaly import Anomaly
from app.timing.projection import Projection

State = Literal["open", "accepted", "resolved"]


@dataclass(frozen=True, slots=True)
class Asked:
    """One anomaly as it stands. `found` is None where it was accepted and is there no more."""

    id: AnomalyId
    state: State
    found: Anomaly | None
    accepted: tuple[int, AnomalyAccepted] | None = None
    """The fact, and its position."""

    @property
    def about(self) -> Anomaly | AnomalyAccepted:
        """Whatever says what it concerns."""
        if self.found is not None:
            return self.found
        if self.accepted is not None:
            return self.accepted[1]
        raise LookupError(self.id)


def asked(projection: Projection, event: EventId | None = None) -> list[Asked]:
    """Of an event, or of the whole meet: those that are open, then the accepted ones, then those that have gone."""
    state = projection.state
    found = [_asked(state, one) for one in projection.anomalies(event)]
    known = {one.id for one in found}
    gone = [
        Asked(id, "resolved", None, held)
        for id, held in state.accepted.items()
        if id not in known and event in (None, held[1].event)
    ]
    return [*sorted(found, key=lambda one: one.state != "open"), *gone]


def _asked(state: MeetState, found: Anomaly) -> Asked:
    held = state.accepted.get(found.id)
    return Asked(found.id, "open" if held is None else "accepted", found, held)


def accept(sheet: TimedSheet, id: AnomalyId, official: str, reason: str, event: EventId | None = None) -> int:
    """It stands as it is: the position of the fact that says so. Other evidence makes another anomaly."""
    state = writable(sheet.state)
    if event is not None:
        event_of(state, event)
    one = find(sheet.projection, id, event)
    if one.state != "open" or one.found is None:
        raise Contradicts("not_open", f"anomaly {id} is {one.state}: there is nothing to accept")
    return sheet.record(
        AnomalyAccepted(
            anomaly=id,
            kind=one.found.kind,
            official=_words(sheet, official, "official"),
            reason=_words(sheet, reason, "reason"),
            event=one.found.event,
            heat=one.found.heat,
            registration=one.found.registration,
        )
    )


def _words(sheet: TimedSheet, text: str, name: str) -> TextId:
    kept = sheet.text(text.strip())
    if kept is None:
        raise Invalid(f"/{name}", "missing", f"an anomaly is accepted by name and with a reason: say the {name}")
    return kept


def find(projection: Projection, id: AnomalyId, event: EventId | None = None) -> Asked:
    for one in asked(projection, event):
        if one.id == id:
            return one
    raise NotFound("anomaly", id)


def none_open(projection: Projection, event: EventId) -> None:
    """`AnomaliesOpen`, with all of them, while an official has something to look at."""
    still = [one.found for one in asked(projection, event) if one.state == "open" and one.found]
    told = [Open(one.id, one.kind, one.bib, one.reason) for one in still]
    if told:
        raise AnomaliesOpen(projection.state.events[event].spec.name, tuple(told))
