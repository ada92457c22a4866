"""The runnable examples, each against a server of its own, and the sheet that it must print."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

from starlette.testclient import TestClient

from app.main import create_app
from app.store import open_database

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
TOKEN = "the-word-of-the-administrator"


def example(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"examples_{name}", EXAMPLES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_sprint_championship_is_run_as_its_sheet_has_it(tmp_path: Path) -> None:
    module, said = example("sprint_championship"), list[str]()
    db = open_database(f"sqlite:///{tmp_path / 'championship.db'}")
    try:
        with TestClient(
            create_app(db, TOKEN), base_url="http://timing.test", headers={"Authorization": f"Bearer {TOKEN}"}
        ) as client:
            module.Championship(module.Server(client.request), said.append).run()
    finally:
        db.close()
    expected = (EXAMPLES / "expected" / "sprint_championship.txt").read_text(encoding="utf-8")
    assert "\n".join(said) + "\n" == expected
