"""Organizations: whose meets and tokens are kept apart."""

from typing import Any, Final

from app.api.schemas.base import In, Moment, Name, Out, example, written
from app.store import OrganizationRow

_ORGANIZATION: Final[dict[str, Any]] = {"name": "Bergen Bakover"}


class OrganizationIn(In):
    model_config = example(_ORGANIZATION)

    name: Name


class OrganizationOut(Out):
    model_config = example(
        {
            "id": "org_0197430a2c4e7d5fa3f09a64d1c3b2e8",
            **_ORGANIZATION,
            "created_at": "2026-06-01T08:00:00.000000Z",
        }
    )

    id: str
    name: str
    created_at: Moment

    @classmethod
    def of(cls, row: OrganizationRow) -> "OrganizationOut":
        return cls(id=row.id, name=row.name, created_at=written(row.created_at) or "")
