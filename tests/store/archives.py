"""A meet with all that an archive holds, and its way from one database to another."""

import hashlib
from collections.abc import Sequence
from typing import Any

import msgspec

from app.domain.facts import AthleteDescribed, RegistrationWithdrawn, RoundDrawn, Undone
from app.domain.ids import ActorId, AthleteId, MeetId, OrganizationId, RegistrationId, TextId
from app.domain.meet import Person
from app.domain.units import Instant
from app.store import Database, OrganizationRow, archive
from app.store.unarchive import PutBack, put_back
from tests.domain.log import ANNA, BEA, DASH, GUN, MAT, RACE, SETUP, entered

MEET, HOME, OTHER = MeetId("meet_1"), OrganizationId("org_1"), OrganizationId("org_2")
DESK = ActorId("tok_desk")
CARLA = AthleteId("ath_c")
PEOPLE = {
    ANNA: Person(family_name="Åberg", given_name="Anna", sex="W", birth_date="1996-02-03", nation="SWE"),
    BEA: Person(sex="W", erased=True),
    CARLA: Person(given_name="Carla", sex="W"),
}
READS = 8


def offered(first: int, number: int) -> list[tuple[Any, ...]]:
    return [(n, "C7", None, GUN + n, None, 1, -50, None, b"\x00raw") for n in range(first, first + number)]


def fill(db: Database) -> None:
    """A race with reads between its facts, a bib given again, a corrected draw and an undone ruling."""
    with db.write() as tx:
        tx.access.put_organization(OrganizationRow(id=HOME, name="Home", created_at=GUN))
        tx.meets.open(MEET, HOME, GUN)
        tx.people.put_many(MEET, PEOPLE)
        tx.texts.put(MEET, TextId("txt_1"), "left her lane")
        tx.facts.append(MEET, SETUP, DESK, GUN)
        tx.reads.offer(MEET, MAT, "1", offered(1, 3), GUN, DESK)
    with db.write() as tx:
        tx.facts.append(MEET, RACE, DESK, Instant(GUN + 1))
        tx.reads.offer(MEET, MAT, "2", offered(0, 5), GUN + 2, DESK)
        tx.reads.offer(MEET, MAT, "1", [(2, "C9", None, GUN, None, None, None, None, None)], GUN + 3, DESK)
    with db.write() as tx:
        tx.facts.append(MEET, [RegistrationWithdrawn(registration=RegistrationId("reg_b"))], DESK, GUN)
        entry = entered(RegistrationId("reg_c"), DASH, CARLA, "8")
        tx.facts.append(MEET, [AthleteDescribed(athlete=CARLA, sex="W"), entry], DESK, GUN)
        redrawn = next(fact for fact in SETUP if isinstance(fact, RoundDrawn))
        ruling = len(SETUP) + 3 + 4
        tx.facts.append(MEET, [redrawn, Undone(target_seq=ruling)], DESK, GUN)


def written(db: Database) -> list[bytes]:
    with db.read() as tx:
        return list(archive.lines(tx, MEET))


def taken(db: Database, lines: Sequence[bytes], organization: OrganizationId | None = OTHER) -> PutBack:
    with db.write() as tx:
        return put_back(tx, lines, organization)


def signed(*lines: bytes) -> list[bytes]:
    """Lines with an end that fits them."""
    content = b"".join(lines)
    end = {"end": {"lines": len(lines), "digest": hashlib.sha256(content).hexdigest()}}
    return [*lines, msgspec.json.encode(end)]
