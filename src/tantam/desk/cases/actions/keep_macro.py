"""Keep, change, take away and bring back texts ready to send."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core import signing
from django.db import transaction

from tantam.desk import plans
from tantam.desk.accounts.access import works_here
from tantam.desk.accounts.models import Person
from tantam.desk.cases import macros
from tantam.desk.cases.macros import WrittenMacro
from tantam.desk.cases.models import Macro
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused

SALT = "tantam.macro"
LONG_ENOUGH = 24 * 3600  # seconds in which what was taken away can be brought back
_KEPT = ("name", "shortcut", "texts", "does", "topics", "stages", "used")


def keep_macro(person: Person, written: WrittenMacro, macro: Macro | None = None) -> Macro:
    """Return the text as it was written; macro: the one that is changed, None for a new one.

    Raises Refused: macro_unnamed, macro_empty, macro_place, macro_place_unknown, macro_brace, macro_step, too_long,
    macro_not_yours, not_allowed.
    """
    _refuse_strangers(person, macro)
    name = written.name.strip()[:80]
    texts = {lang: text.replace("\r\n", "\n").strip() for lang, text in written.texts.items() if text.strip()}
    if not name:
        raise Refused("macro_unnamed")
    if not texts and not written.does:
        raise Refused("macro_empty")
    for lang, text in texts.items():
        if len(text) > macros.MOST_CHARACTERS:
            raise Refused("too_long", most=macros.MOST_CHARACTERS)
        macros.refuse_wrong_places(text, lang)
    kept = macro or Macro(made_by=person)
    kept.name, kept.texts, kept.does = name, texts, _steps(written.does)
    kept.shortcut = written.shortcut.strip().lstrip("/").replace(" ", "-")[:24]
    kept.topics, kept.stages = list(written.topics), list(written.stages)
    kept.owner, kept.changed_at = person if written.personal else None, clock.now()
    kept.save()
    return kept


def delete_macro(macro: Macro, person: Person) -> str:
    """Take a text away; return what brings it back, signed. Raises Refused: macro_not_yours, not_allowed."""
    _refuse_strangers(person, macro)
    told: dict[str, Any] = {name: getattr(macro, name) for name in _KEPT}
    told |= {"owner": macro.owner_id, "made_by": macro.made_by_id, "id": macro.pk}
    macro.delete()
    return signing.dumps(told, salt=SALT, compress=True)


def restore_macro(person: Person, signed: str) -> Macro:
    """Return the text that was taken away, as it was. Raises Refused: no_such_macro, not_allowed."""
    _refuse_strangers(person, None)
    try:
        told = signing.loads(signed, salt=SALT, max_age=LONG_ENOUGH)
    except signing.BadSignature as bad:
        raise Refused("no_such_macro") from bad
    with transaction.atomic():
        fields = {name: told[name] for name in _KEPT}
        fields |= {"owner_id": told["owner"], "made_by_id": told["made_by"], "changed_at": clock.now()}
        kept, _ = Macro.objects.get_or_create(pk=told["id"], defaults=fields)
    return kept


def _refuse_strangers(person: Person, macro: Macro | None) -> None:
    if not works_here(person):
        raise Refused("not_allowed")
    if macro is not None and macro.owner_id not in (None, person.pk):
        raise Refused("macro_not_yours", owner=macro.owner.name if macro.owner else "")


def _steps(does: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return what it does, each once and in the order of STEPS, only what the plan in force knows."""
    plan = plans.in_force()
    for each in does:
        wrong = each.get("do") not in macros.STEPS
        wrong |= each.get("do") == "level" and each.get("level") not in plan.levels()
        wrong |= each.get("do") == "fill" and not plan.known({str(each.get("term")): ""})
        if wrong:
            raise Refused("macro_step", got=str(each.get("level") or each.get("term") or each.get("do")))
    return sorted((dict(each) for each in does), key=lambda each: macros.STEPS.index(each["do"]))
