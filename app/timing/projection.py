"""Results as a function of the log: `Projection` is the fold of facts and reads, from scratch or as they come.

Facts change what there is to compute and reads add evidence; nothing is computed before somebody asks.
"""

from collections.abc import Iterable
from itertools import islice

from app.domain.facts import Recorded
from app.domain.fold import fold
from app.domain.ids import Bib, Chip, EventId, HeatId, RegistrationId, SourceId
from app.domain.reads import ReadRows
from app.domain.refusals import NotFound
from app.domain.state import MeetState
from app.rules.qualification import Tie
from app.timing.anomalies import find
from app.timing.anomaly import Anomaly, Scene
from app.timing.board import Places
from app.timing.boards import Boards
from app.timing.explain import Because, Passing, ReadState, because, nothing_known
from app.timing.heats import HeatResult, Words, as_it_stands, of_heat, round_results
from app.timing.lap_chart import lap_chart
from app.timing.laps import LapChart
from app.timing.listing import Listing, all_passings
from app.timing.relays import TeamRuns, team_runs
from app.timing.standing import Standing
from app.timing.standings import StandingsTable
from app.timing.touched import last_of_heat, last_of_race
from app.timing.verdicts import ReadStateName


class Projection:
    """`head` is the position of the last fact or read that was applied."""

    def __init__(self) -> None:
        self.head = 0
        self._boards = Boards()
        self._touched: dict[str, int] = {}

    @property
    def state(self) -> MeetState:
        return self._boards.known.state

    @property
    def nbytes(self) -> int:
        """About how much memory this takes."""
        return self._boards.nbytes

    def apply(self, facts: Iterable[Recorded] = (), reads: Iterable[ReadRows] = (), head: int | None = None) -> None:
        """Move on to `head` (default: the last position seen) by all facts and reads in between, each in log order."""
        state, seen = self.state, list(facts)
        self._touched.clear()
        if seen:
            before = state.head
            fold(state, seen)
            self._boards.note(seen, before)
        last = state.head
        for run in reads:
            if run.rows:
                last = max(last, run.rows[-1][0])
                self._boards.add(run)
        self.head = max(self.head, last) if head is None else head

    def forget_results(self) -> None:
        """Make every result anew from facts and reads at the next question."""
        self._boards.make_stale()

    def fork(self) -> "Projection":
        """Another projection of the same log, to try facts that are not stored."""
        other = Projection()
        other.apply(self.state.log, head=self.head)
        other._boards.copy_reads(self._boards)
        return other

    # ── queries ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def table(
        self, event: EventId, point: str | None = None, sex: str | None = None, category: str | None = None
    ) -> StandingsTable:
        """A snapshot of the standings: all, or those of a sex and a category; ranked at a point if one is named."""
        board = self._boards.board(event)
        index = None
        if point is not None:
            names = [p.name for p in board.roster.course.points]
            if point not in names:
                raise NotFound("point", point, known=tuple(names))
            index = names.index(point)
        if category is not None and category not in board.roster.known_categories:
            raise NotFound("category", category, known=board.roster.known_categories)
        return board.table(self.head, index, sex, category)

    def standing(self, event: EventId, registration: RegistrationId) -> Standing:
        """One line of the whole table."""
        board = self._boards.board(event)
        if registration not in board.roster.index:
            raise NotFound("registration", registration)
        return self.table(event).find(registration)

    def places(self, event: EventId, registration: RegistrationId) -> Places:
        """Where one runner stands now: overall, within the sex, within the category."""
        board = self._boards.board(event)
        entry = board.roster.index.get(registration)
        if entry is None:
            raise NotFound("registration", registration)
        return board.places(self.head, entry)

    def heat_results(self, heat: HeatId) -> list[HeatResult]:
        """All starters of a heat in order of place."""
        found = self.state.heats.get(heat)
        if found is None:
            raise NotFound("heat", heat)
        results, board = self.round_results(found.event, found.round), self._boards.board(found.event)
        if heat not in board.heats:
            board.heats[heat] = of_heat(results, heat, board.roster.course.rules.order.blocks)
        return board.heats[heat]

    def lap_chart(self, heat: HeatId, start: int = 0, stop: int | None = None) -> LapChart:
        """A heat lap by lap; of its runners those from `start` (included) to `stop` (excluded)."""
        found = self.state.heats.get(heat)
        if found is None:
            raise NotFound("heat", heat)
        race = next(race for race in self._boards.board(found.event).races if heat in race.lineup.heats)
        return lap_chart(race, heat, start, stop)

    def anomalies(self, event: EventId | None = None) -> list[Anomaly]:
        """Everything odd about an event, or about the meet as a whole."""
        known = self._boards.all_up_to_date()
        ids = [id for id, one in self.state.events.items() if not one.withdrawn and event in (None, id)]
        scene = Scene(known, [self._boards.board(id) for id in ids], self.round_results, whole=event is None)
        return list(find(scene))

    def round_results(self, event: EventId, round: str) -> list[HeatResult]:
        """All starters of a round in order of rank; `NotFound` for a round that the event does not have."""
        board = self._boards.board(event)
        names = dict.fromkeys([*(r.name for r in board.roster.spec.rounds), *self.state.events[event].rounds])
        if round not in names:
            raise NotFound("round", round, known=tuple(names))
        if round not in board.rounds:
            races = [race for race in board.races if race.lineup.round == round]
            board.rounds[round] = round_results(self.state, races, self.head)
        return board.rounds[round]

    def as_it_stands(self, event: EventId, round: str) -> tuple[Words, tuple[Tie, ...]]:
        """Who would go on from a round by what is known now, also where that was fixed otherwise; and who is level."""
        races = [race for race in self._boards.board(event).races if race.lineup.round == round]
        return as_it_stands(self.state, races)

    def team_runs(self, event: EventId, round: str) -> TeamRuns:
        """Takeovers and legs of every relay team of a round; empty where no baton is handed on."""
        races = [race for race in self._boards.board(event).races if race.lineup.round == round]
        return team_runs(self._boards.known, races)

    def explain(self, event: EventId, registration: RegistrationId) -> Because:
        """What the standing of a registration rests on: reads, passings, readings and rulings of its last round."""
        board = self._boards.board(event)
        if registration not in board.roster.index:
            raise NotFound("registration", registration)
        homes = [(race, slot) for race in board.races if (slot := race.slot_of(registration)) is not None]
        return because(self._boards.known, *homes[-1]) if homes else nothing_known(registration)

    def reads(
        self,
        state: ReadStateName | None = None,
        source: SourceId | None = None,
        chip: Chip | None = None,
        bib: Bib | None = None,
        after: int = 0,
        limit: int = 500,
    ) -> list[ReadState]:
        """Up to `limit` reads behind log position `after`, in log order, each with its state."""
        known = self._boards.all_up_to_date()
        found = Listing(known).reads(source, known.tags_named(chip, bib), after)
        return list(islice((read for read in found if state in (None, read.state)), limit))

    def passings(self, place: str | None = None, bib: Bib | None = None, chip: Chip | None = None) -> list[Passing]:
        """Every passing that counts, in order of time."""
        wanted = ((place, "place"), (bib, "bib"), (chip, "chip"))
        return sorted(
            (
                passing
                for passing in all_passings(self._boards.all_up_to_date(), bib)
                if all(value in (None, getattr(passing, name)) for value, name in wanted)
            ),
            key=lambda passing: (passing.at_us, passing.seq),
        )

    def touched(self, id: EventId | HeatId) -> int:
        """The last log position that changed, or may have changed, what an event or a heat shows."""
        if id not in self._touched:
            self._touched[id] = max([self.state.touched.get(id, 0), *self._touched_by_reads(id)])
        return self._touched[id]

    def _touched_by_reads(self, id: str) -> list[int]:
        known, heat = self._boards.known, self.state.heats.get(HeatId(id))
        if heat is not None:
            races = self._boards.board(heat.event).races
            here = ((race, race.lineup.heats) for race in races if heat.id in race.lineup.heats)
            return [last_of_heat(known, race, heats.index(heat.id)) for race, heats in here]
        if id in self.state.events:
            return [last_of_race(known, race) for race in self._boards.board(EventId(id)).races]
        return []
