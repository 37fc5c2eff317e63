"""Drafts to try: the example's plan with a few lines changed, as text or packed as people pack a folder."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

from tantam.desk.plans import RunningPlan, in_force
from tantam.desk.plans.actions import NewDraft, enact, keep_draft
from tantam.desk.plans.bringing import Brought, plan_of, sources_of
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


def enacted(person: Any, old: str, new: str | Callable[[re.Match[str]], str]) -> RunningPlan:
    """Enact the example with words changed wherever a file holds them; return the plan in force then."""
    changed = {name: re.sub(old, new, raw.decode()).encode() for name, raw in files().items()}
    enact(plan_of(*sources_of(Brought("plan.zip", packed(changed)))), person=person)
    return in_force()


def hurried() -> bytes:
    """Return a draft in which a normal case is answered within three minutes."""
    return packed(files(plan=(REPLY, HURRIED)))


def kept(person: Any, title: str = "Trả lời nhanh hơn", raw: bytes | None = None) -> Draft:
    """Return a draft that this person keeps."""
    return keep_draft(person, NewDraft(title, "", Brought("plan.zip", hurried() if raw is None else raw)))
