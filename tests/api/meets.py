"""Meets for the tests of the edge, put into the log without asking the routes that make them."""

from dataclasses import dataclass

from app.domain.facts import MeetDescribed
from app.domain.ids import ActorId, MeetId, OrganizationId
from app.domain.meet import MeetSpec, Visibility
from app.operations import identity
from app.operations.access import HOME
from app.store import Database


@dataclass
class Meets:
    db: Database

    def make(self, organization: OrganizationId = HOME, visibility: Visibility = "private") -> MeetId:
        meet = MeetId(identity.new_id("meet"))
        spec = MeetSpec(
            name="Night of Miles",
            timezone="Europe/Oslo",
            starts_on="2026-06-06",
            ends_on="2026-06-06",
            visibility=visibility,
        )
        with self.db.write() as tx:
            tx.meets.open(meet, organization, identity.now())
            tx.facts.append(meet, [MeetDescribed(spec=spec)], ActorId("tok_x"), identity.now())
        return meet
