"""What follows from false starts, cards and steps over a line, purely from the log (R13, R14, R38, R39, R91).

A fact says what an official saw; whether somebody is out, and under which code, is the ruleset's to say, and changes
with it. A reinstatement in the heat of a fact takes back what followed from it there.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from app.domain.facts import FalseStart, Ruling
from app.domain.ids import AthleteId, HeatId, RegistrationId
from app.domain.state import Event, Heat, MeetState
from app.rules.conduct import Card, code_for, is_out, is_red
from app.rules.duties import FalseStarts
from app.rules.ruleset import Ruleset
from app.rules.rulesets import rules_of
from app.timing.results import Flag

PenaltyKind = Literal["false_start", "card", "lane", "excluded"]
FREE: Final[Mapping[FalseStarts, str]] = {
    "immediate": "whoever causes one is out",
    "one_per_race": "one is free in each race, later ones are not",
    "retro_two_step": "the first one of a race is repeated without penalty, later ones are not",
}


class Penalty(NamedTuple):
    """What follows for one runner of one race from the fact at `seq`."""

    seq: int
    kind: PenaltyKind
    out: bool
    """Disqualified; or, `excluded`, not allowed to start."""
    rule: str | None
    flags: int
    why: str
    """The rule and the policy, in words."""


@dataclass(frozen=True, slots=True)
class RedCard:
    """A card that put an athlete out of the meet: all that began before it stands, nothing after it is run."""

    seq: int
    heat: HeatId
    card: Card
    rule: str | None


def penalties_of(
    state: MeetState, event: Event, heats: Iterable[Heat], rules: Ruleset
) -> dict[RegistrationId, list[Penalty]]:
    """Of the heats of one race, by runner, each in log order."""
    out: dict[RegistrationId, list[Penalty]] = {}
    within = list(heats)
    for heat in within:
        _add(out, false_start_penalties(heat, rules))
    _add(out, _lanes(event, {heat.id for heat in within}, rules))
    for athlete in state.cards:
        id = event.by_athlete.get(athlete)
        if id is not None:
            _add(out, ((id, one) for one in _cards(state, event, id, within)))
    return {id: sorted(found) for id, found in out.items()}


def _add(out: dict[RegistrationId, list[Penalty]], found: Iterable[tuple[RegistrationId, Penalty]]) -> None:
    for id, penalty in found:
        out.setdefault(id, []).append(penalty)


# ── false starts ─────────────────────────────────────────────────────────────────────────────────────────────────────


def false_starts_of(heat: Heat) -> list[tuple[int, FalseStart]]:
    """Of all its runnings: a race that is run again goes on counting, without those who are out of it."""
    return [one for attempt in heat.attempts for one in attempt.false_starts]


def false_start_penalties(heat: Heat, rules: Ruleset) -> Iterator[tuple[RegistrationId, Penalty]]:
    policy = rules.starts.false_starts
    code = code_for("false_start", rules.disqualifications, policy)
    for number, (seq, fact) in enumerate(false_starts_of(heat), 1):
        out = is_out(policy, number)
        why = f"false start {number} of the race: {FREE[policy]} ({policy}, {'R91' if 'retro' in policy else 'R14'})"
        for one in fact.runners:
            yield one.registration, Penalty(seq, "false_start", out, code if out else None, Flag.FALSE_START, why)


# ── steps over a line ────────────────────────────────────────────────────────────────────────────────────────────────


def lane_steps(event: Event, id: RegistrationId | None = None) -> list[tuple[int, HeatId, Ruling]]:
    """Of all runners or one, in the order of the rounds and then of the log; those taken back are left out."""
    order = {spec.name: index for index, spec in enumerate(event.spec.rounds)}
    found = [
        (order.get(name, len(order)), seq, heat.id, ruling)
        for name, heats in event.rounds.items()
        for heat in heats.values()
        for seq, ruling in heat.now.rulings
        if ruling.kind == "lane" and id in (None, ruling.registration) and not _taken_back(heat, seq, ruling)
    ]
    return [(seq, heat, ruling) for _, seq, heat, ruling in sorted(found, key=lambda one: one[:2])]


def _taken_back(heat: Heat, seq: int, ruling: Ruling) -> bool:
    return any(
        later > seq and one.kind == "reinstate" and one.registration == ruling.registration
        for later, one in heat.now.rulings
    )


def _lanes(event: Event, within: set[HeatId], rules: Ruleset) -> Iterator[tuple[RegistrationId, Penalty]]:
    code, most = code_for("lane", rules.disqualifications), rules.conduct.lane_steps
    counted: dict[RegistrationId, int] = {}
    for seq, heat, ruling in lane_steps(event):
        id = ruling.registration
        counted[id] = number = counted.get(id, 0) + 1
        if heat in within:
            out = number >= most
            why = f"step over the line of the lane {number} of {most}, over all rounds of the event (R39)"
            yield id, Penalty(seq, "lane", out, ruling.rule or code if out else None, Flag.LANE, why)


# ── cards ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def red_cards(state: MeetState, athlete: AthleteId) -> list[RedCard]:
    """Those that stand, in log order."""
    return [one.red for one in _shown(state, athlete) if one.red is not None and not one.lifted]


def cautions_of(state: MeetState, athlete: AthleteId) -> list[int]:
    """Where in the log the athlete's yellow cards are that warn; none are left where a red one stands."""
    shown = [one for one in _shown(state, athlete) if not one.lifted]
    return [] if any(one.red for one in shown) else [one.seq for one in shown]


