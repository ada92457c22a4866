"""Posts that share a commit: what is asked once for all of them, and what each of them is told."""

from dataclasses import replace

import pytest

from app.domain.facts import MeetClosed
from app.domain.ids import ActorId, MeetId
from app.domain.refusals import MeetIsClosed
from app.operations import keys
from app.operations.access import Admitting, BadToken
from app.operations.ingest import Receipt
from app.store import Database, Reader, TokenRow
from tests.operations.logs import ACTOR, CLUB, NOW, Logs, offer, post, reads


@pytest.fixture
def logs(database: Database) -> Logs:
    return Logs(database)


def counted_reads(receipts: list[Receipt | BaseException]) -> list[tuple[int, list[int], list[int], int]]:
    return [(r.stored, list(r.duplicates), list(r.conflicts), r.high_water) for r in receipts if isinstance(r, Receipt)]


def test_each_post_of_a_stream_is_told_what_became_of_its_own_reads(logs: Logs) -> None:
    meet = logs.new_meet("meet_1")
    offer(logs, post(meet, 1, 2))
    other = replace(post(meet, 0), reads=reads(4, 1, chip="C8"))
    receipts = offer(logs, post(meet, 2, 3), post(meet, 9, 1), other, post(meet, 4, 2), other, post(meet, 5, 0))
    assert counted_reads(receipts) == [
        (2, [2], [], 4),
        (1, [], [], 9),
        (0, [], [4], 9),
        (1, [4], [], 9),
        (0, [], [4], 9),
        (0, [], [], 9),
    ]
    assert logs.stored(meet) == [1, 2, 3, 4, 9, 5]
    with logs.live.view(meet) as view:
        (conflict,) = view.projection.state.conflicts.values()
    assert (conflict.chip, conflict.source_seq, conflict.first_seq) == ("C8", 4, 7)


def test_streams_that_share_a_commit_count_on_their_own(logs: Logs) -> None:
    meet = logs.new_meet("meet_1")
    posts = [post(meet, 1, 2), post(meet, 1, 1, epoch="2"), post(meet, 2, 2), post(meet, 1, 3, source="gate")]
    receipts = offer(logs, *posts)
    assert counted_reads(receipts) == [(2, [], [], 2), (1, [], [], 1), (1, [2], [], 3), (3, [], [], 3)]
    with logs.db.read() as tx:
        seqs = [row[0] for run in tx.reads.after(meet, 0) for row in run.rows]
        kept = [(one.epoch, one.source_seq) for one in tx.reads.detail(meet, seqs).values()]
    assert sorted(kept) == [("1", 1), ("1", 1), ("1", 2), ("1", 2), ("1", 3), ("1", 3), ("2", 1)]


def test_a_key_is_asked_once_for_all_its_posts_in_a_commit_and_anew_in_the_next(logs: Logs) -> None:
    meet = logs.new_meet("meet_1")
    asked: list[str] = []
    revoked = False

    def admit(tx: Reader, of: MeetId, source: str) -> ActorId:
        asked.append(source)
        if revoked or source == "gate":
            raise BadToken("it was revoked")
        return ACTOR

    mine = [replace(post(meet, n, 1), admit=admit) for n in (1, 2, 3)]
    receipts = offer(logs, *mine, replace(post(meet, 1, 1, source="gate"), admit=admit))
    assert [type(one) for one in receipts] == [Receipt, Receipt, Receipt, BadToken]
    assert asked == ["mat", "gate"]
    revoked = True
    assert [type(one) for one in offer(logs, replace(post(meet, 4), admit=admit))] == [BadToken]
    assert logs.stored(meet) == [1, 2, 3]


def test_a_key_that_is_revoked_while_its_posts_wait_stores_none_of_them(logs: Logs) -> None:
    meet = logs.new_meet("meet_1")
    good, bad = (key(logs, meet, name) for name in ("good", "bad"))
    waiting = [replace(post(meet, n, 1), admit=Admitting(token, "reads:write", lambda: NOW))
               for n, token in enumerate([good, bad, good, bad], 1)]  # fmt: skip
    with logs.db.write() as tx:
        assert tx.access.revoke(ActorId("tok_bad"), NOW)
    assert [type(one) for one in offer(logs, *waiting)] == [Receipt, BadToken, Receipt, BadToken]
    assert logs.stored(meet) == [1, 3]


def key(logs: Logs, meet: MeetId, name: str) -> str:
    made = keys.make("dev", f"tok_{name}")
    with logs.db.write() as tx:
        tx.access.put_token(TokenRow(
            id=ActorId(f"tok_{name}"), organization=CLUB, kind="device", name=name, hash=made.digest,
            scopes=frozenset({"reads:write"}), created_at=NOW, meet=meet))  # fmt: skip
    return made.text


def test_who_is_nobody_and_where_no_point_is_are_counted_for_each_post(logs: Logs) -> None:
    meet = logs.new_meet("meet_1")
    strange = [(n, chip, bib, NOW + n, place, None, None, None, None)
               for n, chip, bib, place in [(3, "C9", None, "finish"), (4, None, "7", None)]]  # fmt: skip
    receipts = offer(logs, post(meet, 1, 2), replace(post(meet), reads=strange), post(meet, 5, 1))
    found = [(list(r.unknown), r.not_on_course) for r in receipts if isinstance(r, Receipt)]
    assert found == [([4, 5], 2), ([6, 7], 2), ([8], 1)]


def test_of_posts_to_a_closed_meet_only_those_that_bring_nothing_new_are_confirmed(logs: Logs) -> None:
    meet = logs.new_meet("meet_1")
    offer(logs, post(meet, 1, 2))
    other = replace(post(meet), reads=reads(2, 1, chip="C8"))
    offer(logs, other)
    logs.write(meet, MeetClosed())
    strange = replace(post(meet), reads=reads(1, 1, chip="C5"))
    posts = [post(meet, 3, 1), post(meet, 3, 1), post(meet, 1, 2), other, strange, post(meet, 1, 0, epoch="2")]
    answers = offer(logs, *posts)
    assert [type(one) for one in answers] == [MeetIsClosed, MeetIsClosed, Receipt, Receipt, MeetIsClosed, Receipt]
    assert counted_reads(answers) == [(0, [1, 2], [], 2), (0, [], [2], 2), (0, [], [], 0)]
    assert logs.stored(meet) == [1, 2]
