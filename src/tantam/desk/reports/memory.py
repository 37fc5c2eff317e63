"""What was counted already: figures that many pages show are made once, and kept while they can be true."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime
from typing import Any, TypeVar

T = TypeVar("T")

MOST = 256
_known: OrderedDict[Hashable, Any] = OrderedDict()
_guard = threading.Lock()


def this_minute(what: str, of: Hashable, now: datetime, make: Callable[[], T]) -> T:
    """Return what was made in this minute for the same thing, else make it. of: all that the answer depends on."""
    key = (what, of, now.replace(second=0, microsecond=0))
    with _guard:
        if key in _known:
            _known.move_to_end(key)
            return _known[key]  # type: ignore[no-any-return]
    made = make()
    with _guard:
        _known[key] = made
        while len(_known) > MOST:
            _known.popitem(last=False)
    return made


def forget() -> None:
    """Let everything be made anew."""
    with _guard:
        _known.clear()
