"""Organizations and tokens as they are kept, and what becomes of a request that carries a key."""

from contextlib import suppress
from dataclasses import replace

import pytest

from app.domain.ids import ActorId, MeetId, OrganizationId
from app.domain.units import SECOND, Instant
from app.store import ClaimLost, Database, Done, InFlight, Mismatch, New, OrganizationRow, TokenRow
from app.store.idempotency import ABANDONED, KEPT, AnswerLost
from tests.store.ground import HOME, NOON

WHO = ActorId("tok_1")
PLAIN = TokenRow(id=WHO, organization=HOME, kind="api", name="n", hash="h1", scopes=frozenset(), created_at=NOON)
DEVICE = TokenRow(
    id=ActorId("tok_2"),
    organization=HOME,
    kind="device",
    name="mat",
    hash="h2",
    scopes=frozenset({"reads:write", "meets:read"}),
    created_at=NOON,
    meet=MeetId("meet_1"),
    source="finish",
    not_before=Instant(NOON + 1),
    expires_at=Instant(NOON + 2),
)


@pytest.fixture
def db(database: Database) -> Database:
    with database.write() as tx:
        tx.access.put_organization(OrganizationRow(id=HOME, name="Home", created_at=NOON))
        tx.access.put_token(PLAIN)
        tx.access.put_token(DEVICE)
    return database


def test_a_token_is_found_by_its_hash_whole(db: Database) -> None:
    with db.read() as tx:
        assert tx.access.principal("h2") == DEVICE == tx.access.token(DEVICE.id)
        assert tx.access.principal("h1") == PLAIN
        assert (tx.access.principal("h3"), tx.access.token(ActorId("tok_none"))) == (None, None)


def test_tokens_and_organizations_are_listed(db: Database) -> None:
    admin = replace(PLAIN, id=ActorId("tok_0"), organization=None, kind="admin", hash="h0")
    with db.write() as tx:
        tx.access.put_token(admin)
        tx.access.put_organization(OrganizationRow(id=HOME, name="New name", created_at=NOON))
        assert tx.access.tokens() == [admin, PLAIN, DEVICE]
        assert tx.access.tokens(HOME) == [PLAIN, DEVICE]
        assert tx.access.organizations() == [OrganizationRow(id=HOME, name="New name", created_at=NOON)]
        assert tx.access.organization(HOME) == tx.access.organizations()[0]
        assert tx.access.organization(OrganizationId("org_none")) is None


def test_a_revoked_token_stays_revoked_since_the_first_time(db: Database) -> None:
    with db.write() as tx:
        assert tx.access.revoke(WHO, Instant(NOON + 5))
        assert tx.access.revoke(WHO, Instant(NOON + 9))
        assert not tx.access.revoke(ActorId("tok_none"), NOON)
    with db.read() as tx:
        assert tx.access.principal("h1") == replace(PLAIN, revoked_at=Instant(NOON + 5))


@pytest.mark.parametrize(
    "wrong",
    [
        replace(PLAIN, id=ActorId("tok_9")),
        replace(PLAIN, hash="h9", organization=OrganizationId("org_none")),
        replace(PLAIN, hash="h9", organization=None),
    ],
)
def test_the_database_guards_what_a_token_is(db: Database, wrong: TokenRow) -> None:
    with pytest.raises(Exception, match=r"(?i)unique|foreign key|check"), db.write() as tx:
        tx.access.put_token(wrong)


def begin(db: Database, at: int = NOON, digest: str = "d", route: str = "r", key: str = "k") -> object:
    with db.write() as tx:
        return tx.idempotency.begin(WHO, key, route, digest, Instant(at))


def test_a_key_is_claimed_once_and_others_see_it_at_once(db: Database) -> None:
    assert isinstance(begin(db), New)
    assert begin(db, NOON + 1) == InFlight()
    assert begin(db, digest="other") == Mismatch()
    assert begin(db, route="other") == Mismatch()
    assert isinstance(begin(db, key="k2"), New)


def test_the_answer_is_given_again(db: Database) -> None:
    first = begin(db)
    assert isinstance(first, New)
    with db.write() as tx:
        tx.idempotency.finish(first.claim, 201, {"etag": '"1"'}, b"\x00body")
    assert begin(db, NOON + 1) == Done(201, {"etag": '"1"'}, b"\x00body")
    assert begin(db, digest="other") == Mismatch()


def test_an_answer_that_names_who_was_erased_is_forgotten_and_its_work_not_done_again(db: Database) -> None:
    for key, body in (("k", b'{"id":"reg_1","athlete_id":"ath_1"}'), ("k2", b'{"athlete_id":"ath_2"}'), ("k3", None)):
        claimed = begin(db, key=key)
        assert isinstance(claimed, New)
        if body is not None:
            with db.write() as tx:
                tx.idempotency.finish(claimed.claim, 201, {"location": "/v1/athletes/ath_1"}, body)
    with db.write() as tx:
        tx.idempotency.forget(["ath_1", "reg_1"])
        assert tx.session.rows("SELECT headers, body FROM idempotency WHERE key = 'k'") == [(None, None)]
    assert begin(db, NOON + 1) == AnswerLost()
    assert isinstance(begin(db, NOON + 1, key="k2"), Done)
    assert begin(db, NOON + 1, key="k3") == InFlight()


def test_work_that_is_rolled_back_keeps_no_answer(db: Database) -> None:
    first = begin(db)
    assert isinstance(first, New)
    with suppress(ZeroDivisionError), db.write() as tx:
        tx.idempotency.finish(first.claim, 201, {}, b"")
        raise ZeroDivisionError
    with db.write() as tx:
        tx.idempotency.abandon(first.claim)
    assert isinstance(begin(db), New)


def test_a_claim_whose_process_died_is_taken_over_and_cannot_finish_after_all(db: Database) -> None:
    first = begin(db)
    assert isinstance(first, New)
    assert begin(db, NOON + ABANDONED) == InFlight()
    assert isinstance(begin(db, NOON + ABANDONED + 1), New)
    with pytest.raises(ClaimLost), db.write() as tx:
        tx.idempotency.finish(first.claim, 201, {}, b"")


def test_a_key_is_free_again_after_a_week(db: Database) -> None:
    first = begin(db)
    assert isinstance(first, New)
    with db.write() as tx:
        tx.idempotency.finish(first.claim, 200, {}, b"")
    assert isinstance(begin(db, NOON + KEPT), Done)
    assert isinstance(begin(db, NOON + KEPT + SECOND, digest="other"), New)
