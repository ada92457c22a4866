"""Fixing who goes on from a round, so that the next one can be drawn from it."""

from collections.abc import Mapping, Sequence

from app.domain.facts import Qualifier, QualifiersFixed
from app.domain.ids import Bib, EventId, RegistrationId
from app.domain.refusals import Contradicts, Undecided
from app.domain.state import Event, MeetState
from app.operations.find import event_of, round_of
from app.operations.sheet import HeatLine, Sheet, writable
from app.rules.order import bib_key
from app.rules.qualification import UNDECIDED, Tie
from app.rules.rulesets import rules_of
from app.timing.heats import room_after


def fix_qualifiers(sheet: Sheet, id: EventId, round: str) -> QualifiersFixed:
    """As the results of the round stand now. Once fixed they stay, until that is undone in the log."""
    event = event_of(writable(sheet.state), id)
    fixed = event.qualifiers.get(round)
    if fixed is None:
        lines = sheet.projection.round_results(id, round)
        ties = (
            sheet.projection.as_it_stands(id, round)[1] if any(one.qualification == UNDECIDED for one in lines) else ()
        )
        fixed = decide(event, round, lines, ties)
        _have_lanes(sheet.state, event, fixed)
        sheet.record(fixed)
    return fixed


def decide(event: Event, round: str, lines: Sequence[HeatLine], ties: Sequence[Tie] = ()) -> QualifiersFixed:
    """`ties` are said with the refusal, where somebody is undecided."""
    index, _ = round_of(event, round)
    if index == len(event.spec.rounds) - 1:
        raise Contradicts("no_later_round", f"{round!r} is the last round: nobody advances from it")
    undecided = tuple(line.bib for line in lines if line.qualification == UNDECIDED)
    if undecided:
        bibs = {line.registration: line.bib for line in lines}
        raise Undecided(round, undecided, tuple(_told(tie, bibs) for tie in ties))
    waiting = [line.bib for line in lines if line.status is None]
    if waiting:
        message = f"bibs {', '.join(waiting[:20])} have no result in {round!r} yet: give each a time or a status first"
        raise Contradicts("not_finished", message)
    qualifiers = tuple(
        Qualifier(registration=line.registration, how=line.qualification) for line in lines if line.qualification
    )
    if not qualifiers:
        message = f"nobody qualifies from {round!r}: say in the event how many advance, or rule who does"
        raise Contradicts("nobody_qualifies", message)
    return QualifiersFixed(event=event.id, round=round, qualifiers=qualifiers)


def _have_lanes(state: MeetState, event: Event, fixed: QualifiersFixed) -> None:
    """Where all who were level were let in, whenever that was ruled; whoever was added (R37) is beside the count."""
    index, _ = round_of(event, fixed.round)
    room = room_after(state, event, index, rules_of(state.spec, event.spec))
    all_in = [one for heat in event.rounds[fixed.round].values() for _, one in heat.now.rulings if one.how == "all"]
    count = sum(one.how in ("Q", "q", "qD") for one in fixed.qualifiers)
    if all_in and room is not None and count > room:
        bibs = ", ".join(dict.fromkeys(event.registrations[one.registration].entry.bib for one in all_in))
        message = (
            f"{count} go on from {fixed.round!r} and the next round has {room} lanes: undo the ruling `all` on bib "
            f"{bibs}, and rule `lots`, or have them drawn (R33, R34)"
        )
        raise Contradicts("too_few_lanes", message)


def _told(tie: Tie, bibs: Mapping[RegistrationId, Bib]) -> str:
    """`5 and 9 for 1 place by time, 1 lane free (R34: all, lots, referee, jury)`."""
    who = " and ".join(sorted((bibs[one] for one in tie.level), key=bib_key))
    free = "" if tie.free is None else f", {max(0, tie.free)} {'lane' if tie.free == 1 else 'lanes'} free"
    places = f"{tie.spots} {'place' if tie.spots == 1 else 'places'}"
    heat = "" if tie.heat is None else f" of heat {tie.heat}"
    return f"{who}{heat} for {places} by {tie.by}{free} ({tie.rule}: {', '.join(tie.may_rule)})"
