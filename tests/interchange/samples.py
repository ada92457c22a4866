"""Competitions by chance, and names that somebody entered to break something."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from app.domain.units import Duration
from app.interchange.values import Athlete, Competition, Contest, Entry, Line, Race, Split
from app.rules.marks import mark
from app.rules.rounding import HUNDREDTH

_BASES = (
    *("=1+1", '=HYPERLINK("http://x","y")', "+SUM(A1)", "-2+3", "@now", "'=1", "=cmd|' /C calc'!A0", "\t=1"),
    *("<b>Ida</b>", "<script>alert(1)</script>", "&lt;", "]]>", "<!--", "{{7*7}}", "${x}", "%s%n", "\\N", "\\x00"),
    *("a\x00b", "a\x1bb", "\x07", "a\x7fb", "a\x85b", "a\u2028b", "a\u2029b", "\ufeffIda", "a\u00adb", "\x0c"),
    *(",", ";", "\t", "|", ",,,,", ";;;;", "a,b;c\td|e", "a\rb", "a\nb", "a\r\nb", "\n", "\r\n\r\n", " ", ""),
    *('"', '""', 'a"b', '"a', 'a"', '"a,b"', "'", "`", '","', '";"', '"\r\n"', "\\", '\\"', "a\\"),
    *("\u202eadI", "\u202aIda\u202c", "\u2066x\u2069", "\u200fאב", "עברית", "عربي", "李小龍", "Ελλη", "Кирил", "Việt"),
    *(
        "\ud800",
        "\udfff",
        "a\udc80b",
        "\ud83d\ude00",
        "😀",
        "👨\u200d👩\u200d👧",
        "e\u0301\u0302\u0303",
        "ﷺ",
        "Łukasz",
        "Ñ",
    ),
    *("A" * 10_000, "," * 10_000, '"' * 10_000, "\n" * 10_000, "\u0301" * 10_000, "=" * 10_000, " " * 10_000),
    *(
        "DNF",
        "DQ",
        "0",
        "1",
        "-1",
        "1e9",
        "NaN",
        "null",
        "None",
        "true",
        "E;T;1",
        "D;",
        "12,1,1,x",
        ";comment",
        ",281,4",
    ),
    *(
        "O'Brien",
        "de la Cruz",
        "Müller-Lüdenscheidt",
        "van 't Hof",
        "Jr.",
        "X Æ A-12",
        "Null",
        "Robert'); DROP TABLE x",
    ),
)
HOSTILE = tuple(dict.fromkeys((*_BASES, *(f"{one}Ida" for one in _BASES), *(f"Ida{one}" for one in _BASES))))[:260]

NAMES = st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=()), max_size=30)
BIBS = st.from_regex(r"[0-9A-Z]{1,6}", fullmatch=True)
STATUSES = st.sampled_from(["OK", "OK", "OK", "DNF", "DNS", "DQ", None])


TIMES = st.sampled_from([10_013_000, 10_017_000, 10_020_000, 61_201_000]) | st.integers(9_580, 200_000).map(
    lambda thousandths: thousandths * 1_000
)
"""With ties, and with equal marks of unequal times."""
SPLITS = st.lists(st.integers(1_000, 90_000), max_size=4)


@st.composite
def legs(draw: Any) -> tuple[Athlete, ...]:
    """The runners of a team; some have a bib of their own."""
    bibs = draw(st.lists(BIBS | st.just(""), min_size=4, max_size=4))
    return tuple(Athlete(bib=bib, family_name=f"X{draw(NAMES)}", given_name=draw(NAMES), sex="W") for bib in bibs)


def splits_of(laps: list[int]) -> tuple[Split, ...]:
    run = [sum(laps[: n + 1]) for n in range(len(laps))]
    return tuple(
        Split(mark(Duration(at * 10_000), HUNDREDTH), mark(Duration(lap * 10_000), HUNDREDTH))
        for at, lap in zip(run, laps, strict=True)
    )


@st.composite
def lines(draw: Any, *, relay: bool = False) -> tuple[Line, ...]:
    """A heat as it could have ended: places by time, equal ones shared, everybody else behind."""
    bibs = draw(st.lists(BIBS, unique=True, max_size=9))
    runners = [(draw(STATUSES), draw(TIMES), bib) for bib in bibs]
    runners.sort(key=lambda one: (one[0] != "OK", one[1]))
    times = [time for status, time, _ in runners if status == "OK"]
    return tuple(
        Line(
            athlete=Athlete(bib=bib, family_name=draw(NAMES), given_name=draw(NAMES), sex="W", club=draw(NAMES)),
            status=status,
            place=1 + times.index(time) if status == "OK" else None,
            rank=1 + times.index(time) if status == "OK" else None,
            mark=mark(Duration(time), HUNDREDTH) if status == "OK" else None,
            elapsed_us=Duration(time) if status == "OK" else None,
            lane=lane,
            guest=draw(st.booleans()),
            legs=draw(legs()) if relay and draw(st.booleans()) else (),
            splits=splits_of(draw(SPLITS)),
        )
        for lane, (status, time, bib) in enumerate(runners, 1)
    )


@st.composite
def competitions(draw: Any) -> Competition:
    """One event with one heat, of runners or of relay teams; what the standings hold is the heat."""
    relay = draw(st.booleans())
    run = draw(lines(relay=relay))
    race = Race(round=1, round_name="final", heat=1, wind=draw(st.sampled_from([None, "+0.3", "-1.2"])), lines=run)
    contest = Contest(
        number=1,
        name=draw(NAMES),
        code="",
        sex="W",
        distance_m=100,
        relay_legs=4 if relay else 1,
        rounds=("final",),
        races=(race,),
    )
    seeds = st.sampled_from([None, "10.02"])
    entries = tuple(
        Entry(athlete=line.athlete, seed_mark=draw(seeds), withdrawn=draw(st.booleans()), legs=line.legs)
        for line in run
    )
    contest = replace(contest, entries=entries, standings=run)
    return Competition(name=draw(NAMES), starts_on="2026-06-06", ends_on="2026-06-07", contests=(contest,))
