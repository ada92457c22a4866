"""Settings come from the environment."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from app.settings import Settings


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for field in Settings.model_fields:
        monkeypatch.delenv(f"BACKSTRAIGHT_{field.upper()}", raising=False)


def test_without_any_the_database_is_a_file_in_the_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings().url == "sqlite:///var/backstraight.db"
    monkeypatch.setenv("BACKSTRAIGHT_DATA_DIR", "/srv/race")
    assert Settings().url == "sqlite:////srv/race/backstraight.db"
    assert Settings().data_dir == Path("/srv/race")


def test_each_comes_from_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKSTRAIGHT_DATABASE_URL", "postgresql://race@db/race")
    monkeypatch.setenv("BACKSTRAIGHT_ADMIN_TOKEN", "the-word-of-the-administrator")
    monkeypatch.setenv("BACKSTRAIGHT_AUTO_MIGRATE", "false")
    monkeypatch.setenv("BACKSTRAIGHT_PORT", "8100")
    found = Settings()
    assert (found.url, found.auto_migrate, found.port) == ("postgresql://race@db/race", False, 8100)
    assert found.admin_secret == "the-word-of-the-administrator"


def test_the_administrators_token_is_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKSTRAIGHT_ADMIN_TOKEN", "the-word-of-the-administrator")
    assert "the-word" not in repr(Settings())


def test_a_short_administrators_token_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKSTRAIGHT_ADMIN_TOKEN", "short")
    with pytest.raises(ValidationError):
        Settings()
