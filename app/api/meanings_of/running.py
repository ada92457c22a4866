"""What the fields of everything else that is answered mean: the log, files, announcements, problems."""

from collections.abc import Mapping
from typing import Final

from app.api.meanings import Meanings
from app.api.meanings_of.bodies import DESIGN, KEY

_COMPUTED: Final = "Position in the meet's log that this was computed at."

_PUBLICATION: Final[Meanings] = {
    "version": "Counts the publications of the event from 1.",
    "status": "Provisional, or official.",
    "at_seq": "Position in the meet's log whose results were announced.",
    "engine": "The build that computed them.",
    "at": "When it was announced, in UTC.",
    "holds": "Whether this build computes the very same.",
    "differences": "What it computes otherwise.",
    "where": "`standings`, the name of a round, or `publication` for what concerns all of it.",
    "bib": "Whom it concerns; null where it is no single runner.",
    "field": "What differs.",
    "announced": "Its value as it was announced.",
    "today": "Its value as this build has it.",
}
_ANOMALY: Final[Meanings] = {
    "id": "Names it as long as its evidence is the same.",
    "kind": "What is odd.",
    "severity": "Cannot be so, or is only questionable.",
    "state": "Open, accepted by an official, or resolved: accepted once and found no more.",
    "reason": "What was seen and what to look at, in words.",
    "bib": "Whom it is about; null where it is no single runner.",
    "source": "The reader that it is about; null for none.",
    "seqs": "Positions in the log of the reads that it is about.",
    "accepted": "By whose word it stands; null for nobody's.",
}
_CONFLICT: Final[Meanings] = {
    "source": "The reader that made it.",
    "source_seq": "Its number within source and epoch.",
    "first": "The read that came first.",
    "offered": "The other one with the same identity.",
    "counts": "Which of them is used.",
    "bib": "The bib that was read or typed, where it was no chip.",
    "place": "Where it was made; null: where its source stands.",
    "at": "When it was, as its reader said.",
}
_FILES: Final[Meanings] = {
    "row": "Row of the file as a spreadsheet counts: the line of column names is 1.",
    "column": "The column; null for all of the row.",
    "code": "What is wrong, for programs.",
    "message": "What is wrong, for people.",
    "suggestion": "What may have been meant; null for nothing.",
    "columns": "Which column was read as what: remembered for the next list of the same source.",
    "source": "Where such lists come from; null where nobody said.",
    "at": "When it was brought in, in UTC.",
    "heats": "How many heats got results.",
}
_ARCHIVE: Final[Meanings] = {
    "facts": "How many facts the meet has.",
    "reads": "How many reads the meet has.",
    "added": "Meets that were added.",
    "already_here": "Ids of meets that were left as they are.",
    "organizations": "How many organizations were added.",
    "tokens": "How many tokens were added.",
}
_LOG: Final[Meanings] = {
    "kind": "Which kind of fact.",
    "at": "When it was recorded, in UTC.",
    "reason": "Why, in words for officials.",
    "body": "The fact as it was recorded.",
}
_RULES: Final[Meanings] = {
    "by": "Whose word it is: the meet's, or the event's.",
    "why": "What its default rests on.",
    "text": "What it asks for, in words.",
    "overridden": "Tables that are not the ruleset's.",
    "for_officials": "What tables ask of officials.",
}
_NAMED: Final[Meanings] = {"name": "As requests name it.", "title": "In words.", "source": "Where it was read."}
_MOVED: Final[Meanings] = {
    "before": "As it stands.",
    "after": "As it would stand.",
    "changes": "Who would move, in the order of the new standings.",
    "seq": _COMPUTED,
}
_SHEET: Final[Meanings] = {
    "sheet": "Name of the sheet.",
    "title": "As it is printed.",
    "standing": "As what it is printed: provisional, official, revised.",
    "rows": "The lines of its table.",
    "notes": "Lines below the table.",
    "seq": _COMPUTED,
}
_PROBLEM: Final[Meanings] = {
    "type": "Address of a page that explains it.",
    "title": "What it is, in words.",
    "status": "Status of the answer.",
    "detail": "What it is this time, in words.",
    "code": "What it is, for programs.",
    "instance": "The address that was asked.",
    "errors": "What is wrong with what was sent.",
    "anomalies": "What has to be looked at first.",
    "request_id": "Names the request in the server's log.",
    "pointer": "JSON pointer into the body; null for what `parameter` names.",
    "message": "What is wrong, in words.",
    "parameter": "The query parameter.",
}

_JOB: Final[Meanings] = {
    "state": "Whether it waits, is drawn, is done, or failed.",
    "percent": "Per cent of the rows that are drawn.",
    "sheet": "The address that was asked for.",
    "document": "The address of the finished bytes; null until they are.",
    "problem": "Why it failed; null where it did not.",
    "seq": _COMPUTED,
    "code": "Why it failed, for programs.",
    "detail": "Why it failed, in words.",
}
_KEY: Final[Meanings] = {
    **{name: KEY[name] for name in ("name", "source", "not_before", "expires_at", "scopes")},
    "organization_id": "Whose it is.",
}

OF: Final[Mapping[str, Meanings]] = {
    **dict.fromkeys(("PublicationOut", "DifferenceOut", "VerificationOut"), _PUBLICATION),
    **dict.fromkeys(("AnomalyOut", "OpenAnomaly"), _ANOMALY),
    "AcceptedOut": {"official": "Who accepted it, by name."},
    **dict.fromkeys(("ConflictOut", "ClaimOut"), _CONFLICT),
    **dict.fromkeys(("RowErrorOut", "ImportedOut", "ResultsImportOut"), _FILES),
    "CameraOut": {"seq": "Position in the meet's log; null where nothing was stored."},
    **dict.fromkeys(("ArchiveOut", "RestoredOut"), _ARCHIVE),
    "LogOut": {**_LOG, "undone": "Whether a later fact took it back."},
    "UndoneOut": {"seq": "Position in the log of the undoing.", "undone": "Position of what it took back."},
    "GapOut": {
        "first": "The first number that is missing.",
        "last": "The last number that is missing.",
        "count": "How many are missing.",
    },
    **dict.fromkeys(("RulesOut", "OverrideOut", "UnsureOut", "InstructionOut"), _RULES),
    **dict.fromkeys(("RulesetItem", "RulesetOut", "ScoringTableOut"), _NAMED),
    **dict.fromkeys(("WhatIfOut", "MovedOut"), _MOVED),
    "SheetOut": _SHEET,
    **dict.fromkeys(("JobOut", "WhyOut"), _JOB),
    **dict.fromkeys(("DeviceMade", "DeviceOut", "TokenMade", "TokenOut"), _KEY),
    "OrganizationOut": {"name": "As it is shown."},
    "DesignOut": {**DESIGN, "logo": "The picture on top; null for none.", "seq": "Position of the last choice, or 0."},
    "LogoOut": {"media_type": "What the picture is.", "size": "Bytes."},
    "ReadsOut": {
        "stored": "How many are new and on disk.",
        "exceptions": "Those that were not simply stored.",
    },
    "ReadException": {
        "seq": "The read's number within source and epoch.",
        "outcome": "What became of it.",
        "code": "Why, for programs.",
    },
    **dict.fromkeys(("Problem", "Fault"), _PROBLEM),
    "Health": {"status": "Whether the server can do its work.", "reason": "Why it cannot, in words."},
}
