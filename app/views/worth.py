"""What a mark is worth: age grading (R68), percent of the best mark (R85), points of a scoring table (R84)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from app.domain.meet import EventSpec, Sex
from app.domain.records import Record
from app.domain.state import MeetState
from app.domain.units import Duration
from app.rules.age_grade import ROAD_2025, ROAD_2025_NAME, age_grade
from app.rules.hand import for_seeding
from app.rules.marks import mark, parse_mark
from app.rules.points import ScoringTable, formula_of, percent_of_best, score
from app.rules.record_lists import TEMPLATES, records_block
from app.rules.records import Runner, mark_of
from app.rules.rounding import unit_of
from app.rules.rulesets import rules_of
from app.timing.combined import scoring_table
from app.timing.standing import Standing
from app.views.audience import Audience, Item

Asked = Literal["age_grade", "percent_of_best", "points"]
NOT_ASKED: Final[Mapping[str, Any]] = {"age_grade": None, "percent_of_best": None, "points": None}
BEST: Final = ("WR", "WB")
"""Codes of the best mark of all."""


@dataclass(frozen=True, slots=True)
class Worth:
    """Of the runners of one event. `best` is by sex, with the list that has it."""

    asked: frozenset[Asked]
    spec: EventSpec
    unit: Duration
    best: Mapping[Sex, tuple[str, Record]]
    table: ScoringTable

    @classmethod
    def of(cls, state: MeetState, spec: EventSpec, asked: Collection[Asked]) -> "Worth":
        rules = rules_of(state.spec, spec)
        return cls(
            asked=frozenset(asked),
            spec=spec,
            unit=unit_of(spec, spec.timing, rules.timing.precision),
            best=_best(state, spec),
            table=scoring_table(rules.points.scoring),
        )

    def item(self, audience: Audience, state: MeetState, row: Standing) -> Item:
        """Null where it was not asked for, and where there is no table, best mark or age to tell it by.

        An age grade is told to officials only: from it and the time anybody could tell the runner's age.
        """
        if row.status != "OK" or row.mark is None:
            return dict(NOT_ASKED)
        by_hand = row.mark.endswith("h")
        official = parse_mark(row.mark.rstrip("h?"))
        sex = self.spec.sex if row.sex == "X" else row.sex
        made: Item = {
            "age_grade": self._graded(state, row, sex, official) if audience == "organizer" else None,
            "percent_of_best": self._percent(sex, official),
            "points": self._points(state, sex, official, by_hand=by_hand),
        }
        return {name: value if name in self.asked else None for name, value in made.items()}

    def _graded(self, state: MeetState, row: Standing, sex: Sex, official: Duration) -> Item | None:
        table, ages = ROAD_2025.get(sex), state.athletes[row.athlete].ages
        on_the_road = self.spec.surface == "road" and self.spec.direction == "forward" and self.spec.relay_legs == 1
        if table is None or ages is None or not on_the_road:
            return None
        grade = age_grade(official, ages.race_day, self.spec.distance_m, table)
        if grade is None:
            return None
        return {
            "percent": str(grade.percent),
            "graded_us": grade.graded_us,
            "graded_mark": mark(grade.graded_us, self.unit),
            "standard_s": f"{grade.standard_s:.2f}",
            "factor": f"{grade.factor:.4f}",
            "table": ROAD_2025_NAME,
            "rule": "R68",
        }

    def _percent(self, sex: Sex, official: Duration) -> Item | None:
        if sex not in self.best:
            return None
        name, best = self.best[sex]
        return {
            "percent": str(percent_of_best(best.mark_us, official)),
            "best": mark_of(best),
            "code": best.code,
            "record_list": name,
            "date": best.date,
            "confidence": best.confidence,
            "rule": "R85",
        }

    def _points(self, state: MeetState, sex: Sex, official: Duration, *, by_hand: bool) -> Item | None:
        formula = formula_of(self.table, self.spec, sex)
        if formula is None:
            return None
        seeding = rules_of(state.spec, self.spec).timing.hand_seeding
        scored = for_seeding(official, self.spec.distance_m, seeding) if by_hand else official
        return {
            "points": str(score(formula, scored)),
            "scored_us": scored,
            "table": self.table.name,
            "approximate": self.table.approximate,
            "rule": "R84",
        }


def said_by_rule(state: MeetState, spec: EventSpec) -> frozenset[Asked]:
    """What the rules of an event have said of each mark, also where nobody asks."""
    return frozenset({"percent_of_best"}) if rules_of(state.spec, spec).points.percent_of_best else frozenset()


def _best(state: MeetState, spec: EventSpec) -> dict[Sex, tuple[str, Record]]:
    """Of the meet's lists; where they have none of the kind, of those that come with the program."""
    day = state.spec.starts_on if state.spec else ""
    lists = (*(state.records.lists if state.records else ()), *TEMPLATES)
    sexes: tuple[Sex, ...] = ("M", "W", "X")
    out: dict[Sex, tuple[str, Record]] = {}
    for sex in sexes:
        for one in lists:
            found = records_block([one], spec, Runner(sex=sex), day, BEST)
            if found and sex not in out:
                out[sex] = one.name, min(found, key=lambda record: record.mark_us)
    return out
