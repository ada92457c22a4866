"""Identifiers: opaque text with a prefix that names the noun. The shell makes them: that takes a clock and chance."""

from typing import Final, NewType

OrganizationId = NewType("OrganizationId", str)
TokenId = NewType("TokenId", str)
MeetId = NewType("MeetId", str)
EventId = NewType("EventId", str)
AthleteId = NewType("AthleteId", str)
RegistrationId = NewType("RegistrationId", str)
HeatId = NewType("HeatId", str)
SeriesId = NewType("SeriesId", str)
SourceId = NewType("SourceId", str)
AssignmentId = NewType("AssignmentId", str)
TimeId = NewType("TimeId", str)
RulingId = NewType("RulingId", str)
FalseStartId = NewType("FalseStartId", str)
PublicationId = NewType("PublicationId", str)
AnomalyId = NewType("AnomalyId", str)
"""Made from what is odd and its evidence, not by chance: other evidence is another anomaly."""
ImportId = NewType("ImportId", str)
TextId = NewType("TextId", str)
JobId = NewType("JobId", str)
ActorId = NewType("ActorId", str)
"""Who recorded a fact: the id of the token or device key that was used."""

Bib = NewType("Bib", str)
Chip = NewType("Chip", str)

PREFIXES: Final = {
    "organization": "org",
    "token": "tok",
    "meet": "meet",
    "event": "evt",
    "athlete": "ath",
    "registration": "reg",
    "heat": "heat",
    "source": "src",
    "assignment": "chip",
    "time": "time",
    "ruling": "rul",
    "false_start": "fst",
    "publication": "pub",
    "series": "ser",
    "text": "txt",
    "import": "imp",
    "job": "job",
}
