"""Series: events that count together, and who leads (R82)."""

from collections.abc import Iterator
from typing import Annotated, Final

from fastapi import Query
from starlette.responses import Response

from app.api.answers import Replying
from app.api.auth import Asked, Who, needs, public_meet
from app.api.conditional import IfMatch, etag_of
from app.api.done import gone
from app.api.medals import Least
from app.api.page import Page
from app.api.problems import refuses
from app.api.route import Router
from app.api.schemas.base import Listed
from app.api.schemas.series import SeriesIn, SeriesOut, SeriesStandingsOut
from app.api.services import Db, Now, OnLive
from app.domain.fold import MEET
from app.domain.ids import EventId, MeetId, SeriesId
from app.domain.meet import Sex
from app.domain.refusals import Invalid, NotFound
from app.live import Live
from app.operations import series
from app.operations.access import Audience
from app.store.series import SeriesRow
from app.timing.finals import final_of
from app.views.series import SeriesRace, keys_of, race_items, race_of, series_items

router: Final = Router("/v1/series", tag="series")


@router.post("", status_code=201, response_model=SeriesOut, responses=refuses(Invalid))
@needs("meets:write")
def create_series(body: SeriesIn, who: Who, now: Now, db: Db) -> SeriesOut:
    """Of events of one meet or of several, each of them one that the token may see."""
    with db.write() as tx:
        return SeriesOut.of(series.make(tx, who, body.described(), now))


@router.get("", response_model=Listed[SeriesOut])
@needs("meets:read")
def list_series(who: Who, db: Db, page: Page, reply: Replying) -> Response:
    """Of the organization, in the order in which they were made."""
    with db.read() as tx:
        rows = tx.series.all(None if who.is_admin else who.organization, page.id or "", page.limit + 1)
    shown, more = page.cut(rows, lambda row: row.id)
    items = [SeriesOut.of(row) for row in shown]
    return reply.tagged(etag_of(rows), lambda: Listed[SeriesOut](items=items, next_cursor=more))


@router.get("/{series_id}", response_model=SeriesOut, responses=refuses(NotFound))
@needs("meets:read")
def get_series(series_id: SeriesId, who: Who, db: Db, reply: Replying) -> Response:
    with db.read() as tx:
        row = series.owned(tx, who, series_id)
    return reply.tagged(etag_of(row), lambda: SeriesOut.of(row))


@router.put("/{series_id}", response_model=SeriesOut, responses=refuses(NotFound, Invalid))
@needs("meets:write")
def put_series(series_id: SeriesId, body: SeriesIn, who: Who, db: Db, match: IfMatch) -> SeriesOut:
    """Another name, other events or rules, for what is there."""
    with db.write() as tx:
        row = series.owned(tx, who, series_id)
        match.require(etag_of(row))
        return SeriesOut.of(series.change(tx, who, row, body.described()))


@router.delete("/{series_id}", status_code=204, responses=refuses(NotFound))
@needs("meets:write")
def drop_series(series_id: SeriesId, who: Who, db: Db, match: IfMatch) -> Response:
    """Its meets and their results stay."""
    with db.write() as tx:
        match.require(etag_of(series.owned(tx, who, series_id)))
        tx.series.drop(series_id)
    return gone()


@router.get("/{series_id}/standings", response_model=SeriesStandingsOut, responses=refuses(NotFound))
@public_meet()
def list_series_standings(
    series_id: SeriesId,
    asked: Asked,
    db: Db,
    live: OnLive,
    page: Page,
    reply: Replying,
    least: Least = "finished",
    sex: Annotated[Sex | None, Query(description="Only runners of this sex, by their places within it.")] = None,
) -> Response:
    """Live, over the last round of each event; anybody may read them where all of its meets are open."""
    with db.read() as tx:
        row, reply.audience = series.seen_by(tx, asked, series_id)
    races, touched = races_of(live, row, reply.audience, sex)
    seq = sum(touched)

    def made() -> dict[str, object]:
        items = series_items(races, row.rules, least)
        start, stop, more = page.slice(len(items), seq)
        return {
            "items": items[start:stop],
            "next_cursor": more,
            "seq": seq,
            "races": race_items(races, least),
        }

    # Each for itself: a meet that is dropped takes away from the sum, and others bring it back.
    return reply.tagged(etag_of(row, *touched, reply.audience), made)


def races_of(live: Live, row: SeriesRow, audience: Audience, sex: Sex | None) -> tuple[list[SeriesRace], list[int]]:
    """In order of the series, and what last touched each."""
    found = dict[EventId, tuple[SeriesRace, int]]()
    for meet in series.meets_of(row):
        events = [event for home, event in row.races if home == meet]
        for race, touched in _of_meet(live, meet, events, audience, sex):
            found[race.event] = race, touched
    inside = [found[event] for _, event in row.races]
    return [race for race, _ in inside], [touched for _, touched in inside]


def _of_meet(
    live: Live, meet: MeetId, events: list[EventId], audience: Audience, sex: Sex | None
) -> Iterator[tuple[SeriesRace, int]]:
    with live.view(meet) as view:
        now, keys = view.projection, keys_of(view.people)
        for id in events:
            event = now.state.events.get(id)
            if event is None or event.withdrawn or now.state.withdrawn:
                yield SeriesRace(id, None, None, {}, {}), view.head
            else:
                race = race_of(audience, now.state, view.people, keys, final_of(now, event), sex)
                yield race, max(now.touched(id), now.state.touched[MEET])
