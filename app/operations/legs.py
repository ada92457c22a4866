"""The runners of relay teams, in running order, for one heat."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.domain.facts import LegsNamed
from app.domain.ids import AthleteId, Bib, HeatId, RegistrationId
from app.domain.refusals import Contradicts, Invalid, OutOfMeet, RunnerTwice, SexDoesNotFit
from app.domain.state import Heat, MeetState
from app.operations.find import athlete_of, heat_of, sole, starter
from app.operations.sheet import Sheet, writable
from app.rules.rulesets import rules_of
from app.timing.penalties import red_cards


@dataclass(frozen=True, slots=True)
class Team:
    """A relay team by its bib; its runners by athlete id or by a bib that they wear in this meet."""

    bib: Bib
    runners: tuple[str, ...]


def name_legs(sheet: Sheet, id: HeatId, teams: Sequence[Team]) -> None:
    """Teams not listed keep their runners; a team named just so already records nothing."""
    state = writable(sheet.state)
    heat = heat_of(state, id)
    facts = [fact for fact in decide(state, heat, teams) if heat.legs.get(fact.registration) != fact]
    if facts:
        sheet.record(*facts)


def decide(state: MeetState, heat: Heat, teams: Sequence[Team]) -> Iterator[LegsNamed]:
    event = state.events[heat.event]
    if event.spec.relay_legs == 1:
        raise Contradicts("no_relay", f"{event.spec.name!r} is no relay: only relay teams have legs")
    listed = {starter(state, heat, team.bib, f"/legs/{i}/bib") for i, team in enumerate(teams)}
    runs = {runner for id, legs in heat.legs.items() if id not in listed for runner in legs.athletes}
    seen = set[RegistrationId]()
    for index, team in enumerate(teams):
        at = f"/legs/{index}"
        id = starter(state, heat, team.bib, f"{at}/bib")
        if id in seen:
            raise RunnerTwice(team.bib, at=f"{at}/bib")
        seen.add(id)
        if len(team.runners) != event.spec.relay_legs:
            message = f"a team has {event.spec.relay_legs} runners, one a leg, not {len(team.runners)} (R78)"
            raise Invalid(f"{at}/runners", "wrong_number_of_legs", message)
        athletes = tuple(
            _runner(state, heat, named, runs, f"{at}/runners/{leg}") for leg, named in enumerate(team.runners)
        )
        _check_squad(state, heat, id, athletes, f"{at}/runners")
        yield LegsNamed(heat=heat.id, registration=id, athletes=athletes)


def _check_squad(state: MeetState, heat: Heat, team: RegistrationId, runners: Sequence[AthleteId], at: str) -> None:
    """Nobody runs for two teams of one relay. In another round a team may run in another order and with substitutes,
    but not with more different runners than two teams have."""
    event = state.events[heat.event]
    others = [one for heats in event.rounds.values() for one in heats.values() if one.id != heat.id]
    named = [(id, legs.athletes) for one in others for id, legs in one.legs.items()]
    for leg, athlete in enumerate(runners):
        if any(athlete in athletes for id, athletes in named if id != team):
            message = "this athlete runs for another team of this relay: name one of the team's own"
            raise Invalid(f"{at}/{leg}", "runs_for_another_team", message)
    squad = {athlete for id, athletes in named if id == team for athlete in athletes} | set(runners)
    most = event.spec.relay_legs + rules_of(state.spec, event.spec).relays.substitutes
    if len(squad) > most:
        message = f"{len(squad)} different athletes over the rounds, and a team may have {most} (TR24.10)"
        raise Invalid(at, "too_many_runners", message)


def _runner(state: MeetState, heat: Heat, named: str, runs: set[AthleteId], at: str) -> AthleteId:
    """Adds the runner to `runs`: nobody runs two legs of one heat."""
    event = state.events[heat.event]
    known = AthleteId(named) in state.athletes
    athlete = AthleteId(named) if known else sole(state.by_bib.get(Bib(named), ()), Bib(named), at)
    sex = athlete_of(state, athlete).sex
    if event.spec.sex not in ("X", sex):
        raise SexDoesNotFit(sex, event.spec.sex, at=at)
    if athlete in runs:
        raise RunnerTwice(Bib(named), at=at)
    if athlete in event.by_athlete:
        raise Invalid(at, "team_as_runner", f"{named} is a team of this relay: name one of its runners")
    _refuse_out_of_meet(state, heat, athlete, named, at)
    runs.add(athlete)
    return athlete


def _refuse_out_of_meet(state: MeetState, heat: Heat, athlete: AthleteId, named: str, at: str) -> None:
    """Unless the heat began before the card was shown (R38): who ran in it is still to be named."""
    for red in red_cards(state, athlete):
        if not 0 < heat.now.began < red.seq:
            raise OutOfMeet(Bib(named), red.card, red.seq, red.rule, at=at)
