"""Names for made-up runners. Letters beyond ASCII are there on purpose: a time sheet must print them."""

from typing import Final


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FAMILY: Final = _words("""
    Albrecht Bianchi Björk Callegari Corcuera Çelik Dold Dufour Eriksen Fernández Ferrari García Hoxha Huber Ibáñez
    Jansen Jürgens Kask Kovács Kühn Łukasik Marić Metzler Moreau Müller Nguyễn Novák O'Connor Öztürk Papadopoulos
    Peeters Popescu Rossi Santos Šimić Smit Söderberg Tamm Vasić Virtanen Wagner Wójcik Yılmaz Zambello Zhou
""")
GIVEN: Final = {
    "M": _words("""
        Aaron Achim Anders Bruno Carlos Daniel Dragan Emil Enzo Felix Giorgos Håkon Ivan Jakub João Jonas Luca Marek
        Matti Nils Óscar Paulo Quentin René Samir Siôn Thomas Tomáš Viktor Yusuf
    """),
    "W": _words("""
        Agnieszka Aino Beatriz Chiara Dorota Eilís Elena Fátima Greta Hanna Inês Ingrid Jelena Kerstin Léa Lucía Maja
        Marta Mei Nóra Olena Petra Renata Sanna Simona Sofía Tereza Ulla Valérie Zoë
    """),
}
NATIONS: Final = _words("""
    AUT BEL CRO CZE DEN ESP EST FIN FRA GBR GER GRE HUN IRL ITA LIE NED NOR POL POR ROU SLO SRB SUI SWE TUR
""")
CLUBS: Final = (
    None,
    None,
    "Atletica Retro",
    "Backstraight Harriers",
    "Club Marche Arrière",
    "Heel First AC",
    "LG Rückwärts",
    "Retro Runners Essen",
    "TV Kehrtwende",
)
