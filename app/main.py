"""Wires everything: a database that is open becomes an application, settings become a running server."""

import gc
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, ExitStack, asynccontextmanager, nullcontext
from typing import Any, Final

import uvicorn
from fastapi import FastAPI
from fastapi.middleware.asyncexitstack import AsyncExitStackMiddleware
from fastapi.telemetry import TelemetryConfig
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.types import ASGIApp

from app import __version__
from app.api import deadlines, edge, handlers, logs
from app.api.answers import Bytes
from app.api.deadlines import Deadlines
from app.api.directory import Directory
from app.api.express import Express
from app.api.lane import Lane
from app.api.openapi import describe
from app.api.reads_lane import ReadsLane
from app.api.routers import ROUTERS
from app.api.services import Services
from app.api.threads import in_thread
from app.domain.units import Instant
from app.live import Live
from app.operations import accounts, identity
from app.operations.desk import Desk
from app.operations.ingest import Ingest
from app.operations.press import Press
from app.settings import Settings
from app.store import Database, open_database

GRACE_S: Final = 5
"""What requests that are under way get when the server is told to stop."""

SILENT: Final[TelemetryConfig] = {"tracing": False, "metrics": False, "logs": False}
"""Nothing collects them, and asking whether somebody does costs every request."""

SHARED_MAX_AGE_S: Final = 1.0
"""How long a public answer may be old, as its Cache-Control says."""


class App(FastAPI):
    def build_middleware_stack(self) -> ASGIApp:
        """Without the framework's outermost: `Edge` answers what nobody expected, and routes limit their own bodies."""
        stack: ASGIApp = ExceptionMiddleware(AsyncExitStackMiddleware(self.router), self.exception_handlers)
        for layer in reversed(self.user_middleware):
            stack = layer.cls(stack, *layer.args, **layer.kwargs)
        return stack

    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            self.openapi_schema = describe(self)
        return self.openapi_schema


def show_token(token: str) -> None:
    """On standard error, apart from data: this is the one time that it can be read."""
    sys.stderr.write(f"administrator's token, shown this once: {token}\n")


def create_app(
    db: Database,
    admin_token: str | None = None,
    show: Callable[[str], None] = show_token,
    now: Callable[[], Instant] = identity.now,
) -> FastAPI:
    """The application on a database that is open and stays the caller's to close."""
    logs.configure()
    live = Live(db)
    services = Services(db, live, Desk(db, live), Ingest(db, live), now, Press(db, now))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        made = await in_thread(accounts.first_start, db, admin_token, now())
        if made is not None:
            show(made)
        services.ingest.start()
        yield
        await in_thread(services.press.stop)
        await in_thread(services.ingest.stop)

    app = App(version=__version__, openapi_url=None, docs_url=None, redoc_url=None, telemetry=SILENT, lifespan=lifespan)
    app.state.services = services
    app.state.kept = Bytes()
    # Included routers are matched twice by FastAPI; these carry their whole path already.
    routes = [route for router in ROUTERS for route in router.routes]
    directory = Directory(routes)
    app.router.routes.extend([directory, *routes])
    app.router.redirect_slashes = False
    # On SQLite nobody else writes; elsewhere another process may have.
    longest_s = None if db.dialect == "sqlite" else SHARED_MAX_AGE_S
    app.add_middleware(Express, directory=directory, services=services)
    app.add_middleware(ReadsLane, services=services)
    app.add_middleware(Lane, head_of=live.head_of, longest_s=longest_s)
    app.add_middleware(edge.Edge)
    handlers.install(app)
    return app


Listening = Callable[[int], AbstractContextManager[None]]
"""Given the port: entered once connections are taken, left before the last of them is closed."""


class Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, listening: Listening) -> None:
        super().__init__(config)
        self._listening, self._while = listening, ExitStack()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._while.enter_context(self._listening(self.servers[0].sockets[0].getsockname()[1]))

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._while.close()
        await super().shutdown(sockets)


def server_of(app: FastAPI, settings: Settings, listening: Listening = lambda port: nullcontext()) -> uvicorn.Server:
    """A server that does not wait for slow clients, and stops within seconds."""
    patience = Deadlines(
        settings.header_seconds,
        settings.body_seconds,
        settings.body_bytes_per_second,
        idle_s=settings.idle_seconds,
        crowd=max(1, settings.connections // 2),
    )
    return Server(
        uvicorn.Config(
            app,
            host=settings.host,
            port=settings.port,
            http=deadlines.protocol(patience),
            ws="none",
            limit_concurrency=settings.connections,
            timeout_graceful_shutdown=GRACE_S,
            server_header=False,
            access_log=False,
            log_level="warning",
        ),
        listening,
    )


def serve(settings: Settings, listening: Listening) -> None:
    """Until told to stop. Store errors tell why it cannot start."""
    db = open_database(settings.url, migrate=settings.auto_migrate)
    _leave_alone_what_stays()
    try:
        server_of(create_app(db, settings.admin_secret), settings, listening).run()
    finally:
        db.close()


def _leave_alone_what_stays() -> None:
    """Modules and routes live as long as the process, and a post of 10,000 reads leaves no garbage behind."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
