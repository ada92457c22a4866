"""Who goes on to the next round: `Q` by place, `q` by time (R11, R32–R35), rulings of officials (R37).

Nobody is put through or left out by chance: athletes tied at a cut are `undecided` until an official rules.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Literal

from app.domain.facts import How
from app.domain.ids import RegistrationId
from app.domain.meet import Advance
from app.domain.units import Duration
from app.rules.places import places
from app.rules.rounding import TimedBy, round_up

UNDECIDED: Final = "undecided"

LETTERS: Final[Mapping[How | None, str]] = {
    None: "qR",
    "referee": "qR",
    "jury": "qJ",
    "draw": "qD",
    "lots": "qD",
}
ADDS: Final = frozenset[How | None]({None, "referee", "jury"})
"""Rulings that add somebody and take nobody's spot (R37); lots, a draw and `all` only settle ties."""


@dataclass(frozen=True, slots=True)
class Finisher:
    """One starter of one heat of the round, as its results stand.

    `ok`: finished and not disqualified. `eligible`: may advance (guests may not). `judged`: the place is the judge's.
    """

    registration: RegistrationId
    heat: int
    place: int | None
    elapsed_us: Duration | None
    method: TimedBy
    ok: bool
    eligible: bool = True
    judged: bool = False


@dataclass(frozen=True, slots=True)
class _Cut:
    """Who is through, and who is level for the `spots` that are left. `mixed`: level because nobody can compare."""

    through: list[Finisher]
    level: list[Finisher]
    spots: int
    mixed: bool = False


Words = dict[RegistrationId, str | None]
Ruled = Mapping[RegistrationId, How | None]


@dataclass(frozen=True, slots=True)
class Tie:
    """Who is level for the last places, and waits for an official (R33, R34; `mixed`: R11).

    `heat`: as its finishers name it; None between heats. `spots`: how many of them can go on as the
    event has it. `free`: lanes that the next round has left, None where it has no lanes or their number is not known.
    """

    by: Literal["place", "time"]
    heat: int | None
    level: tuple[RegistrationId, ...]
    spots: int
    free: int | None
    mixed: bool = False
    giving: int = 0
    """Places by time that would give way if all of them went on by place (R33)."""

    @property
    def rule(self) -> str:
        return "R11" if self.mixed else "R33" if self.by == "place" else "R34"

    @property
    def may_rule(self) -> tuple[How, ...]:
        """How officials can settle it: all of them where there are lanes, or their number is not known."""
        fits = self.free is None or len(self.level) - self.spots <= max(0, self.free) + self.giving
        ways: list[How] = ["all"] if fits else []
        return (*ways, *(() if self.mixed else ("lots",)), "referee", "jury")


def qualify(
    heats: Sequence[Sequence[Finisher]],
    advance: Advance,
    image: Duration,
    ruled: Ruled | None = None,
    complete: bool = True,
    fill_by_time: bool = True,
    room: int | None = None,
) -> Words:
    """`Q`, `q`, `qR`, `qJ`, `qD`, `undecided` or None for every starter of a round.

    `ruled` holds the rulings that advance somebody. While a heat has no result yet, `complete` is False: then nobody
    qualifies by time. With `fill_by_time`, places that a heat cannot fill are filled by time (R32). `image` is what a
    photo finish tells apart. `room`: the lanes of the next round, if it has lanes.
    """
    return settle(heats, advance, image, ruled, complete, fill_by_time, room)[0]


def settle(
    heats: Sequence[Sequence[Finisher]],
    advance: Advance,
    image: Duration,
    ruled: Ruled | None = None,
    complete: bool = True,
    fill_by_time: bool = True,
    room: int | None = None,
) -> tuple[Words, tuple[Tie, ...]]:
    """As `qualify`, and who is level at each cut that nobody has ruled on."""
    ruled = ruled or {}
    out: Words = {f.registration: None for heat in heats for f in heat}
    waiting: list[Finisher] = []
    free = None if room is None else room - len(heats) * advance.places - advance.times - _added(out, ruled)
    ties: list[Tie] = []
    spots, more = advance.times, 0
    for heat in heats:
        cut = _first([f for f in heat if _in_contention(f) and f.place is not None], advance.places)
        words = _settled(cut, "Q", ruled)
        out.update(words)
        spots += cut.spots if fill_by_time and not cut.level else 0
        more += max(0, sum(word == "Q" for word in words.values()) - advance.places)
        waiting += _waiting(heat, cut, words)
        ties += _tie("place", cut, words, free, cut.level[0].heat if cut.level else None, advance.times)
    if free is not None:
        # Where all who were level for a place go on, those by time give way as far as lanes are missing (R33).
        spots -= min(spots, max(0, more - max(0, free)))
    if complete:
        cut = _by_time(waiting, spots, image)
        words = _settled(cut, "q", ruled)
        out.update((who, word) for who, word in words.items() if out[who] is None)
        inside = {f.heat for f in cut.level}
        ties += _tie("time", cut, words, free, inside.pop() if len(inside) == 1 else None)
    for who, how in ruled.items():
        if how in ADDS and who in out and out[who] is None:
            out[who] = LETTERS[how]
    return out, tuple(ties)


