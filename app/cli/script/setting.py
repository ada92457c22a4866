"""Keywords that set up a race: the meet, the event, its course, categories and rounds."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from app.cli.script.game import Game
from app.cli.script.statements import Statement
from app.domain.meet import AgeOn, Category, EventSpec, RoundSpec, TimingPoint
from app.domain.refusals import Contradicts
from app.operations import meets
from app.rules.ruleset import merged

SAYS: Final[Mapping[str, tuple[str, Any]]] = {
    "forward": ("direction", "forward"),
    "backward": ("direction", "backward"),
    "men": ("sex", "M"),
    "women": ("sex", "W"),
    "track": ("surface", "track"),
    "road": ("surface", "road"),
    "lanes": ("start", "lanes"),
    "mass": ("start", "mass"),
    "photo": ("timing", "photo_finish"),
    "transponder": ("timing", "transponder"),
    "hand": ("timing", "hand"),
    "gun": ("ranking", "gun"),
    "net": ("ranking", "net"),
    "hurdles": ("discipline", "hurdles"),
    "walk": ("discipline", "walk"),
    "relay": ("relay_legs", 4),
}
"""Words of the line of an event, and what they say of it."""
TAKES: Final[Mapping[str, str]] = {
    "ruleset": "ruleset",
    "cut-off": "cut_off_us",
    "min-lap": "min_lap_us",
    "start-window": "start_window_after_us",
    "without": "lanes_out",
    "medley": "legs_m",
}
"""Words with a value behind them."""
SPRINT_M: Final = 400
"""Up to here a race on the track is in lanes, unless it says `mass`."""


def meet(game: Game, said: Statement) -> None:
    """Checked before the clock of the script goes by its day and zone."""
    given = said.given
    spec = game.meet_spec
    if game.meet_id is not None:
        raise Contradicts("meet_is_open", "the meet is described already: write its line above all others")
    first = given.get("on", spec.starts_on)
    asked = replace(
        spec,
        starts_on=first,
        ends_on=given.get("until", first),
        timezone=given.get("zone", spec.timezone),
        lanes=given.get("lanes", spec.lanes),
        lap_m=given.get("lap", spec.lap_m),
        bib_scope="event" if "bibs" in given else "meet",
        lanes_out=given.get("without", ()),
    )
    game.meet_spec = meets.settled(asked)
    game.meet()


def event(game: Game, said: Statement) -> None:
    """Another event, which is spoken of from here on."""
    metres: int = said.given["distance"]
    road = "road" in said.given
    usual = EventSpec(
        name=" ".join(said.text.split()[:2]),
        distance_m=metres,
        surface="road" if road else "track",
        sex="X",
        start="lanes" if metres <= SPRINT_M and not road else "mass",
        timing="transponder" if road else "photo_finish",
    )
    game.draft = _with_words(usual, said)
    game.no_start, game.own_points = "no" in said.given, ()
    game.event_id, game.described = None, False
    game.round, game.number, game.lists = None, None, {}


def change(game: Game, said: Statement) -> None:
    """Other words for the event as it stands, also after the race."""
    game.draft = _with_words(game.draft, said)
    game.described = False


def point(game: Game, said: Statement) -> None:
    """Said again under its name, it replaces the one before, also after the race."""
    name, metres, closes = said.given["name"], said.given["at"], said.given.get("closes")
    one = TimingPoint(name=name, distance_m=metres, place=said.given.get("on", name), cut_off_us=closes)
    game.own_points = (*(other for other in game.own_points if other.name != name), one)
    game.described = False


def category(game: Game, said: Statement) -> None:
    given = said.given
    on: AgeOn = given.get("on", "race_day")
    one = Category(
        name=given["word"], sex=given.get("sex"), min_age=given.get("from"), max_age=given.get("to"), age_on=on
    )
    game.draft = replace(game.draft, categories=(*game.draft.categories, one))
    game.described = False


def rule(game: Game, said: Statement) -> None:
    """The event has another rule than its ruleset: a path into the tables, and the value as JSON or as a word."""
    *tables, name = said.given["word"].split(".")
    rules: dict[str, Any] = {name: _value(said.given["is"])}
    for table in reversed(tables):
        rules = {table: rules}
    game.draft = replace(game.draft, rules=merged(game.draft.rules, rules))
    game.described = False


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def round_(game: Game, said: Statement) -> None:
    given = said.given
    one = RoundSpec(
        name=given["word"],
        advance=given.get("advance"),
        heats=given.get("heats"),
        per_heat=given.get("per-heat"),
        source=given.get("of"),
    )
    there = () if game.draft.rounds == EventSpec.__dataclass_fields__["rounds"].default else game.draft.rounds
    game.draft = replace(game.draft, rounds=(*there, one))
    game.described = False


def _with_words(spec: EventSpec, said: Statement) -> EventSpec:
    fields = {field: value for word, (field, value) in SAYS.items() if word in said.given for value in [value]}
    taken: dict[str, Any] = {field: said.given[word] for word, field in TAKES.items() if word in said.given}
    if "preferring" in said.given:
        taken["rules"] = {**spec.rules, "lanes": {"preference": list(said.given["preferring"])}}
    if "false-starts" in said.given:
        rules = taken.get("rules", spec.rules)
        taken["rules"] = {**rules, "starts": {"false_starts": said.given["false-starts"]}}
    if "medley" in said.given:
        fields["relay_legs"] = len(said.given["medley"])
    return replace(spec, **fields, **taken)
