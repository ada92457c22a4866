"""A small competition, to show what each file looks like."""

from typing import Final

from app.domain.units import Duration
from app.interchange.values import Athlete, Competition, Contest, Entry, Line, Race

_ITO: Final = Athlete(
    bib="281",
    family_name="Ito",
    given_name="Ren",
    sex="M",
    birth_date="1999-04-12",
    age=27,
    nation="JPN",
    club="Harbour AC",
    category="M",
)
_HOLM: Final = Athlete(
    bib="31",
    family_name="Holm",
    given_name="Rune",
    sex="M",
    birth_date="1990-05-03",
    age=36,
    nation="NOR",
    category="M",
)
_LINES: Final = (
    Line(
        athlete=_ITO,
        status="OK",
        place=1,
        rank=1,
        place_sex=1,
        place_category=1,
        mark="16.43",
        gun="16.43",
        elapsed_us=Duration(16_421_000),
        lane=4,
        reaction_us=Duration(182_000),
    ),
    Line(athlete=_HOLM, status="DQ", lane=5),
)
EXAMPLE: Final = Competition(
    name="Retro Championships",
    starts_on="2026-08-22",
    ends_on="2026-08-22",
    city="Bremen",
    country="GER",
    contests=(
        Contest(
            number=12,
            name="Men 100m backwards",
            code="100B",
            sex="M",
            distance_m=100,
            rounds=("final",),
            races=(
                Race(
                    round=1,
                    round_name="final",
                    heat=1,
                    wind="-0.4",
                    started="10:00:00.0000",
                    started_on="2026-08-22",
                    lines=_LINES,
                ),
            ),
            entries=(Entry(athlete=_ITO, seed_mark="16.50"), Entry(athlete=_HOLM)),
            standings=_LINES,
        ),
    ),
)
