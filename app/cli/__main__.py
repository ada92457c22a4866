"""`python -m app.cli` is `backstraight`."""

from app.cli import main

main()
