"""Drafts to try: the example's plan with a few lines changed, as text or packed as people pack a folder."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from tantam.desk.plans.actions import NewDraft, keep_draft
from tantam.desk.plans.bringing import Brought
from tantam.desk.plans.models import Draft
from tests.support.sources import ROOT

EXAMPLE = ROOT / "plans/ben-xuan"
REPLY = "reply_normal        | first_reply | normal   | -                     |  4 h"
HURRIED = REPLY.replace("4 h", "3 min")


def files(**changed: tuple[str, str]) -> dict[str, bytes]:
    """Return the example's files by name. changed: (old, new) by the stem of a file, such as plan=("4 h", "1 h")."""
    found = {}
    for each in sorted(EXAMPLE.iterdir()):
        text = each.read_text(encoding="utf-8")
        old, new = changed.get(each.stem, ("", ""))
        assert old in text
        found[each.name] = (text.replace(old, new, 1) if old else text).encode()
    return found


def packed(members: Mapping[str, bytes], folder: str = "ben-xuan/") -> bytes:
    """Return a ZIP of the files under a folder."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(folder + name, content)
    return whole.getvalue()


def hurried() -> bytes:
    """Return a draft in which a normal case is answered within three minutes."""
    return packed(files(plan=(REPLY, HURRIED)))


def kept(person: Any, title: str = "Trả lời nhanh hơn", raw: bytes | None = None) -> Draft:
    """Return a draft that this person keeps."""
    return keep_draft(person, NewDraft(title, "", Brought("plan.zip", hurried() if raw is None else raw)))
