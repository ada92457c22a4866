"""Where backups, archives and tokens come from: the database, or the server that holds it. Both answer the same."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from typing import IO, Any, Final

from app.api.schemas.base import written
from app.api.schemas.tokens import DeviceMade, DeviceOut, TokenMade, TokenOut
from app.cli import environment, whereabouts
from app.cli.client import Server
from app.cli.console import Exit, Failure, say
from app.domain.ids import ActorId, MeetId
from app.domain.refusals import NotFound, Refusal
from app.live import Live
from app.operations import accounts, archives, identity, publish
from app.operations.access import HOME, SCOPES, Principal
from app.operations.accounts import Terms
from app.store import Database, DatabaseBusy, StoreError, archive, open_database
from app.store.unarchive import PutBack

GZIP: Final = "application/gzip"
WHO: Final = Principal(id=ActorId("command-line"), organization=HOME, kind="admin", scopes=SCOPES)


class Office(ABC):
    target: str
    """What is read or written: the address of a server, or the database."""

    @abstractmethod
    def back_up(self, file: IO[bytes]) -> None: ...

    @abstractmethod
    def restore(self, file: IO[bytes]) -> Mapping[str, Any]: ...

    @abstractmethod
    def archive(self, meet: str, file: IO[bytes]) -> None: ...

    @abstractmethod
    def unarchive(self, file: IO[bytes]) -> Mapping[str, Any]: ...

    @abstractmethod
    def make_token(self, terms: Terms) -> Mapping[str, Any]: ...

    @abstractmethod
    def tokens(self) -> Iterable[Mapping[str, Any]]:
        """Tokens and device keys; these have a `meet_id`."""

    @abstractmethod
    def revoke(self, id: str) -> None: ...

    @abstractmethod
    def verifications(self, meet: str | None) -> Iterator[Mapping[str, Any]]:
        """Each publication of the meet, or of every meet, computed anew."""


class OverHttp(Office):
    def __init__(self, server: Server) -> None:
        self._server, self.target = server, server.base

    def back_up(self, file: IO[bytes]) -> None:
        file.writelines(self._server.stream("POST", "/v1/admin/backup"))

    def restore(self, file: IO[bytes]) -> Mapping[str, Any]:
        answer: Mapping[str, Any] = self._server.send("/v1/admin/restore", file, GZIP)
        return answer

    def archive(self, meet: str, file: IO[bytes]) -> None:
        file.writelines(self._server.stream("GET", f"/v1/meets/{meet}/archive"))

    def unarchive(self, file: IO[bytes]) -> Mapping[str, Any]:
        answer: Mapping[str, Any] = self._server.send("/v1/meets/archive", file, GZIP)
        return answer

    def make_token(self, terms: Terms) -> Mapping[str, Any]:
        times = {"not_before": written(terms.not_before), "expires_at": written(terms.expires_at)}
        body: dict[str, Any] = {
            "name": terms.name,
            **{name: value for name, value in times.items() if value is not None},
        }
        if terms.meet is None:
            path, body = "/v1/tokens", body | {"scopes": sorted(terms.scopes)}
        else:
            path, body = f"/v1/meets/{terms.meet}/devices", body | ({"source": terms.source} if terms.source else {})
        answer: Mapping[str, Any] = self._server.post(path, body)
        return answer

    def tokens(self) -> Iterable[Mapping[str, Any]]:
        yield from self._server.items("/v1/tokens")
        for meet in self._server.items("/v1/meets"):
            yield from self._server.items(f"/v1/meets/{meet['id']}/devices")

    def revoke(self, id: str) -> None:
        found = next((one for one in self.tokens() if one["id"] == id), None)
        if found is None:
            raise Failure(f"There is no token or device key {id} at {self.target}.")
        meet = found.get("meet_id")
        self._server.delete(f"/v1/meets/{meet}/devices/{id}" if meet else f"/v1/tokens/{id}")

    def verifications(self, meet: str | None) -> Iterator[Mapping[str, Any]]:
        for one in [meet] if meet else [listed["id"] for listed in self._server.items("/v1/meets")]:
            for event in self._server.items(f"/v1/meets/{one}/events"):
                for published in self._server.items(f"/v1/events/{event['id']}/publications"):
                    found = self._server.get(f"/v1/publications/{published['id']}/verification")
                    yield _verified(one, event["id"], published["version"], found["differences"])


class AtDatabase(Office):
    def __init__(self, db: Database, target: str) -> None:
        self._db, self.target = db, target

    def back_up(self, file: IO[bytes]) -> None:
        archives.write_all(self._db, identity.now(), file)

    def restore(self, file: IO[bytes]) -> Mapping[str, Any]:
        done = archives.read_all(self._db, file)
        return {
            "added": [_made(meet) for meet in done.added],
            "already_here": done.here,
            "organizations": done.organizations,
            "tokens": done.tokens,
        }

    def archive(self, meet: str, file: IO[bytes]) -> None:
        archives.write_meet(self._db, MeetId(meet), file)

    def unarchive(self, file: IO[bytes]) -> Mapping[str, Any]:
        return _made(archives.read_meet(self._db, file, HOME))

    def make_token(self, terms: Terms) -> Mapping[str, Any]:
        with self._db.write() as tx:
            if terms.meet is not None and tx.meets.get(terms.meet) is None:
                raise NotFound("meet", terms.meet)
            row, text = accounts.issue(tx, WHO, HOME, terms, identity.now())
        made = TokenMade if terms.meet is None else DeviceMade
        return made.of(row, token=text).model_dump(mode="json")

    def tokens(self) -> Iterable[Mapping[str, Any]]:
        with self._db.read() as tx:
            rows = [row for row in tx.access.tokens() if row.kind != "admin"]
        shown = [TokenOut.of(row) if row.meet is None else DeviceOut.of(row) for row in rows]
        return [one.model_dump(mode="json") for one in shown]

    def revoke(self, id: str) -> None:
        with self._db.write() as tx:
            if not tx.access.revoke(ActorId(id), identity.now()):
                raise NotFound("token or device key", id)

    def verifications(self, meet: str | None) -> Iterator[Mapping[str, Any]]:
        live = Live(self._db)
        with self._db.read() as tx:
            if meet is not None and tx.meets.get(MeetId(meet)) is None:
                raise NotFound("meet", meet)
            meets = [MeetId(meet)] if meet else archive.meets(tx)
        for one in meets:
            with live.view(one) as view:
                state = view.projection.state
                kept = [told for event in state.events.values() for _, told in event.publications]
                same = {told.at_seq: publish.same_people(state, told.at_seq) for told in kept}
            for told in kept:
                with live.view(one, as_of=told.at_seq) as past:
                    found = publish.verify(told, past.projection, past.people, same_people=same[told.at_seq])
                yield _verified(one, told.event, told.version, [asdict(difference) for difference in found])


def _verified(meet: str, event: str, version: int, differences: list[Any]) -> Mapping[str, Any]:
    return {
        "meet_id": meet,
        "event_id": event,
        "version": version,
        "holds": not differences,
        "differences": differences,
    }


def _made(meet: PutBack) -> Mapping[str, Any]:
    found = asdict(meet)
    return {"id": found["meet"], "seq": found["head"], "facts": found["facts"], "reads": found["reads"]}


@contextmanager
def open_office(base: str | None, token: str | None) -> Iterator[Office]:
    """The server that is named; else the database of the settings, through its server where one holds it."""
    if base is None:
        url = environment.settings().url
        try:
            db = open_database(url)
        except DatabaseBusy as busy:
            base = _holder(url, busy)
        except StoreError as error:
            raise Failure(f"{error.detail}.", status=Exit.UNREACHABLE) from error
        else:
            with _at(db, environment.shown(url)) as office:
                yield office
            return
    if token is None:
        raise Failure(
            f"The server at {base} asks for a token.", "Give it with --token or BACKSTRAIGHT_TOKEN.", Exit.WRONG_USE
        )
    with Server(base, token) as server:
        yield OverHttp(server)


def _holder(url: str, busy: DatabaseBusy) -> str:
    base = whereabouts.of(url)
    if base is None:
        raise Failure(f"{busy.detail}.", "It is no server that listens: wait until it is done.", Exit.UNREACHABLE)
    say(f"{busy.path.name} is held by a server: asking {base}.")
    return base


@contextmanager
def _at(db: Database, target: str) -> Iterator[Office]:
    try:
        with db.write() as tx:
            accounts.ensure_home(tx, identity.now())
        yield AtDatabase(db, target)
    except Refusal as refusal:
        raise Failure(f"{refusal.title}: {refusal.detail}.") from refusal
    except StoreError as error:
        raise Failure(f"{error.detail}.", status=Exit.UNREACHABLE) from error
    finally:
        db.close()
