"""The log of the server itself: one JSON object a line, without secrets and without the values of variables.

A line break or a terminal sequence in something that was sent stays inside its JSON string.
"""

import re
import sys
from typing import Any, Final

import structlog
from structlog.typing import EventDict, WrappedLogger

_SECRET: Final = re.compile(r"bs_(api|dev)_[0-9A-Za-z_]+|(?<=[Bb]earer )\S+")


def configure() -> None:
    """For the whole process. Data goes to standard output, this to standard error."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _redact,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=_to_stderr,
        cache_logger_on_first_use=False,
    )


def _to_stderr(*_: Any) -> WrappedLogger:
    return structlog.PrintLogger(sys.stderr)


def _redact(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Whatever looks like a token, wherever it got in."""
    return {name: _SECRET.sub("…", value) if isinstance(value, str) else value for name, value in event.items()}
