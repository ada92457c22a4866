"""A relay of two teams whose runners wear chips of their own, and what its tables and legs say."""

from typing import Any

from app.domain.facts import LegsNamed, Recorded
from app.domain.ids import AthleteId, EventId, HeatId, RegistrationId
from app.timing.relays import TeamRun
from tests.timing.builders import Script, points, road, track

RELAY = HeatId("relay/final/1")
LINE = points(
    ("start", 0), ("400 m", 400, "line"), ("800 m", 800, "line"), ("1200 m", 1_200, "line"), ("finish", 1_600, "line")
)
TEAMS = {"NOR": "1234", "SWE": "5678"}
NOR = RegistrationId("relay/NOR")
ZONES = points(("start", 0), ("1st", 100), ("2nd", 200), ("3rd", 300), ("finish", 400))
RUN = (("1st", "1", 12), ("2nd", "2", 23), ("3rd", "3", 34.5), ("finish", "4", 45))


def relay(**changes: Any) -> Script:
    """4x400 m of two teams, chips on the runners 1 to 8, who are entered in a 10 km of their own."""
    script = Script()
    script.event("e", road())
    for bib in "12345678":
        script.runner(bib)
    given: dict[str, Any] = {
        "relay_legs": 4,
        "timing": "transponder",
        "start": "mass",
        "points": LINE,
        "ruleset": "local",
    }
    script.event("relay", track(400, **(given | changes)))
    for team in TEAMS:
        script.runner(team, "relay", chips=[])
    script.draw("e")
    script.draw("relay")
    name(script)
    script.gun(RELAY)
    return script


def name(script: Script, **teams: str) -> None:
    for team, bibs in (teams or TEAMS).items():
        athletes = tuple(AthleteId(f"a{bib}") for bib in bibs)
        script.record(LegsNamed(heat=RELAY, registration=RegistrationId(f"relay/{team}"), athletes=athletes))


def run(script: Script, *seconds: float, bibs: str = "1234", source: str = "line") -> None:
    for bib, when in zip(bibs, seconds, strict=False):
        script.read(source, bib, when)


def team(script: Script, name: str = "NOR") -> TeamRun:
    return script.project().team_runs(EventId("relay"), "final")[RELAY, RegistrationId(f"relay/{name}")]


def marks(script: Script, name: str = "NOR") -> list[str | None]:
    return [leg.mark for leg in team(script, name).legs]


def states(script: Script, **wanted: Any) -> list[str]:
    return [read.state for read in script.project().reads(**wanted)]


def facts(script: Script) -> list[Recorded]:
    return [one for one in script.log if isinstance(one, Recorded)]


def by_zones(*reads: tuple[str, str, float]) -> Script:
    script = relay(distance_m=100, points=ZONES)
    for place, bib, when in reads:
        script.read(place, bib, when)
    return script
