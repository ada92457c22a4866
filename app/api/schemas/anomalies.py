"""What is odd about an event or a meet, as officials see it, and how one of them accepts it."""

from typing import Any, Final, Literal

from app.api.schemas.base import In, Name, Out, example
from app.rules.anomalies import Kind
from app.timing.anomaly import Severity

AnomalyState = Literal["open", "accepted", "resolved"]

ANOMALY: Final[dict[str, Any]] = {
    "id": "anom_0197430a2c4e7d5fa3f09a64d1c3b2ec",
    "kind": "missing_point",
    "severity": "questionable",
    "state": "accepted",
    "reason": "bib 417 finished and was not read at 5 km (R65): look whether the course was cut short",
    "event_id": "evt_0197430a2c4e7d5fa3f09a64d1c3b2e8",
    "heat_id": "heat_0197430a2c4e7d5fa3f09a64d1c3b2eb",
    "heat": 1,
    "registration_id": "reg_0197430a2c4e7d5fa3f09a64d1c3b2ea",
    "bib": "417",
    "source": None,
    "seqs": [],
    "accepted": {"seq": 4212, "official": "Ida Sand, referee", "reason": "Seen at 5 km by the lead bicycle"},
}


class AcceptIn(In):
    """It stands as it is. Name and reason are kept beside the log."""

    model_config = example({"official": "Ida Sand, referee", "reason": "Seen at 5 km by the lead bicycle"})

    official: Name
    reason: Name


class AcceptedOut(Out):
    """By whose word. Undoing that position of the log opens the anomaly again."""

    seq: int
    official: str | None
    reason: str | None


class AnomalyOut(Out):
    """Something to look at before results are official. `id` stays while the evidence is the same; with other evidence
    it is another anomaly, and open. `resolved` is one that was accepted and is found no more."""

    model_config = example(ANOMALY)

    id: str
    kind: Kind
    severity: Severity | None
    state: AnomalyState
    reason: str
    event_id: str | None
    heat_id: str | None
    heat: int | None
    registration_id: str | None
    bib: str | None
    source: str | None
    seqs: list[int]
    accepted: AcceptedOut | None
