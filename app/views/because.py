"""Why a standing is what it is: the rules that hold, the reads considered and chosen, the rulings.

The public sees the same reasons. What hardware, chips and officials' own words are behind them stays inside.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Final

from app.domain.facts import Ruling, StartSignal
from app.domain.ids import HeatId, TextId
from app.domain.state import Evaluation, MeetState
from app.domain.units import Instant, format_instant
from app.rules.rulesets import under
from app.timing.explain import Because, Passing, ReadState
from app.timing.penalties import Penalty
from app.views.audience import Audience, Item

INSIDE: Final = frozenset({"source", "chip", "reason_given"})
"""Said to officials only."""
CUT_OFF: Final = "R66"


def because_item(
    audience: Audience,
    state: MeetState,
    heat: HeatId | None,
    why: Because,
    texts: Mapping[TextId, str],
    marks: Sequence[Item] = (),
) -> Item:
    """`heat` is the one that the standing comes from; `texts` hold the words of its rulings.

    `marks` are what stands beside the mark, with what it was compared with.
    """
    running = None if heat is None else state.heats.get(heat)
    reading = running.now.evaluations.get(why.registration) if running else None
    spec = state.events[state.registrations[why.registration].entry.event].spec
    return {
        "rules": asdict(under(state.spec, spec)),
        "start": None if why.start is None else _start_item(*why.start),
        "reads": [_seen(audience, _read_item(state, read)) for read in why.reads],
        "passings": [_passing_item(passing) for passing in why.passings],
        "reading": None if reading is None else _reading_item(reading),
        "rulings": [_seen(audience, _ruling_item(seq, ruling, texts)) for seq, ruling in why.rulings],
        "marks": list(marks),
        "penalties": [_penalty_item(penalty) for penalty in why.penalties],
        "cut_off": None if why.cut_off is None else {**asdict(why.cut_off), "rule": CUT_OFF},
    }


def _seen(audience: Audience, item: Item) -> Item:
    return {name: None if audience == "public" and name in INSIDE else value for name, value in item.items()}


def _start_item(seq: int, signal: StartSignal) -> Item:
    return {"seq": seq, "at": format_instant(signal.at)}


def _read_item(state: MeetState, read: ReadState) -> Item:
    source = state.sources.get(read.source) if read.source else None
    return {
        "seq": read.seq,
        "source": source.name if source else None,
        "chip": read.chip,
        "place": read.place,
        "point": read.point,
        "at": format_instant(Instant(read.at_us)),
        "state": read.state,
        "reason": read.reason,
    }


def _passing_item(passing: Passing) -> Item:
    at = format_instant(Instant(passing.at_us))
    return {"point": passing.point, "place": passing.place, "at": at, "because": list(passing.because)}


def _reading_item(evaluation: Evaluation) -> Item:
    reading = evaluation.reading
    return {
        "seq": evaluation.seq,
        "method": evaluation.method,
        "elapsed_us": reading.elapsed_us,
        "watches_us": list(reading.watches_us),
        "offset_us": evaluation.offset_us,
        "reaction_us": reading.reaction_us,
        "status": reading.status,
        "rule": reading.rule,
        "place": reading.place,
    }


def _penalty_item(penalty: Penalty) -> Item:
    return {
        "seq": penalty.seq,
        "kind": penalty.kind,
        "out": penalty.out,
        "rule": penalty.rule,
        "reason": penalty.why,
    }


def _ruling_item(seq: int, ruling: Ruling, texts: Mapping[TextId, str]) -> Item:
    return {
        "seq": seq,
        "kind": ruling.kind,
        "how": ruling.how,
        "rule": ruling.rule,
        "elapsed_us": ruling.elapsed_us,
        "card": ruling.card,
        "reason_given": texts.get(ruling.reason) if ruling.reason else None,
    }
