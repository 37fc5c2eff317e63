"""The folder that editions are written to: knows what the last run put there, and takes away what no longer holds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath

LIST = ".published.json"  # {path: hash} of what the last run wrote


@dataclass(frozen=True, slots=True)
class Swept:
    """What became of files of an earlier run that this one did not write. kept: changed since by somebody's hand."""

    removed: tuple[Path, ...] = ()
    kept: tuple[Path, ...] = ()


def put(folder: Path, path: str, content: str | bytes) -> tuple[Path, str]:
    """Write one file whole, or not at all; return where it is and its hash. Raises OSError."""
    data = content.encode() if isinstance(content, str) else content
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.part")
    try:
        beside.write_bytes(data)
        beside.replace(file)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    return file, sha256(data).hexdigest()


def sweep(folder: Path, written: Mapping[str, str]) -> Swept:
    """Take away what the last run wrote and this one did not, unless it was changed since; then list what is there.

    Files that no run wrote are never touched. written: {path: hash}. Raises OSError.
    """
    removed, kept = [], []
    for path, mark in _listed(folder).items():
        file = folder / path
        if path in written or not file.is_file():
            continue
        if sha256(file.read_bytes()).hexdigest() != mark:
            kept.append(file)
            continue
        file.unlink()
        removed.append(file)
        _without_empty(file.parent, folder)
    put(folder, LIST, json.dumps(dict(sorted(written.items())), indent=1) + "\n")
    return Swept(tuple(removed), tuple(kept))


def _listed(folder: Path) -> dict[str, str]:
    """The last run's list; nothing where there is none, or where somebody made it point elsewhere."""
    try:
        found = json.loads((folder / LIST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {path: mark for path, mark in found.items() if isinstance(mark, str) and _is_inside(path)}


def _is_inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and ".." not in parts and not PurePosixPath(path).is_absolute()


def _without_empty(at: Path, top: Path) -> None:
    while at != top and not any(at.iterdir()):
        at.rmdir()
        at = at.parent
