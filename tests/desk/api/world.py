"""A desk with one of everything that an address of the interface names, and a token that may do all."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tantam.desk.accounts.models import Person, Role
from tantam.desk.api import scopes
from tantam.desk.api.actions import NewToken, make_token
from tantam.desk.cases import actions
from tantam.desk.cases.attachments import bring
from tantam.desk.cases.macros import WrittenMacro
from tantam.desk.cases.models import BulkRun, Case, SavedView, Tag
from tantam.desk.cases.vows import Vow
from tantam.desk.claims.actions import ask_approval, file_claim
from tantam.desk.common import clock
from tantam.desk.common.money import Money
from tantam.desk.customers.models import Contact, Customer, PostalAddress
from tantam.desk.duty.actions import Away, be_away
from tantam.desk.plans.models import Directive, Replay
from tests.support import desk
from tests.support.drafts import kept


def token_of(person: Person, *wanted: str, **more: Any) -> str:
    """Return the secret of a new token of this person."""
    return make_token(person, NewToken("a program", wanted or scopes.ALL, **more))[1]


def administrator() -> Person:
    """Return who may do everything."""
    return Person.objects.create(
        email="an@desk.example", name="An", level="manager", role=Role.ADMINISTRATOR, password="!", undo_seconds=0
    )


def furnish(hoa: Customer, staff: Any, by: Person) -> dict[str, Any]:
    """Return {name of a parameter in an address: what it may be}."""
    case, other = desk.opened(hoa), desk.opened(hoa)
    claim = file_claim(desk.concern(hoa), policy="exchange")
    approval = ask_approval(claim, staff.agent, "Kulanz", amount=Money(50_000_000, "VND"))
    return (
        _of_case(case, other, by)
        | _of_customer(hoa)
        | _of_plan(by, staff)
        | {
            "claim": claim.pk,
            "grant": 1,
            "approval": approval.pk,
            "run": BulkRun.objects.create(person=by, verb="note", at=clock.now()).pk,
            "view": SavedView.objects.create(name="Mine", query="owner:me", person=by).pk,
            "parting": 1,
            "notice": 1,
            "step": 1,
            "mode": "reply",
            "source": "shop",
            "number": "1",
        }
    )


def _of_case(case: Case, other: Case, by: Person) -> dict[str, Any]:
    promised = actions.promise(case, by, Vow(words="Call", due=clock.now() + timedelta(days=1)))
    tag = actions.tag(case, by, "urgent")
    brought = bring([("a.txt", [b"words"])])
    draft = actions.keep_draft(case, by, "Dear", files=brought)
    assert draft is not None and isinstance(tag, Tag)
    macro = actions.keep_macro(by, WrittenMacro("Hello", {"vi": "Chào"}))
    return {
        "case": str(case.pk),
        "key": case.link_key,
        "promise": promised.pk,
        "pin": actions.pin(case, by, "Look").pk,
        "tag": tag.pk,
        "link": actions.link(case, by, other).pk,
        "draft": draft.pk,
        "file": draft.attachments.get().pk,
        "macro": macro.pk,
    }


def _of_customer(hoa: Customer) -> dict[str, Any]:
    return {
        "customer": hoa.pk,
        "contact": Contact.objects.filter(customer=hoa).latest("pk").pk,
        "place": PostalAddress.objects.create(customer=hoa, lines="1 Lê Lợi").pk,
        "membership": 1,
    }


def _of_plan(by: Person, staff: Any) -> dict[str, Any]:
    now = clock.now()
    away = be_away(staff.colleague, by, Away(now, now + timedelta(days=2)))
    Directive.objects.create(
        number=1, title="t", overlay="{}", reason="r", begins_at=now, ends_at=now + timedelta(days=1), made_at=now
    )
    draft = kept(by)
    replay = Replay.objects.create(
        draft=draft, against_id=1, since=now - timedelta(days=9), until=now, source="desk", made_at=now
    )
    return {"absence": away.pk, "number": 1, "id": replay.pk, "name": "promises_kept"}
