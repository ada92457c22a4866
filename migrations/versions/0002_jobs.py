"""Jobs: long documents that are drawn beside requests, so that every process can say how far each of them is."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def text(name: str, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=null)


def big(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False)


def upgrade() -> None:
    op.create_table(
        "jobs",
        text("id"),
        big("meet_no"),
        text("audience"),
        text("sheet"),
        text("tag"),
        text("media"),
        big("seq"),
        text("state"),
        big("percent"),
        text("code", null=True),
        text("detail", null=True),
        big("created_at_us"),
        big("touched_at_us"),
        sa.CheckConstraint("state IN ('waiting', 'running', 'done', 'failed')", name=op.f("ck_jobs_state")),
        sa.CheckConstraint("audience IN ('public', 'organizer')", name=op.f("ck_jobs_audience")),
        sa.ForeignKeyConstraint(["meet_no"], ["meets.no"], name=op.f("fk_jobs_meet_no")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
    )
    op.create_index("ix_jobs_meet_no", "jobs", ["meet_no"])


def downgrade() -> None:
    op.drop_table("jobs")
