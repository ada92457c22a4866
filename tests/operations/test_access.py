"""The one decision: who may do what with which meet."""

from dataclasses import replace

import pytest

from app.domain.ids import ActorId, MeetId, OrganizationId
from app.domain.meet import Visibility
from app.domain.refusals import NotFound, Refusal
from app.domain.units import Instant
from app.operations.access import (
    ANYONE,
    SCOPES,
    NotAnAdministrator,
    Principal,
    Rule,
    ScopeMissing,
    Unidentified,
    decide,
)
from app.store import MeetRow

OURS, THEIRS = OrganizationId("org_ours"), OrganizationId("org_theirs")
ID = "meet_0197430a2c4e7d5fa3f09a64d1c3b2e7"

ADMIN = Principal(ActorId("tok_admin"), THEIRS, "admin", frozenset())
READER = Principal(ActorId("tok_reader"), OURS, "api", frozenset({"meets:read"}))
WRITER = Principal(ActorId("tok_writer"), OURS, "api", SCOPES)
STRANGER = Principal(ActorId("tok_stranger"), THEIRS, "api", SCOPES)
BOX = Principal(ActorId("tok_box"), OURS, "device", frozenset({"reads:write"}), meet=MeetId(ID), source="finish")
OTHER_BOX = replace(BOX, meet=MeetId("meet_another"))

READ, WRITE, FEED = Rule("meets:read", public=True), Rule("meets:write"), Rule("reads:write")

PUBLIC, ORGANIZER = "public", "organizer"


def meet(visibility: Visibility) -> MeetRow:
    return MeetRow(
        id=MeetId(ID),
        no=1,
        organization=OURS,
        name="Night of Miles",
        visibility=visibility,
        closed=False,
        rehearsal=False,
        withdrawn=False,
        created_at=Instant(0),
    )


@pytest.mark.parametrize(
    ("who", "rule", "visibility", "expected"),
    [
        (None, READ, "private", Unidentified),
        (None, READ, "unlisted", PUBLIC),
        (None, READ, "public", PUBLIC),
        (None, WRITE, "public", Unidentified),
        (None, FEED, "public", Unidentified),
        (READER, READ, "private", ORGANIZER),
        (READER, READ, "public", ORGANIZER),
        (READER, WRITE, "private", ScopeMissing),
        (READER, FEED, "public", ScopeMissing),
        (WRITER, READ, "private", ORGANIZER),
        (WRITER, WRITE, "private", ORGANIZER),
        (STRANGER, READ, "private", NotFound),
        (STRANGER, READ, "unlisted", PUBLIC),
        (STRANGER, READ, "public", PUBLIC),
        (STRANGER, WRITE, "public", NotFound),
        (STRANGER, FEED, "public", NotFound),
        (BOX, FEED, "private", ORGANIZER),
        (BOX, READ, "private", ScopeMissing),
        (BOX, READ, "public", PUBLIC),
        (BOX, WRITE, "public", ScopeMissing),
        (OTHER_BOX, FEED, "private", NotFound),
        (OTHER_BOX, READ, "public", PUBLIC),
        (ADMIN, READ, "private", ORGANIZER),
        (ADMIN, WRITE, "private", ORGANIZER),
        (ADMIN, FEED, "private", ORGANIZER),
    ],
)
def test_who_may_do_what_with_a_meet(
    who: Principal | None, rule: Rule, visibility: Visibility, expected: str | type[Refusal]
) -> None:
    row = meet(visibility)
    if isinstance(expected, str):
        assert decide(rule, who, row, ID).audience == expected
    else:
        with pytest.raises(expected):
            decide(rule, who, row, ID)


@pytest.mark.parametrize("rule", [READ, WRITE, FEED])
def test_what_is_not_there_is_answered_like_what_is_another_organizations(rule: Rule) -> None:
    with pytest.raises(NotFound) as missing:
        decide(rule, STRANGER, None, ID)
    with pytest.raises(NotFound) as hidden:
        decide(rule, STRANGER, meet("private"), ID)
    assert missing.value.detail == hidden.value.detail
    with pytest.raises(Unidentified) as nobody:
        decide(rule, None, None, ID)
    assert ID not in nobody.value.detail


def test_without_a_meet_in_the_address_the_scope_alone_decides() -> None:
    assert decide(WRITE, WRITER, None, None).audience == ORGANIZER
    assert decide(READ, None, None, None).audience == PUBLIC
    with pytest.raises(ScopeMissing):
        decide(WRITE, READER, None, None)
    with pytest.raises(ScopeMissing):
        decide(READ, BOX, None, None)
    with pytest.raises(Unidentified):
        decide(WRITE, None, None, None)


def test_what_is_an_administrators_is_nobody_elses() -> None:
    rule = Rule(None, admin=True)
    assert decide(rule, ADMIN, None, None).who is ADMIN
    for who in (READER, WRITER, STRANGER, BOX):
        with pytest.raises(NotAnAdministrator):
            decide(rule, who, None, None)
    with pytest.raises(Unidentified):
        decide(rule, None, None, None)


def test_what_asks_nothing_shows_the_public_side() -> None:
    assert decide(ANYONE, None, None, None).audience == PUBLIC


def test_a_key_of_one_source_feeds_no_other() -> None:
    assert BOX.feeds("finish")
    assert not BOX.feeds("start")
    assert WRITER.feeds("start")
