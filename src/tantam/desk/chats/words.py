"""What stands in a chat for what has no words of its own."""

from __future__ import annotations

from collections.abc import Sequence

from tantam.desk.cases.attachments import Brought

MARK = "📎"


def named(files: Sequence[Brought]) -> str:
    """Return the names of files, a line each; "" for none."""
    return "\n".join(f"{MARK} {each.name}" for each in files)
