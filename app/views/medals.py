"""Medal and placing tables of a meet, by nation or by club, with what each line rests on (R58, R59)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from app.domain.ids import AthleteId
from app.domain.meet import Person
from app.rules.medals import Placed, medal_table, placing_table
from app.rules.points import placing_points, points_text
from app.timing.finals import STAGES, FinalPlace, FinalRound, Stage
from app.views.audience import Audience, Item
from app.views.names import NOBODY, origin_for

By = Literal["nation", "club"]


@dataclass(frozen=True, slots=True)
class Counting:
    """The finals of a meet, which of them count, and for whom their places do."""

    finals: Sequence[FinalRound]
    least: Stage
    by: By
    audience: Audience
    people: Mapping[AthleteId, Person]

    def counts(self, final: FinalRound) -> bool:
        """Whether it has come as far as is asked for, and anybody is placed."""
        return STAGES.index(final.stage) >= STAGES.index(self.least) and bool(final.placed)

    @property
    def counted(self) -> list[FinalRound]:
        return [final for final in self.finals if self.counts(final)]

    def whose(self, one: FinalPlace) -> str | None:
        """Who wants to be a bib alone counts for nobody before the public: a single medal would tell the nation."""
        nation, club = origin_for(self.audience, self.people.get(one.athlete, NOBODY))
        return nation if self.by == "nation" else club

    def placings(self) -> list[list[Placed]]:
        return [[Placed(one.place, self.whose(one)) for one in final.placed] for final in self.counted]


def event_items(asked: Counting) -> list[Item]:
    """Every event, how far it has come, and whether it counts here."""
    return [
        {
            "event_id": final.event,
            "name": final.name,
            "round": final.round,
            "stage": final.stage,
            "counted": asked.counts(final),
        }
        for final in asked.finals
    ]


def medal_items(asked: Counting) -> list[Item]:
    """Gold, silver, bronze, then the code; only who has a medal."""
    won = defaultdict[str | None, list[Item]](list)
    for final in asked.counted:
        for one in final.placed:
            if one.place <= 3:
                won[asked.whose(one)].append(_place(final, one))
    return [
        {
            "rank": line.rank,
            "name": line.nation,
            "gold": line.gold,
            "silver": line.silver,
            "bronze": line.bronze,
            "total": line.total,
            "because": won[line.nation],
        }
        for line in medal_table(asked.placings())
    ]


def placing_items(asked: Counting) -> list[Item]:
    """Points, then firsts, seconds, …, then the code; only who has points."""
    scored = defaultdict[str | None, list[Item]](list)
    for final in asked.counted:
        shares = placing_points([one.place for one in final.placed], final.scores)
        for one, share in zip(final.placed, shares, strict=True):
            if share:
                scored[asked.whose(one)].append({**_place(final, one), "points": points_text(share)})
    lines = placing_table(asked.placings(), [final.scores for final in asked.counted])
    return [
        {
            "rank": line.rank,
            "name": line.nation,
            "points": points_text(line.points),
            "places": list(line.counts),
            "because": scored[line.nation],
        }
        for line in lines
    ]


def _place(final: FinalRound, one: FinalPlace) -> Item:
    return {"event_id": final.event, "place": one.place, "bib": one.bib, "registration_id": one.registration}
