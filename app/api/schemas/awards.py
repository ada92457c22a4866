"""Awards of an event, as they are shown. The lines themselves are made by `app/views`."""

from typing import Any, Final, Literal

from app.api.schemas.base import Derived, Out, example
from app.domain.meet import Ranking, Sex

AWARD: Final[dict[str, Any]] = {
    "award": "group",
    "category": "W35",
    "sex": "W",
    "place": 1,
    "basis": "gun",
    "bib": "873",
    "name": "ORTEGA Marta",
    "nation": "ESP",
    "club": None,
    "place_sex": 4,
    "place_category": 3,
    "mark": "41:13",
    "gun_us": 2_472_100_000,
    "net_us": 2_400_100_000,
    "registration_id": "reg_0197430a2c4e7d5fa3f09a64d1c3b2ea",
    "athlete_id": "ath_0197430a2c4e7d5fa3f09a64d1c3b2e9",
}


class AwardOut(Out):
    """One award. `place` is among the awards; `place_category` is the one in the results, where nobody is left out.
    Who shares a place shares the award."""

    model_config = example(AWARD)

    award: Literal["overall", "group"]
    category: str | None
    sex: Sex
    place: int
    basis: Ranking
    bib: str
    name: str
    nation: str | None
    club: str | None
    place_sex: int | None
    place_category: int | None
    mark: str | None
    gun_us: int | None
    net_us: int | None
    registration_id: str
    athlete_id: str


class AwardRulesOut(Out):
    """What the awards were made by: the table `awards` of a ruleset, and whether meet or event override it."""

    ruleset: str
    version: str
    overridden: list[str]
    overall_top: int
    by_group: int
    overall_basis: Ranking
    group_basis: Ranking
    double_dipping: bool


class AwardsOut(Derived[AwardOut]):
    """Overall awards first, then those of the age groups by name; in each by sex and place."""

    model_config = example(
        {
            "items": [AWARD],
            "next_cursor": None,
            "seq": 3107,
            "rules": {
                "ruleset": "road",
                "version": "2026.1",
                "overridden": ["awards.overall_top"],
                "overall_top": 3,
                "by_group": 3,
                "overall_basis": "gun",
                "group_basis": "gun",
                "double_dipping": False,
            },
        }
    )

    rules: AwardRulesOut
