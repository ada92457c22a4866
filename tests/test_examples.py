"""The runnable examples, each against a server of its own, and the sheet that it must print."""

import importlib
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.store import open_database

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
TOKEN = "the-word-of-the-administrator"


@pytest.mark.parametrize(
    ("name", "example"),
    [
        ("sprint_championship", "Championship"),
        ("retro_championship", "Retro"),
        ("road_10k", "Road"),
    ],
)
def test_an_example_is_run_as_its_sheet_has_it(
    name: str, example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(EXAMPLES))
    module, server, said = importlib.import_module(name), importlib.import_module("server"), list[str]()
    db = open_database(f"sqlite:///{tmp_path / 'example.db'}")
    try:
        with TestClient(
            create_app(db, TOKEN), base_url="http://timing.test", headers={"Authorization": f"Bearer {TOKEN}"}
        ) as client:
            getattr(module, example)(server.Server(client.request), said.append).run()
    finally:
        db.close()
    expected = (EXAMPLES / "expected" / f"{name}.txt").read_text(encoding="utf-8")
    assert "\n".join(said) + "\n" == expected


def test_each_example_has_its_sheet() -> None:
    examples = {path.stem for path in EXAMPLES.glob("*.py")} - {"server"}
    assert examples == {path.stem for path in (EXAMPLES / "expected").glob("*.txt")}
