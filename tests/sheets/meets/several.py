"""Three races of the same runners: a combined event, and a series of which the best two count."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

from app.domain.ids import EventId, MeetId
from app.domain.units import Instant, parse_instant
from app.rules.series import SeriesRules
from app.sheets.documents import combined, series
from app.sheets.documents.printed import Maker, Printed, one
from app.sheets.sheet import Sheet
from app.timing.combined import combined as scored
from app.timing.combined import table_for
from app.timing.finals import final_of
from app.timing.projection import Projection
from app.views.series import SeriesRace, keys_of, race_of
from tests.sheets.meets.small import Small, describe
from tests.timing.builders import Script, track

EVENTS: Final = tuple(map(EventId, ("m100", "m400", "m1500")))
RULES: Final = SeriesRules(points=(60, 54, 48, 43, 40), beyond=1, best=2, tie_breaks=())
RUNNERS: Final[Mapping[str, tuple[str, str, Sequence[float | str]]]] = {
    "1": ("Holm, Rune", "NOR", (10.55, 50.0, 275.11)),
    "2": ("Schwarzenbacher-Wasserfallen, Luca Maximilian", "AUT", (11.0, 48.0, 281.4)),
    "3": ("Adeyo, Samuel", "KEN", (11.0, 48.0, 281.4)),
    "4": ("Иванов, Пётр", "BUL", ("DNF", 52.31, "DNS")),
    "5": ("Novák, Petr", "CZE", (10.91, "DQ", 262.02)),
    "6": ("Ramos, Iván", "ESP", (11.4,)),
}


def several_races() -> Small:
    script = Script(recorded_at=Instant(int(parse_instant("2027-01-16T17:30:00+01:00"))))
    small = Small(script, officials={"referee": "Anna Gruber"}, more=SEVERAL)
    days = {"starts_on": "2027-01-15", "ends_on": "2027-01-16"}
    describe(script, name="Three Races of Northlake", timezone="Europe/Oslo", city="Northlake", country="NOR", **days)
    for number, (event, metres) in enumerate(zip(EVENTS, (100, 400, 1_500), strict=True)):
        script.event(event, replace(track(metres, sex="M"), name=f"{metres} Metres Men"))
        runs = {bib: given[2][number] for bib, given in RUNNERS.items() if len(given[2]) > number}
        for bib in runs:
            small.runner(event, bib, *RUNNERS[bib][:2], athlete=f"athlete-{bib}", chips=())
        (heat,) = script.heats(tuple(runs), event=event)
        script.gun(heat, number * 3_600)
        script.finishes(heat, *(_read(bib, run) for bib, run in runs.items()))
    small.announce("m100")
    return small


def _read(bib: str, run: float | str) -> tuple[str, float | None, dict[str, Any]]:
    if isinstance(run, float):
        return bib, run, {}
    return bib, None, {"status": run} | ({"rule": "TR17.3.1"} if run == "DQ" else {})


def _scored(now: Projection, id: MeetId) -> combined.Scored:
    table = table_for(now, EVENTS, None)
    return combined.Scored(
        EVENTS, [final_of(now, now.state.events[event]).stage for event in EVENTS], table, scored(now, EVENTS, table)
    )


def _itself(now: Projection, id: MeetId) -> Projection:
    return now


def _cup(best: int | None, of: Printed, id: MeetId, now: Projection) -> Sheet:
    keys = keys_of(of.people)
    races: list[SeriesRace] = [
        race_of(of.audience, now.state, of.people, keys, final_of(now, now.state.events[event]), None)
        for event in EVENTS
    ]
    asked = series.Asked(
        name="Northlake Cup",
        races=races,
        rules=replace(RULES, best=best),
        least="finished",
        issued_at=of.said_at(),
        timezone="Europe/Oslo",
        words=of.words,
        seq=of.seq,
    )
    return series.standings(asked)


SEVERAL: Final[Mapping[str, Maker[MeetId]]] = {
    "combined": Maker(_scored, one(combined.combined)),
    "series": Maker(_itself, one(partial(_cup, 2))),
    "series-best": Maker(_itself, one(partial(_cup, 1))),
    "series-all": Maker(_itself, one(partial(_cup, None))),
}
