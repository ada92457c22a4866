"""Whether this process can do its work."""

from typing import Any, Final

import msgspec
from starlette.responses import Response

from app.api.auth import anyone
from app.api.route import Router
from app.api.services import Db

router: Final = Router(tag="running it")

_HEALTHY: Final[dict[str, Any]] = {
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Health"}, "example": {"status": "ok"}}}
}
_NOT: Final[dict[str, Any]] = {
    "description": "The schema is another one, the last write failed, or the database is away",
    "content": {
        "application/json": {
            "schema": {"$ref": "#/components/schemas/Health"},
            "example": {"status": "unhealthy", "reason": "no space left to write (disk is full)"},
        }
    },
}


@router.get("/healthz", responses={200: _HEALTHY, 503: _NOT})
@anyone()
def health(db: Db) -> Response:
    """200 when the schema is current and the last write succeeded, 503 with the reason otherwise. Writes nothing."""
    reason = db.healthy()
    content = {"status": "ok"} if reason is None else {"status": "unhealthy", "reason": reason}
    return Response(msgspec.json.encode(content), 200 if reason is None else 503, media_type="application/json")
