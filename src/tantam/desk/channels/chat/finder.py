"""Finds the window's script among the static files: it is made of its parts when it is gathered, or asked for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

from tantam.desk.channels.chat import assembling

NAME = "chat/widget.js"


class WidgetFinder(BaseFinder):
    """One file, kept in the installation's folder as it was made last."""

    def check(self, **_given: Any) -> list[Any]:
        """Return nothing: there is nothing to set."""
        return []

    def find(self, path: str, find_all: bool = False, **_given: Any) -> str | list[str]:
        """Return where the script lies; [] for every other file."""
        if path != NAME:
            return []
        made = str(_made() / NAME)
        return [made] if find_all else made

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        """Yield the script and the folder in which it lies."""
        yield NAME, FileSystemStorage(location=_made())


def _made() -> Path:
    """Return the folder, the script in it as its parts are now; as old as the newest of them."""
    folder = Path(settings.HOME) / "made"
    file, changed = folder / NAME, assembling.changed_at()
    if not file.exists() or file.stat().st_mtime != changed:
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_suffix(f".{os.getpid()}")
        fresh.write_text(assembling.widget(), encoding="utf-8")
        os.utime(fresh, (changed, changed))
        fresh.replace(file)  # whoever reads it meanwhile reads it whole
    return folder