@dataclass(slots=True)
class _Shown:
    """A card with what it is in the end."""

    seq: int
    ruling: Ruling
    red: RedCard | None
    lifted: bool = False


def _shown(state: MeetState, athlete: AthleteId) -> list[_Shown]:
    """A red card that was taken back counts for nothing any more, not as a yellow one either."""
    out: list[_Shown] = []
    for seq, ruling in state.cards.get(athlete, ()):
        if ruling.kind == "reinstate":
            for one in out:
                one.lifted |= one.red is not None and one.ruling.heat == ruling.heat
        else:
            yellow = sum(one.ruling.card == "YC" and not one.lifted for one in out) + 1
            out.append(_Shown(seq, ruling, _red(state, seq, ruling, yellow)))
    return out


def _red(state: MeetState, seq: int, ruling: Ruling, number: int) -> RedCard | None:
    card: Card = ruling.card or "YC"
    event = state.events[state.registrations[ruling.registration].entry.event]
    rules = rules_of(state.spec, event.spec)
    if not is_red(card, number, rules.conduct.yellow_cards):
        return None
    code = ruling.rule or code_for("cards", rules.disqualifications)
    return RedCard(seq, ruling.heat, "YRC" if card == "YC" else card, code)


def _cards(state: MeetState, event: Event, id: RegistrationId, within: list[Heat]) -> Iterator[Penalty]:
    athlete = event.registrations[id].entry.athlete
    for one in _shown(state, athlete):
        if one.ruling.registration == id and any(heat.id == one.ruling.heat for heat in within):
            yield _card(one)
    excluded = excluded_by(state, event, id, within)
    if excluded is not None:
        why = f"{excluded.card} in another race of the meet: no start after it (R38)"
        yield Penalty(excluded.seq, "excluded", True, excluded.rule, Flag.EXCLUDED, why)


def _card(shown: _Shown) -> Penalty:
    if shown.lifted:
        return Penalty(shown.seq, "card", False, None, Flag.CARD, "card, taken back by a reinstatement")
    if shown.red is None:
        return Penalty(shown.seq, "card", False, None, Flag.CARD, "yellow card: a warning for the whole meet (R38)")
    told, flag = ("second yellow card (YRC)", Flag.YRC) if shown.red.card == "YRC" else ("red card (RC)", Flag.RC)
    why = f"{told}: out of this event and of all that comes after it (R38)"
    return Penalty(shown.seq, "card", True, shown.red.rule, Flag.CARD | flag, why)


def excluded_by(state: MeetState, event: Event, id: RegistrationId, within: Iterable[Heat] = ()) -> RedCard | None:
    """The red card of another race that keeps a runner from the heats `within` (none: from one still to be drawn)."""
    athlete = event.registrations[id].entry.athlete
    if athlete not in state.cards:
        return None
    heats = [heat for heat in within if event.starts(heat, id)]
    back = (seq for seq, one in state.cards[athlete] if one.kind == "reinstate" and one.registration == id)
    let_in = max(back, default=0)
    for red in red_cards(state, athlete):
        if red.seq > let_in and not any(_stands(heat, id, red) for heat in heats):
            return red
    return None


def _stands(heat: Heat, id: RegistrationId, red: RedCard) -> bool:
    """Whether the card was shown in the heat itself, or the heat began before it."""
    return heat.id == red.heat or 0 < heat.running_of(id).began < red.seq