def _added(starters: Words, ruled: Ruled) -> int:
    return sum(how in ADDS and who in starters for who, how in ruled.items())


def _tie(
    by: Literal["place", "time"], cut: _Cut, words: Words, free: int | None, heat: int | None, giving: int = 0
) -> Iterator[Tie]:
    level = tuple(f.registration for f in cut.level if words[f.registration] == UNDECIDED)
    if level:
        given = sum(words[f.registration] is not None for f in cut.level) - len(level)
        yield Tie(by, heat, level, cut.spots - given, free, cut.mixed, giving)


def _in_contention(finisher: Finisher) -> bool:
    return finisher.ok and finisher.eligible


def _first(placed: Sequence[Finisher], spots: int) -> _Cut:
    """The first of one heat, by its places; equal places across the cut are level."""
    ranks = places([f.place or 0 for f in placed])
    return _cut(zip(ranks, placed, strict=True), spots)


def _cut(ranked: Iterable[tuple[int, Finisher]], spots: int) -> _Cut:
    through: list[Finisher] = []
    for _, group in groupby(sorted(ranked, key=lambda r: r[0]), key=lambda r: r[0]):
        level = [finisher for _, finisher in group]
        if len(through) + len(level) > spots:
            return _Cut(through, level if len(through) < spots else [], spots - len(through))
        through += level
    return _Cut(through, [], spots - len(through))


def _waiting(heat: Sequence[Finisher], cut: _Cut, words: Words) -> list[Finisher]:
    """Finishers with a time who are not through by place; of those still level, as many as will be left over."""
    given = sum(words[f.registration] == "qD" for f in cut.level)
    level = [f.registration for f in cut.level if words[f.registration] == UNDECIDED]
    through = {who for who, word in words.items() if word} - set(level[cut.spots - given :])
    return [f for f in heat if _in_contention(f) and f.elapsed_us is not None and f.registration not in through]


def _by_time(waiting: Sequence[Finisher], spots: int, image: Duration) -> _Cut:
    """The next by time. Times of different methods cannot be compared (R11): all who are in reach of a spot wait."""
    methods = {f.method for f in waiting}
    if len(methods) < 2:
        return _fastest(waiting, spots, image)
    cuts = [_fastest([f for f in waiting if f.method == method], spots, image) for method in methods]
    return _Cut([], [f for cut in cuts for f in (*cut.through, *cut.level)], spots, mixed=True)


def _fastest(waiting: Sequence[Finisher], spots: int, image: Duration) -> _Cut:
    """By time as far as the image tells (R34); level times of one heat stand in the order of its places."""
    cut = _cut([(round_up(f.elapsed_us or Duration(0), image), f) for f in waiting], spots)
    if cut.level and len({f.heat for f in cut.level}) == 1 and all(f.place is not None for f in cut.level):
        inside = _first(cut.level, cut.spots)
        return _Cut(cut.through + inside.through, inside.level, inside.spots)
    return cut


def _settled(cut: _Cut, letter: str, ruled: Ruled) -> Words:
    """Those through, and those level as far as officials have ruled; with every spot given, the rest are out."""
    out: Words = {f.registration: letter for f in cut.through}
    level = [f.registration for f in cut.level]
    if any(ruled.get(who) == "all" for who in level):
        return out | dict.fromkeys(level, letter)
    words = {who: LETTERS[ruled[who]] for who in level if who in ruled}
    given = sum(cut.mixed or ruled[who] not in ADDS for who in words)
    rest, spots = [who for who in level if who not in words], cut.spots - given
    word = letter if len(rest) <= spots else UNDECIDED if spots > 0 else None
    return out | words | dict.fromkeys(rest, word)
