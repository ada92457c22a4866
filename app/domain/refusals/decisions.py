"""Of what waits for an official, or was decided on what is to be taken away."""

from dataclasses import dataclass
from typing import ClassVar

from app.domain.ids import AnomalyId, Bib
from app.domain.refusals.refusal import Case, Refusal


@dataclass(eq=False)
class ResultsDepend(Case):
    """Something is to be withdrawn or drawn anew that results were already made of."""

    title: ClassVar[str] = "Results depend on it"
    what: str
    why: str
    instead: str = "Undo that first"

    @property
    def detail(self) -> str:
        return f"{self.what} stays as it is: {self.why}. {self.instead}"


@dataclass(eq=False)
class FactsDepend(Case):
    title: ClassVar[str] = "Later facts depend on it"
    seq: int
    later: tuple[str, ...]
    """Kind and position of each, in log order."""

    @property
    def detail(self) -> str:
        later = ", ".join(self.later)
        return f"number {self.seq} of the log cannot be undone while later facts need it: undo {later} first"


@dataclass(eq=False)
class Undecided(Case):
    title: ClassVar[str] = "A qualification is undecided"
    round: str
    bibs: tuple[Bib, ...]
    ties: tuple[str, ...] = ()
    """Each tie in words: who, for how many places, with how many lanes free, and how it can be settled."""

    @property
    def detail(self) -> str:
        if self.ties:
            how = f"{'; '.join(self.ties)}. An official rules first (kind advance), or lots are drawn"
        else:
            how = "an official rules first (kind advance: all, lots, referee or jury)"
        return f"bibs {', '.join(self.bibs)} are tied for the last place out of {self.round!r}: {how}"


@dataclass(frozen=True, slots=True)
class Open:
    """An anomaly that nobody has resolved or accepted."""

    id: AnomalyId
    kind: str
    bib: Bib | None
    reason: str


@dataclass(eq=False)
class AnomaliesOpen(Refusal):
    """Results are not official while an official has something to look at."""

    title: ClassVar[str] = "Anomalies are open"
    event: str
    anomalies: tuple[Open, ...]

    @property
    def detail(self) -> str:
        first, more = self.anomalies[0], len(self.anomalies) - 1
        others = f", and {more} more" if more else ""
        return f"{first.reason}{others}: resolve or accept each, then make the results of {self.event} official"
