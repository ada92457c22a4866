"""Keywords for what was seen: readers and their reads, the photo finish, watches, times at the line, wind."""

from dataclasses import replace

from app.cli.script.game import Game
from app.cli.script.statements import Statement
from app.domain.facts import Method
from app.domain.ids import Bib, HeatId, TimeId
from app.domain.refusals import Contradicts, NotFound
from app.domain.units import Duration, Instant
from app.operations import conflicts, finishes, line_times, read_rulings, sources
from app.operations.desk import OpenSheet
from app.operations.finishes import Finish
from app.store import OfferedRead

EPOCH = "1"


# ── reads ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def source(game: Game, said: Statement) -> None:
    """Where a reader stands, and how far its clock is off."""
    given = said.given
    with game.sheet() as sheet:
        known = sheet.state.source_names.get(given["word"])
        before = sheet.state.sources[known] if known else None
        place = given.get("at") or (before.place if before else given["word"])
        station = sources.Station(place=place, role="main" if before is None else before.role)
        if "side" in given:
            station = replace(station, role=given["side"])
        offset = given.get("offset", before.offset_us if before else station.offset_us)
        error = given.get("error", before.error_us if before else None)
        sources.put(sheet, given["word"], replace(station, offset_us=offset, error_us=error))


def read(game: Game, said: Statement) -> None:
    """Reads of one runner at one place, each a time of day. In a race timed by photo finish the first time of a bib at
    the finish is also what the image says, unless the line names its reader."""
    given = said.given
    times = list(given["time"])
    if "every" in given:
        times = [times[0] + step * given["every"] for step in range(given.get("times", 1))]
    at = [game.instant(time) for time in times]
    game.at(given.get("received", max(times)))
    name, epoch = given.get("by", given["name"]), given.get("epoch", EPOCH)
    _announce(game, name, given["name"])
    game.draw_if_needed()
    chip, bib = given.get("chip"), given.get("bib")
    game.post(name, epoch, [_offered(game, name, epoch, said, chip, bib, one) for one in at])
    if bib and "by" not in given and game.draft.timing == "photo_finish" and given["name"] == "finish":
        _in_the_image(game, Bib(bib), at[0])


def _offered(
    game: Game, name: str, epoch: str, said: Statement, chip: str | None, bib: str | None, at: Instant
) -> OfferedRead:
    number = said.given.get("number") or game.number_of(name, epoch)
    return number, chip, bib, at, None, None, None, None, None


def _announce(game: Game, name: str, place: str) -> None:
    with game.sheet() as sheet:
        if name not in sheet.state.source_names:
            sources.put(sheet, name, sources.Station(place=place))


def _in_the_image(game: Game, bib: Bib, at: Instant) -> None:
    heat = game.heat()
    with game.sheet() as sheet:
        running, elapsed = game.running(sheet.state), game.elapsed(sheet.state, at)
        if elapsed is None:
            raise Contradicts("not_started", "the race was not started: write its gun above the times at the finish")
        if game.registration(sheet.state, bib) not in running.evaluations:
            finishes.read_finishes(sheet, heat, "photo_finish", [Finish(bib=bib, elapsed_us=elapsed)])


def again(game: Game, said: Statement) -> None:
    """The reader sends what it sent last, word for word."""
    post = game.last_post
    if post is None:
        raise NotFound("read", "to send again")
    game.post(post.source, post.epoch, list(post.reads))


def conflict(game: Game, said: Statement) -> None:
    """An official takes one of two reads that claim one identity."""
    with game.sheet() as sheet:
        last = max(sheet.state.conflicts, default=0)
        conflicts.rule(sheet, last, said.given["take"], said.given.get("because"))


def rule_out(game: Game, said: Statement) -> None:
    """An official rules out the read of a runner at a place and time."""
    given = said.given
    with game.sheet() as sheet:
        at = game.instant(given["time"])
        found = [
            read.seq
            for read in sheet.projection.reads(bib=Bib(given["bib"]))
            if (read.place, read.at_us) == (given["at"], at) and read.state != "ruled_out"
        ]
        if not found:
            raise NotFound("read", f"of bib {given['bib']} at {given['at']}")
        read_rulings.rule_out(sheet, found[0], given["because"])


# ── at the line ──────────────────────────────────────────────────────────────────────────────────────────────────────


def finish(game: Game, said: Statement) -> None:
    """One reading, by bib or by lane, with the photo finish or by hand."""
    given = said.given
    heat = game.heat()
    by_hand = "hand" in given or "watches" in given or game.draft.timing == "hand"
    method: Method = "semi" if "semi" in given else "hand" if by_hand else "photo_finish"
    one = Finish(
        bib=Bib(given["bib"]) if "bib" in given else None,
        lane=given.get("lane"),
        elapsed_us=given.get("mark"),
        reaction_us=given.get("reaction"),
        status=given.get("status"),
        rule=given.get("rule"),
        place=given.get("place"),
        watches_us=given.get("watches", ()),
    )
    wind, offset = given.get("wind") or game.wind, given.get("offset", Duration(0))
    with game.sheet() as sheet:
        finishes.read_finishes(sheet, heat, method, [one], wind, offset)
    game.wind = None


def wind(game: Game, said: Statement) -> None:
    """Of the heat that is spoken of; recorded with its next time at the finish, or with the last one again."""
    heat = game.heat()
    with game.sheet() as sheet:
        read = game.running(sheet.state).finishes
        if not read:
            game.wind = said.given["wind"]
            return
        last = read[-1][1]
        bibs = [sheet.state.registrations[one.registration].entry.bib for one in last.readings]
        told = [
            Finish(
                bib=bib,
                elapsed_us=one.elapsed_us,
                reaction_us=one.reaction_us,
                status=one.status,
                rule=one.rule,
                place=one.place,
                watches_us=one.watches_us,
            )
            for bib, one in zip(bibs, last.readings, strict=True)
        ]
        finishes.read_finishes(sheet, heat, last.method, told, said.given["wind"], last.offset_us)


def line(game: Game, said: Statement) -> None:
    """Somebody crosses: the time first, the bib perhaps later."""
    heat, at = game.heat(), game.at(said.given["time"])
    with game.sheet() as sheet:
        line_times.take(sheet, heat, at, said.given.get("bib"))


def line_is(game: Game, said: Statement) -> None:
    heat = game.heat()
    with game.sheet() as sheet:
        line_times.change(sheet, _taken(game, sheet, heat, said), {"bib": said.given["is"]})


def line_moved(game: Game, said: Statement) -> None:
    heat, at = game.heat(), game.at(said.given["moved"])
    with game.sheet() as sheet:
        line_times.change(sheet, _taken(game, sheet, heat, said), {"at": at})


def line_dropped(game: Game, said: Statement) -> None:
    heat = game.heat()
    with game.sheet() as sheet:
        line_times.drop(sheet, _taken(game, sheet, heat, said))


def _taken(game: Game, sheet: OpenSheet, heat: HeatId, said: Statement) -> TimeId:
    at = game.at(said.given["time"])
    for id, (_, taken) in sheet.state.heats[heat].now.line_times.items():
        if taken.at == at:
            return id
    raise NotFound("time at the line", game.clock(at))
