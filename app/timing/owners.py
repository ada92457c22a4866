"""Whose chip or bib it was: tags to athletes, by chip assignments in time and by bibs."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from app.domain.ids import AthleteId, Bib, Chip
from app.domain.state import MeetState
from app.timing.columns import Ints, Tags

NONE: Final = -1
MANY: Final = 1_000
"""From so many new tags on, chips are looked through once for all of them."""
Term = tuple[int | None, int | None, int]
"""(since, until, athlete): from `since` (included) until `until` (excluded)."""


class Owners:
    """`plain[tag]` is the athlete of a tag that names one at all times, else -1.

    `timed` holds tags whose athlete depends on the time, `shared` bibs that several athletes wear in different events.
    """

    def __init__(self) -> None:
        self._plain = np.full(64, NONE, np.int64)
        self._known = 0
        self.timed: dict[int, list[Term]] = {}
        self.shared: dict[int, tuple[int, ...]] = {}
        self._tag_of: dict[int, int] = {}
        self._more_tags_of: dict[int, list[int]] = {}

    @property
    def plain(self) -> Ints:
        return self._plain[: self._known]

    def sync(self, state: MeetState, tags: Tags, athletes: Mapping[AthleteId, int]) -> None:
        """Look up the tags that are new since the last time."""
        names, first = tags.names, max(self._known, 1)
        if len(names) == self._known:
            return
        if len(names) > len(self._plain):
            self._plain = np.concatenate([self._plain, np.full(len(names), NONE, np.int64)])
        new = names[first:]
        whole = _only_owners(state, athletes) if len(new) > MANY else {}
        owners = [
            self._look_up(state, athletes, tag, new[tag - first]) if owner is None else owner
            for tag, owner in enumerate(map(whole.get, new), first)
        ]
        self._plain[first : len(names)] = owners
        for tag, owner in enumerate(owners, first):
            if owner == NONE:
                for who in {who for _, _, who in self.timed.get(tag, ())} or self.shared.get(tag, ()):
                    self._names(tag, who)
            elif self._tag_of.setdefault(owner, tag) != tag:
                self._names(tag, owner)
        self._known = len(names)

    def _names(self, tag: int, athlete: int) -> None:
        if self._tag_of.setdefault(athlete, tag) != tag:
            self._more_tags_of.setdefault(athlete, []).append(tag)

    def tags_of(self, athlete: int) -> tuple[int, ...]:
        """Every tag that names an athlete at some time."""
        tag = self._tag_of.get(athlete)
        return () if tag is None else (tag, *self._more_tags_of.get(athlete, ()))

    def _look_up(self, state: MeetState, athletes: Mapping[AthleteId, int], tag: int, name: str | tuple[str]) -> int:
        if isinstance(name, str):
            ids = state.chips.get(Chip(name))
            if not ids:
                return NONE
            only = state.assignments[ids[0]]
            if len(ids) == 1 and only.since is None and only.until is None:
                return athletes[only.athlete]
            terms = [state.assignments[id] for id in ids]
            self.timed[tag] = [(t.since, t.until, athletes[t.athlete]) for t in terms]
            return NONE
        wearers = state.by_bib.get(Bib(name[0]), ())
        if len(wearers) == 1:
            return athletes[next(iter(wearers))]
        if wearers:
            self.shared[tag] = tuple(sorted(athletes[a] for a in wearers))
        return NONE

    def of(self, tag: int, at: int) -> tuple[int, ...]:
        """The athletes that a tag may name at an instant; only a shared bib names several."""
        athlete = self._plain.item(tag)
        if athlete != NONE:
            return (athlete,)
        terms = self.timed.get(tag)
        if terms is not None:
            found = [who for since, until, who in terms if holds(since, until, at)]
            return tuple(found[-1:])
        return self.shared.get(tag, ())

    @property
    def special(self) -> list[int]:
        """Tags that `plain` cannot answer."""
        return [*self.timed, *self.shared]

    def named_ever(self, tag: int) -> bool:
        return bool(self._plain[tag] != NONE or tag in self.timed or tag in self.shared)


def _only_owners(state: MeetState, athletes: Mapping[AthleteId, int]) -> dict[object, int]:
    """The athletes of chips that name one at all times: what `_look_up` finds for nearly all of many tags."""
    return {
        one.chip: athletes[one.athlete]
        for one in state.assignments.values()
        if one.since is None and one.until is None and len(state.chips[one.chip]) == 1
    }


def holds(since: int | None, until: int | None, at: int) -> bool:
    """Whether a chip names its athlete at an instant."""
    return (since is None or at >= since) and (until is None or at < until)
