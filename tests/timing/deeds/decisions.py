"""Decisions of officials, made up."""

from collections.abc import Mapping
from random import Random
from typing import Any, Final

from app.domain.facts import (
    AnomalyAccepted,
    Fact,
    LotsDrawn,
    Published,
    Qualifier,
    QualifierReplaced,
    QualifiersFixed,
    Ruling,
)
from app.domain.ids import AnomalyId, PublicationId, RulingId
from app.domain.state import MeetState
from tests.timing.builders import Script
from tests.timing.deeds.choosing import WHY, Deed, any_heat, any_of, any_of_two_rounds, seconds, starters_of


def _ruling(script: Script, r: Random, state: MeetState) -> Fact | None:
    heat = any_heat(r, state)
    if heat is None:
        return None
    kinds = ("dq", "dns", "dnf", "withdrawn", "reinstate", "time", "penalty", "advance", "card", "lane", "note")
    kind: Any = r.choice(kinds)
    return Ruling(
        ruling=RulingId(f"rul{script.head}"),
        heat=heat.id,
        registration=r.choice(starters_of(state, heat)),
        kind=kind,
        how=r.choice(("all", "lots", "referee", "jury", "draw")) if kind == "advance" else None,
        elapsed_us=seconds(r) if kind in ("time", "penalty") else None,
        card=r.choice(("YC", "YC", "YRC", "RC")) if kind == "card" else None,
    )


def _qualifiers_fixed(script: Script, r: Random, state: MeetState) -> Fact | None:
    event = any_of_two_rounds(r, state)
    if event is None:
        return None
    names, entries = list(event.rounds), list(event.registrations)
    chosen = r.sample(entries, k=r.randint(0, len(entries)))
    fixed = tuple(Qualifier(registration=id, how=r.choice(("Q", "q"))) for id in chosen)
    return QualifiersFixed(event=event.id, round=names[0], qualifiers=fixed)


def _lots_drawn(script: Script, r: Random, state: MeetState) -> Fact | None:
    event = any_of_two_rounds(r, state)
    if event is None:
        return None
    among = tuple(r.sample(list(event.registrations), k=min(2, len(event.registrations))))
    return LotsDrawn(event=event.id, round=next(iter(event.rounds)), among=among, winners=among[:1], seed=7, label="l")


def _qualifier_replaced(script: Script, r: Random, state: MeetState) -> Fact | None:
    event = any_of_two_rounds(r, state)
    if event is None:
        return None
    first, *_, last = event.rounds
    running = [one.registration for heat in event.rounds[last].values() for one in heat.drawn.starters]
    out = any_of(r, running)
    if out is None or any(heat.has_evidence for heat in event.rounds[last].values()):
        return None
    by = any_of(r, [id for id in event.registrations if id not in running])
    why: Any = r.choice(("withdrawn", "disqualified"))
    return QualifierReplaced(event=event.id, round=first, into=last, out=out, why=why, by=by, how="q")


def _anomaly_accepted(script: Script, r: Random, state: MeetState) -> Fact | None:
    return AnomalyAccepted(anomaly=AnomalyId(f"anom{script.head}"), kind="ghost_read", official=WHY, reason=WHY)


def _published(script: Script, r: Random, state: MeetState) -> Fact | None:
    event = r.choice(list(state.events.values()))
    return Published(
        publication=PublicationId(f"pub{script.head}"), event=event.id, version=len(event.publications) + 1,
        status="provisional", at_seq=script.head, content="{}", digest="0" * 64, engine="0",
    )  # fmt: skip


DEEDS: Final[Mapping[type, Deed]] = {
    Ruling: _ruling,
    QualifiersFixed: _qualifiers_fixed,
    LotsDrawn: _lots_drawn,
    QualifierReplaced: _qualifier_replaced,
    AnomalyAccepted: _anomaly_accepted,
    Published: _published,
}
