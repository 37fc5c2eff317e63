"""How the log tells that a request was refused: in one line, for nothing failed; only failures keep their traceback."""

from __future__ import annotations

import logging

FAILURE = 500


class InOneLine(logging.Filter):
    """Takes the traceback off answers below 500."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "status_code", FAILURE) < FAILURE:
            record.exc_info = None
        return True
