"""The desk as a WSGI application whose clock stands at TANTAM_STANDS_AT: for pictures that look the same tomorrow."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from tantam.desk.common import clock
from tantam.desk.wsgi import application as desk

INSTANT = datetime.fromisoformat(os.environ["TANTAM_STANDS_AT"])


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answer one request as if it came at that instant."""
    with clock.set_to(INSTANT):
        return list(desk(environ, start_response))
