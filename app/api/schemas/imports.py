"""What became of a list of entries, and the lists that were brought in."""

from pydantic import Field

from app.api.schemas.base import Moment, Out, example
from app.api.schemas.registrations import RowErrorOut
from app.domain.facts import RosterImported
from app.domain.ids import MeetId
from app.domain.state import MeetState
from app.domain.units import format_instant
from app.operations.imports import brought_by, columns_of
from app.operations.roster import Report
from app.operations.undo import fact_at
from app.store import Database

_ID = "imp_0197430a2c4e7d5fa3f09a64d1c3b2e8"


class ImportOut(Out):
    """What an import did. With an error nothing is stored and nothing counted, unless `on_error=skip`.

    A dry run counts what would become of the good rows, once there is no error or `on_error=skip`.
    """

    model_config = example(
        {
            "import_id": _ID,
            "stored": True,
            "created": 498,
            "updated": 0,
            "unchanged": 0,
            "new_waves": [],
            "columns": {"Startnummer": "bib", "Nachname": "family_name", "sex": "sex", "nation": "nation"},
            "ignored_columns": ["shirt size"],
            "errors": [
                {
                    "row": 17,
                    "column": "birth_date",
                    "code": "not_a_date",
                    "message": "'1990/5/3' is no date: write the day as 1990-05-03",
                    "suggestion": "1990-05-03",
                }
            ],
            "warnings": [
                {
                    "row": 18,
                    "column": "nation",
                    "code": "nation_by_name",
                    "message": "'Norway' is no code of a nation (such as NOR): it is taken as NOR",
                    "suggestion": "NOR",
                }
            ],
        }
    )

    import_id: str
    stored: bool = Field(description="Whether the good rows are on disk: not after a dry run, nor with an error.")
    created: int
    updated: int
    unchanged: int
    new_waves: list[str | None] = Field(
        description="Waves that a heat is opened for in a round drawn before; null stands for runners without a wave."
    )
    columns: dict[str, str] = Field(description="Each title of the file with the column that it was read as.")
    ignored_columns: list[str]
    errors: list[RowErrorOut]
    warnings: list[RowErrorOut] = Field(
        description="What is stored as it was probably meant, or as it is written where that is not sure: look at it."
    )

    @classmethod
    def of(cls, report: Report) -> "ImportOut":
        return cls(
            import_id=report.import_id,
            stored=report.stored,
            created=report.created,
            updated=report.updated,
            unchanged=report.unchanged,
            new_waves=list(report.new_waves),
            columns=dict(report.columns),
            ignored_columns=list(report.ignored_columns),
            errors=[RowErrorOut.of(one) for one in report.errors],
            warnings=[RowErrorOut.of(one) for one in report.warnings],
        )


class ImportedOut(Out):
    """A list that was brought in. `columns` are remembered for the next one of the same source."""

    model_config = example(
        {
            "id": _ID,
            "event_id": "evt_0197430a2c4e7d5fa3f09a64d1c3b2e8",
            "at": "2026-06-07T09:12:44.102938Z",
            "actor_id": "tok_0197430a2c4e7d5fa3f09a64d1c3b2e8",
            "created": 498,
            "updated": 0,
            "source": "clubs",
            "columns": {"Startnummer": "bib"},
            "seq": 1496,
        }
    )

    id: str
    event_id: str
    at: Moment
    actor_id: str
    created: int
    updated: int
    source: str | None
    columns: dict[str, str]
    seq: int

    @classmethod
    def of(cls, db: Database, meet: MeetId, state: MeetState, seq: int, fact: RosterImported) -> "ImportedOut":
        words = None
        if fact.columns is not None:
            with db.read() as tx:
                words = tx.texts.many(meet, [fact.columns]).get(fact.columns)
        recorded = fact_at(state, seq)
        return cls(
            id=fact.roster_import,
            event_id=fact.event,
            at=format_instant(recorded.recorded_at),
            actor_id=recorded.actor,
            created=len(brought_by(state, seq, fact).registrations),
            updated=fact.updated,
            source=fact.source,
            columns=dict(columns_of(words)),
            seq=seq,
        )


class TakenBackOut(Out):
    """`removed` entries are gone, with the athletes that were in no other event."""

    model_config = example({"import_id": _ID, "removed": 498, "seq": 1502})

    import_id: str
    removed: int
    seq: int
