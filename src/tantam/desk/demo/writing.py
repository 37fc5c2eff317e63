"""What the demo's people have ready to write, and what they are writing just now."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from tantam.desk.accounts.models import Person
from tantam.desk.cases.actions import keep_draft, keep_macro
from tantam.desk.cases.macros import WrittenMacro
from tantam.desk.cases.models import Case, Macro


def ready_texts() -> None:
    """Give the team its ready texts, and let a colleague be in the middle of an answer."""
    author = Person.objects.filter(is_active=True).exclude(level="").order_by("pk").first()
    if author is None:
        return
    told = tomllib.loads((files("tantam.desk.demo") / "writing.toml").read_text(encoding="utf-8"))
    for used, each in enumerate(reversed(told["text"])):
        made = keep_macro(
            author,
            WrittenMacro(
                each["name"],
                {lang: each[lang] for lang in ("vi", "de", "en") if lang in each},
                each.get("shortcut", ""),
                each.get("does", []),
                each.get("topics", []),
                each.get("stages", []),
            ),
        )
        Macro.objects.filter(pk=made.pk).update(used=7 * used + 3)
    case = Case.objects.filter(status=Case.Status.OPEN, language="vi").exclude(owner=None).order_by("-id").first()
    if case is not None and case.owner is not None:
        keep_draft(case, case.owner, told["draft"]["vi"])
