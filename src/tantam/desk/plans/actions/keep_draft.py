"""Keep a draft to try: read what was brought, check it, freeze it. Nothing in it is put in force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import transaction

from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.common.locks import one_at_a_time
from tantam.desk.plans.actions.enact import findings_of
from tantam.desk.plans.bringing import Brought, plan_of, sources_of
from tantam.desk.plans.findings import stored
from tantam.desk.plans.models import MOST_NOTE, MOST_TITLE, Draft
from tantam.plan import sections
from tantam.plan.errors import PlanHasFindings, Severity

if TYPE_CHECKING:
    from tantam.desk.accounts.models import Person


@dataclass(frozen=True, slots=True)
class NewDraft:
    """title: how people call it. note: why, or "". brought: what it is to be read from."""

    title: str
    note: str
    brought: Brought


def keep_draft(person: Person, new: NewDraft) -> Draft:
    """Return the draft; kept twice by the same person under the same title, it is one.

    Raises Refused; PlanUnreadable and PlanHasFindings with all findings. Warnings are kept with it.
    """
    if not person.manages:
        raise Refused("not_allowed")
    if not new.title.strip():
        raise Refused("draft_untitled")
    plan = plan_of(*sources_of(new.brought))
    now = clock.now()
    findings = findings_of(plan, now)
    if any(each.severity is Severity.ERROR for each in findings):
        raise PlanHasFindings(findings)
    title, note = new.title.strip()[:MOST_TITLE], new.note.strip()[:MOST_NOTE]
    with transaction.atomic():
        one_at_a_time(f"draft:{person.pk}")
        kept = Draft.objects.filter(made_by=person, hash=plan.hash, title=title, note=note).first()
        return kept or Draft.objects.create(
            title=title,
            note=note,
            hash=plan.hash,
            frozen=sections.freeze(plan, today=now.astimezone(ZoneInfo(plan.zone)).date()),
            findings=stored(findings),
            made_at=now,
            made_by=person,
        )
