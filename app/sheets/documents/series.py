"""Standings of a series: points for places in several races, the best of them added up (R82)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.units import Instant
from app.rules.series import SeriesRules
from app.sheets.documents.columns import columns, row
from app.sheets.documents.shared import ALL_PLACES, marked
from app.sheets.documents.standing import official_once
from app.sheets.sheet import PLAIN, Column, Look, Row, Sheet, Signature, Table
from app.sheets.words import Words, clock, local_time
from app.timing.finals import Stage
from app.views.audience import Item
from app.views.series import SeriesRace, counts, series_items

WHO: Final = ("place", "name", "sex", "nation", "club")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A series belongs to no meet: its name, and the moment of the last thing that it shows with the zone to say it in.

    `seq`: the sum of the positions in the logs of its meets.
    """

    name: str
    races: Sequence[SeriesRace]
    rules: SeriesRules
    least: Stage
    issued_at: Instant
    timezone: str
    words: Words
    seq: int
    look: Look = PLAIN


def standings(asked: Asked) -> Sheet:
    """Points of each race in a column of its own; in brackets what is not among the best."""
    words, rules = asked.words, asked.rules
    items = series_items(asked.races, rules, asked.least)
    made = _columns(asked)
    counted = [counts(race, asked.least) for race in asked.races]
    done = all(counted) and all(race.stage == "official" for race in asked.races)
    standing = official_once(words, done)
    local = local_time(asked.issued_at, asked.timezone)
    best = {None: "all_races", 1: "best_race"}.get(rules.best, "best_races")
    lines = (
        words(f"line.{best}", best=rules.best),
        words("line.as_of_races", counted=sum(counted), total=len(counted)),
    )
    brackets = any(score and score.startswith("(") for item in items for score in _scores(item))
    return Sheet(
        name="series",
        title=words("title.series"),
        meet=asked.name,
        heading={"series": asked.name},
        lines=(" · ".join(lines),),
        tables=(Table(made, tuple(_rows(items, made))),),
        notes=tuple(
            words(f"note.{key}") for key, said in {"nothing_here": not items, "in_brackets": brackets}.items() if said
        ),
        signatures=(Signature(words("signature.secretary")),),
        status=standing.status,
        standing=standing.text,
        issued=words("status.issued", time=clock(local), day=words.day(local.date())),
        look=asked.look,
        language=words.language,
        seq=asked.seq,
    )


def _columns(asked: Asked) -> tuple[Column, ...]:
    names = [race.name or "–" for race in asked.races]
    races = (Column(f"race {n}", name, "right") for n, name in enumerate(names, 1))
    return (*columns(asked.words, WHO), *races, *columns(asked.words, ("points",)))


def _rows(items: Sequence[Item], made: tuple[Column, ...]) -> list[Row]:
    return [
        row({**item, **{f"race {n}": score for n, score in enumerate(_scores(item), 1)}}, made)
        for item in marked(items, ALL_PLACES)
    ]


def _scores(item: Item) -> list[str | None]:
    """`54`, `(48)` where others count instead, nothing where the runner has no place."""
    pairs = zip(item["scores"], item["counted"], strict=True)
    return [None if score is None else str(score) if counted else f"({score})" for score, counted in pairs]
