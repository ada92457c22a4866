"""An anomaly as officials see it: what is odd, about whom, what shows it, and who has accepted it. Without names."""

from collections.abc import Mapping
from typing import Final

from app.domain.facts import AnomalyAccepted
from app.domain.ids import AnomalyId, TextId
from app.domain.state import MeetState
from app.timing.anomaly import Anomaly
from app.views.audience import Item

GONE: Final = "no longer found: what it rested on has changed since it was accepted"


def anomaly_item(
    state: MeetState,
    id: AnomalyId,
    standing: str,
    found: Anomaly | None,
    accepted: tuple[int, AnomalyAccepted] | None,
    texts: Mapping[TextId, str],
) -> Item:
    """One of the two is there: `found` is None for an anomaly that was accepted and has gone since."""
    about = found if found is not None or accepted is None else accepted[1]
    if about is None:
        raise LookupError(id)
    heat = state.heats.get(about.heat) if about.heat else None
    entered = state.registrations.get(about.registration) if about.registration else None
    source = state.sources.get(found.source) if found and found.source else None
    return {
        "id": id,
        "kind": about.kind,
        "severity": found.severity if found else None,
        "state": standing,
        "reason": found.reason if found else GONE,
        "event_id": about.event,
        "heat_id": about.heat,
        "heat": heat.drawn.number if heat else None,
        "registration_id": about.registration,
        "bib": entered.entry.bib if entered else None,
        "source": source.name if source else None,
        "seqs": list(found.seqs) if found else [],
        "accepted": None if accepted is None else _accepted_item(*accepted, texts),
    }


def _accepted_item(seq: int, fact: AnomalyAccepted, texts: Mapping[TextId, str]) -> Item:
    return {"seq": seq, "official": texts.get(fact.official), "reason": texts.get(fact.reason)}
