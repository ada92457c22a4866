"""`make bench`: every figure beside its limit. Takes some minutes; wants both processors to itself.

python -m bench            all of them
python -m bench ingest     those of one file
"""

import sys
from pathlib import Path

from bench import cold, compute, files, ingest, pages, pdf
from bench.figures import Figure, table, write
from bench.postgres import databases
from bench.server import on_last_processor

RESULTS = Path(__file__).with_name("results.json")


def main(only: list[str]) -> None:
    figures: list[Figure] = []
    for name, measure in MEASURES.items():
        if not only or name in only:
            print(f"… {name}", file=sys.stderr, flush=True)
            figures += measure()
    print(table(figures))
    if not only:
        write(figures, RESULTS)


def _ingest() -> list[Figure]:
    on_last_processor()
    with databases("product", "bare") as (product_url, bare_url):
        return [*ingest.sqlite(), *ingest.postgres(product_url, bare_url)]


MEASURES = {
    "compute": compute.figures,
    "cold": cold.figures,
    "ingest": _ingest,
    "pages": pages.spectators,
    "pdf": pdf.figures,
    "files": files.figures,
}

if __name__ == "__main__":
    main(sys.argv[1:])
