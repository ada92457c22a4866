"""What became of a list of results."""

from pydantic import Field

from app.api.schemas.base import Out, example
from app.api.schemas.registrations import RowErrorOut
from app.operations.past_results import ResultsReport


class ResultsImportOut(Out):
    """What an import of results did. With an error nothing is stored, unless `on_error=skip`."""

    model_config = example(
        {
            "import_id": "imp_0197430a2c4e7d5fa3f09a64d1c3b2e8",
            "stored": True,
            "created": 24,
            "updated": 0,
            "unchanged": 0,
            "heats": 3,
            "finishes": 24,
            "columns": {"Startnummer": "bib", "mark": "mark"},
            "ignored_columns": [],
            "errors": [],
        }
    )

    import_id: str
    stored: bool = Field(description="Whether it is on disk: not after a dry run, nor with an error.")
    created: int = Field(description="Entries that were made.")
    updated: int
    unchanged: int
    heats: int
    finishes: int
    columns: dict[str, str] = Field(description="Each title of the file with the column that it was read as.")
    ignored_columns: list[str]
    errors: list[RowErrorOut]

    @classmethod
    def of(cls, report: ResultsReport) -> "ResultsImportOut":
        return cls(
            import_id=report.import_id,
            stored=report.stored,
            created=report.created,
            updated=report.updated,
            unchanged=report.unchanged,
            heats=report.heats,
            finishes=report.finishes,
            columns=dict(report.columns),
            ignored_columns=list(report.ignored_columns),
            errors=[RowErrorOut.of(one) for one in report.errors],
        )
