"""What officials decide about one runner in one heat. A ruling is taken back by undoing it in the log."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.facts import How, Ruling, RulingKind
from app.domain.ids import Bib, HeatId, RegistrationId, RulingId
from app.domain.refusals import Contradicts, Invalid
from app.domain.units import Duration
from app.operations.checks import within
from app.operations.find import heat_of, starter
from app.operations.sheet import HeatLine, Sheet, writable
from app.rules.conduct import Card
from app.rules.qualification import Tie
from app.timing.heard import was_absent

LONGEST_US = 24 * 3_600_000_000
OF_WHO_RAN: Final = frozenset({"time", "penalty", "lane"})
"""What can be ruled of nobody who did not start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A ruling as it is asked for: `elapsed_us` with `time` (what counts) and `penalty` (what is added)."""

    bib: Bib
    kind: RulingKind
    how: How | None = None
    rule: str | None = None
    reason: str | None = None
    elapsed_us: Duration | None = None
    card: Card | None = None


def rule(sheet: Sheet, id: HeatId, decision: Decision) -> RulingId:
    state = writable(sheet.state)
    heat = heat_of(state, id)
    runner = starter(state, heat, decision.bib, "/bib")
    check(decision)
    if decision.kind == "reinstate" and state.registrations[runner].withdrawn:
        message = f"bib {decision.bib} has withdrawn from the event: register the runner again"
        raise Contradicts("registration_withdrawn", message, "/bib")
    if decision.kind == "reinstate" and not _is_out(sheet.projection.heat_results(id), runner):
        message = f"bib {decision.bib} is not out of this heat: there is nothing to reinstate from"
        raise Contradicts("nothing_to_lift", message, "/kind")
    if decision.kind in OF_WHO_RAN and was_absent([heat], runner):
        message = f"bib {decision.bib} did not start, by a ruling (DNS, R42): reinstate the runner, or undo that ruling"
        raise Contradicts("did_not_start", message, "/bib")
    if decision.how == "all":
        _all_fit(sheet.projection.as_it_stands(heat.event, heat.round)[1], runner)
    ruling = RulingId(sheet.new_id("ruling"))
    sheet.record(
        Ruling(
            ruling=ruling,
            heat=id,
            registration=runner,
            kind=decision.kind,
            how=decision.how,
            rule=decision.rule,
            reason=sheet.text(decision.reason),
            elapsed_us=decision.elapsed_us,
            card=decision.card,
        )
    )
    return ruling


def check(decision: Decision) -> None:
    """Refuses values that the kind needs and lacks, or has and cannot use."""
    kind = decision.kind
    _only_with(kind, ("time", "penalty"), "elapsed_us", decision.elapsed_us, needed=True)
    if kind == "card" and decision.card is None:
        raise Invalid("/card", "missing", "a ruling of kind card says which: YC, YRC or RC")
    _only_with(kind, ("card",), "card", decision.card, needed=False)
    _only_with(kind, ("advance",), "how", decision.how, needed=False)
    within(decision.elapsed_us, 1, LONGEST_US, "/elapsed_us", "a time in microseconds")
    if kind == "note" and not decision.reason:
        raise Invalid("/reason", "no_reason", "a note needs words: write them as its reason")


def _all_fit(ties: Sequence[Tie], runner: RegistrationId) -> None:
    """All who are level can go on only where the next round has lanes for them (R33, R34)."""
    tie = next((one for one in ties if runner in one.level), None)
    if tie is not None and "all" not in tie.may_rule:
        lanes = (
            "no lane is" if not tie.free or tie.free < 0 else "1 lane is" if tie.free == 1 else f"{tie.free} lanes are"
        )
        message = (
            f"{len(tie.level)} are level for {tie.spots} and {lanes} free in the next round, so not all can go on "
            f"({tie.rule}): rule {', '.join(tie.may_rule)}, or have lots drawn"
        )
        raise Contradicts("no_lane_free", message, "/how")


def _is_out(lines: Sequence[HeatLine], runner: RegistrationId) -> bool:
    return any(
        line.registration == runner and (line.status in ("DNF", "DQ", "DNS") or line.state == "withdrawn")
        for line in lines
    )


def _only_with(kind: str, kinds: tuple[str, ...], field: str, value: object, *, needed: bool) -> None:
    if kind in kinds and needed and value is None:
        raise Invalid(f"/{field}", "missing", f"a ruling of kind {kind} needs {field}")
    if kind not in kinds and value is not None:
        raise Invalid(
            f"/{field}", "not_with_this_kind", f"{field} goes with kind {' or '.join(kinds)}, not with {kind}"
        )
