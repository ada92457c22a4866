"""5,000 results as PDF, in a process of its own, against reportlab's canvas (`bench/canvas.py`) with the same cells.

The memory is the most that the whole process had, interpreter and all.

    python -m bench.pdf out.pdf     what is timed, once
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from app.sheets import pdf
from app.sheets.sheet import Column, Row, Sheet, Table
from bench.figures import Figure, figure, in_turns
from bench.runners import HEADS, RIGHT, rows

MOST_MIB = 128


def figures() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        out = Path(folder) / "out.pdf"
        values, limits = in_turns(lambda: _once("bench.pdf", out), lambda: _once("bench.canvas", out))
        peak = _peak(out)
    return [
        figure("PDF of 5,000 rows, tagged, to reportlab's canvas", values, limits, "s", 1.5, "lower"),
        figure("PDF of 5,000 rows, memory of the process", [peak], [MOST_MIB], "MiB", 1.0, "lower"),
    ]


def draw(out: str) -> None:
    columns = tuple(
        Column(head.lower(), head, "right" if i in RIGHT else "left", wide=i == 2) for i, head in enumerate(HEADS)
    )
    table = Table(columns, tuple(Row(cells) for cells in rows()))
    Path(out).write_bytes(pdf.render([Sheet("results", "RESULTS", "National Championships 10 km", tables=(table,))]))


def _once(module: str, out: Path) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", module, str(out)], check=True)
    wall = time.perf_counter() - began
    assert out.stat().st_size > 100_000
    return wall


def _peak(out: Path) -> float:
    """MiB, as the process itself sees it: what its parent had does not count."""
    code = "import sys; from bench import pdf; pdf.draw(sys.argv[1]); print(open('/proc/self/status').read())"
    done = subprocess.run([sys.executable, "-c", code, str(out)], check=True, capture_output=True, text=True)
    (line,) = (line for line in done.stdout.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1_024


if __name__ == "__main__":
    draw(sys.argv[1])
