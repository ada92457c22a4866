"""How many races of a series count is said as people say it: one, some or all."""

import pytest

from tests.sheets.golden import sheets
from tests.sheets.meets import MEET

SAID = {
    "en": ("The best race counts", "The best 2 races count", "All races count"),
    "de": ("Der beste Lauf zählt", "Die besten 2 Läufe zählen", "Alle Läufe zählen"),
    "fr": ("La meilleure course compte", "Les 2 meilleures courses comptent", "Toutes les courses comptent"),
    "it": ("Conta la gara migliore", "Contano le 2 gare migliori", "Contano tutte le gare"),
    "es": ("Cuenta la mejor carrera", "Cuentan las 2 mejores carreras", "Cuentan todas las carreras"),
}


@pytest.mark.parametrize(("language", "said"), SAID.items())
def test_one_race_is_not_said_in_the_plural(language: str, said: tuple[str, str, str]) -> None:
    for document, words in zip(("series-best", "series", "series-all"), said, strict=True):
        (made,) = sheets("several", "meet", MEET, document, language)
        assert made.lines[0].startswith(f"{words} · ")
