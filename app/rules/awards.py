"""Awards (R67): who wins overall is left out of the age groups' awards, not of their results."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.meet import Ranking, Sex
from app.domain.units import Duration
from app.rules.places import places
from app.rules.table import Number


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardRules:
    """`overall_top` awards a sex, and `by_group` a category and sex. `gun` goes by place, `net` by net time."""

    overall_top: Number = 0
    by_group: Number = 3
    overall_basis: Ranking = "gun"
    group_basis: Ranking = "gun"
    double_dipping: bool = False
    """Whether who has an overall award may have an age group's as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finisher:
    """Someone with a place. Without a net time (no read at the start) nothing is won by net time."""

    runner: str
    sex: Sex
    place: int
    category: str | None = None
    net_us: Duration | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """`category` None: overall. Who shares a place shares the award, so there may be more than asked for."""

    sex: Sex
    category: str | None
    place: int
    runner: str


def awards(finishers: Sequence[Finisher], rules: AwardRules) -> list[Award]:
    """Overall awards first, then the categories by name; in each by sex and place."""
    overall = [
        award
        for sex in sorted({f.sex for f in finishers})
        for award in _won([f for f in finishers if f.sex == sex], None, rules.overall_top, rules.overall_basis)
    ]
    taken = set[str]() if rules.double_dipping else {award.runner for award in overall}
    groups = sorted({(f.category, f.sex) for f in finishers if f.category is not None})
    left = [f for f in finishers if f.runner not in taken]
    return overall + [
        award
        for category, sex in groups
        for award in _won(
            [f for f in left if (f.category, f.sex) == (category, sex)], category, rules.by_group, rules.group_basis
        )
    ]


def _won(finishers: Iterable[Finisher], category: str | None, most: int, basis: Ranking) -> list[Award]:
    keyed = [(key, f) for f in finishers if (key := f.place if basis == "gun" else f.net_us) is not None]
    placed = zip(places([key for key, _ in keyed]), keyed, strict=True)
    return sorted(
        (
            Award(sex=finisher.sex, category=category, place=place, runner=finisher.runner)
            for place, (_, finisher) in placed
            if place <= most
        ),
        key=lambda award: (award.place, award.runner),
    )
