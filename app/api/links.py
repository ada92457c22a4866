"""What an answer leads to: OpenAPI links from whatever makes or lists a thing to the addresses that take its id."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

Doc = dict[str, Any]

_ID: Final = "/id"
_FIRST: Final = "/items/0/id"
MADE: Final[Mapping[str, Mapping[str, str]]] = {
    "create_meet": {"meet_id": _ID},
    "clone_meet": {"meet_id": _ID},
    "unarchive_meet": {"meet_id": _ID},
    "list_meets": {"meet_id": _FIRST},
    "create_event": {"event_id": _ID, "round": "/rounds/0/name"},
    "clone_event": {"event_id": _ID, "round": "/rounds/0/name"},
    "list_events": {"event_id": _FIRST, "round": "/items/0/rounds/0/name"},
    "list_rounds": {"round": "/items/0/name"},
    "create_athlete": {"athlete_id": _ID},
    "list_athletes": {"athlete_id": _FIRST},
    "register": {"registration_id": _ID},
    "list_registrations": {"registration_id": _FIRST},
    "list_imports": {"import_id": _FIRST},
    "assign_chip": {"assignment_id": _ID},
    "list_chip_assignments": {"assignment_id": _FIRST},
    "put_source": {"source": "/source"},
    "list_sources": {"source": "/items/0/source"},
    "draw_round": {"heat_id": "/heats/0/id"},
    "put_heats": {"heat_id": "/heats/0/id"},
    "list_heats": {"heat_id": _FIRST},
    "list_finishes": {"bib": "/items/0/bib"},
    "take_time": {"time_id": _ID},
    "list_times": {"time_id": _FIRST},
    "add_false_start": {"false_start_id": _ID},
    "list_false_starts": {"false_start_id": _FIRST},
    "add_ruling": {"ruling_id": _ID},
    "list_rulings": {"ruling_id": _FIRST},
    "list_reads": {"seq": "/items/0/seq"},
    "list_conflicts": {"seq": "/items/0/seq"},
    "list_standings": {"bib": "/items/0/bib"},
    "list_event_anomalies": {"anomaly_id": _FIRST},
    "list_meet_anomalies": {"anomaly_id": _FIRST},
    "get_heat_sheet": {"job_id": _ID},
    "get_event_sheet": {"job_id": _ID},
    "get_meet_sheet": {"job_id": _ID},
    "get_combined_sheet": {"job_id": _ID},
    "publish_results": {"publication_id": _ID},
    "list_publications": {"publication_id": _FIRST},
    "create_series": {"series_id": _ID},
    "list_series": {"series_id": _FIRST},
    "list_log": {"seq": "/items/0/seq"},
    "create_organization": {"organization_id": _ID},
    "list_organizations": {"organization_id": _FIRST},
    "create_token": {"token_id": _ID},
    "rotate_token": {"token_id": _ID},
    "list_tokens": {"token_id": _FIRST},
    "create_device": {"device_id": _ID},
    "rotate_device": {"device_id": _ID},
    "list_devices": {"device_id": _FIRST},
}
"""By operation, where its answer names things: first the one that its links are for, then what they need beside it."""
CHOSEN: Final = frozenset({"name", "format"})
"""Path parameters that no answer gives: a client chooses them from what the document lists."""
_PARAMETER: Final = re.compile(r"{(\w+)}")


def add_links(paths: Mapping[str, Doc]) -> None:
    operations = [(path, operation) for path, item in paths.items() for operation in item.values()]
    for path, operation in operations:
        if named := MADE.get(operation["operationId"]):
            found = {
                target["operationId"]: {"operationId": target["operationId"], "parameters": given}
                for there, target in operations
                if (given := _given(path, named, there)) is not None
            }
            _answered(operation)["links"] = found


def _given(path: str, named: Mapping[str, str], there: str) -> dict[str, str] | None:
    """Values for the path parameters of an address, None where this answer does not lead there."""
    subject, wanted = next(iter(named)), _PARAMETER.findall(there)
    # An id names one thing wherever it stands; a number or a bib only below the list that it came from.
    if subject not in wanted or not (subject.endswith("_id") or there.startswith(path.split(f"/{{{subject}}}")[0])):
        return None
    given = dict(_values(path, named, wanted))
    return given if set(wanted) <= given.keys() | CHOSEN else None


def _values(path: str, named: Mapping[str, str], wanted: list[str]) -> Iterator[tuple[str, str]]:
    own = _PARAMETER.findall(path)
    for name in wanted:
        if name in named:
            yield name, f"$response.body#{named[name]}"
        elif name in own:
            yield name, f"$request.path.{name}"


def _answered(operation: Doc) -> Doc:
    answers: dict[str, Doc] = operation["responses"]
    return answers[next(status for status in ("201", "202", "200") if status in answers)]
