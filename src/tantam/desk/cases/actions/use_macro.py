"""Use a ready text on a case: its words go onto one's sheet, and what it does besides is done, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from tantam.desk.accounts.models import Person
from tantam.desk.cases import macros
from tantam.desk.cases.act import act_on
from tantam.desk.cases.actions.fill_in import fill_in
from tantam.desk.cases.actions.hand_over import hand_over
from tantam.desk.cases.actions.keep_draft import keep_draft
from tantam.desk.cases.actions.snooze import snooze
from tantam.desk.cases.actions.tag import tag
from tantam.desk.cases.actions.take import take
from tantam.desk.cases.macros import Filled
from tantam.desk.cases.models import Actor, Case, Draft, Macro
from tantam.desk.common import clock


def use_macro(case: Case, person: Person, macro: Macro, *, body: str = "", mode: str = "reply") -> Filled:
    """Return the words that were put behind `body`, what is being written.

    A text that asks or settles makes the sheet a question or an answer that settles; nothing is sent by it.
    Raises what its steps raise: Refused, BadFact; then nothing is done.
    """
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, person)
        said = macros.filled(macro, act.case, person, act.plan)
        asks = any(each["do"] == "ask" for each in macro.does)
        together = "\n\n".join(filter(None, (body.rstrip(), said.text)))
        draft = keep_draft(act.case, person, together, mode="ask" if asks else mode)
        if draft is not None and any(each["do"] == "settle" for each in macro.does):
            Draft.objects.filter(pk=draft.pk).update(settles=True)
        for each in macro.does:
            _do(act.case, person, each)
        count(macro)
        return said


def count(macro: Macro) -> None:
    """Count that a text was used."""
    Macro.objects.filter(pk=macro.pk).update(used=F("used") + 1)


def _do(case: Case, person: Person, step: Mapping[str, Any]) -> None:
    match step["do"]:
        case "take" if case.owner_id != person.pk:
            take(case, person)
        case "tag":
            tag(case, person, str(step["tag"]))
        case "fill":
            fill_in(case, person, {str(step["term"]): str(step["value"])})
        case "level":
            hand_over(case, person, str(step["level"]))
        case "snooze":
            days = step.get("days")
            snooze(case, person, clock.now() + timedelta(days=int(days)) if days else None)
