"""A lap chart as an answer shows it: who runs under the names that the audience may see."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from app.domain.ids import AthleteId, Bib
from app.domain.meet import Person
from app.domain.state import MeetState
from app.domain.units import Instant, format_instant
from app.timing.laps import Caught, Crossing, LapChart, LapRunner, Leader
from app.views.audience import Audience, Item
from app.views.names import NOBODY, is_young, name_for

People = Mapping[AthleteId, Person]


def lap_items(audience: Audience, state: MeetState, people: People, runners: Sequence[LapRunner]) -> list[Item]:
    return [
        {
            "bib": one.bib,
            "name": _name(audience, state, people, one.athlete, one.bib),
            "lane": one.lane,
            "status": one.status,
            "state": one.state,
            "laps_done": one.laps_done,
            "laps_to_go": one.laps_to_go,
            "bell": one.bell,
            "laps_down": one.laps_down,
            "last_lap": one.last_lap,
            "last_kilometre": one.last_kilometre,
            "crossings": [_crossing_item(crossing) for crossing in one.crossings],
            "registration_id": one.registration,
            "athlete_id": one.athlete,
        }
        for one in runners
    ]


def chart_item(audience: Audience, state: MeetState, people: People, chart: LapChart) -> Item:
    """What goes for the heat as a whole."""
    return {
        "laps": chart.laps,
        "yields": chart.yields,
        "leaders": [_leader_item(audience, state, people, one) for one in chart.leaders],
        "kilometres": [asdict(one) for one in chart.kilometres],
        "about_to_be_lapped": [_caught_item(audience, state, people, one) for one in chart.caught],
    }


def _crossing_item(one: Crossing) -> Item:
    item = asdict(one)
    at_us = item.pop("at_us")
    return {"at": None if at_us is None else format_instant(Instant(at_us)), **item}


def _leader_item(audience: Audience, state: MeetState, people: People, one: Leader) -> Item:
    return {
        "point": one.point,
        "distance_m": one.distance_m,
        "bib": one.bib,
        "name": _name(audience, state, people, one.athlete, one.bib),
        "elapsed_us": one.elapsed_us,
        "mark": one.mark,
    }


def _caught_item(audience: Audience, state: MeetState, people: People, one: Caught) -> Item:
    return {
        "bib": one.bib,
        "name": _name(audience, state, people, one.athlete, one.bib),
        "by": one.by,
        "at": format_instant(Instant(one.at_us)),
    }


def _name(audience: Audience, state: MeetState, people: People, athlete: AthleteId, bib: Bib) -> str:
    return name_for(audience, people.get(athlete, NOBODY), is_young(state, athlete), bib)
