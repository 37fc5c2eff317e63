"""Tells a notice outside the app: web push, a mail now or gathered, a webhook; on duty only, each once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone, translation

from tantam.desk import duty, plans
from tantam.desk.accounts.models import Person
from tantam.desk.common import clock, work
from tantam.desk.common.mail_heads import BY_ITSELF
from tantam.desk.common.work import Hopeless, handles
from tantam.desk.notices import hooks, push, words
from tantam.desk.notices.models import Notice, Subscription, Wishes
from tantam.desk.notices.wishes import hook_of, ways, wishes_of

PUSH, MAIL, HOOK = "tell_push", "tell_mail", "tell_hook"
MORNING = 8  # o'clock, when what is gathered over a day is sent
MOST_LINES = 50  # of a mail


def ask(notice: Notice, at: datetime | None) -> None:
    """Ask for the telling of a new notice at `at`, when its reader is on duty; None tells it in the app alone."""
    if at is None:
        return
    wishes = wishes_of(notice.person)
    chosen = ways(wishes, notice.kind)
    if "push" in chosen:
        for pk in Subscription.objects.filter(person=notice.person_id).values_list("pk", flat=True):
            work.due(PUSH, f"{PUSH}:{notice.pk}:{pk}", {"notice": notice.pk, "subscription": pk}, at)
    if "hook" in chosen:
        work.due(HOOK, f"{HOOK}:{notice.pk}", {"notice": notice.pk}, at)
    if "mail" in chosen:
        slot = gathered(at, wishes.mail_every)
        work.due(MAIL, f"{MAIL}:{notice.person_id}:{slot.isoformat()}", {"person": notice.person_id}, slot)


def gathered(at: datetime, every: str) -> datetime:
    """Return when a mail goes out that gathers news: at once, at the next full hour, or on the next morning."""
    if every == Wishes.Every.NOW:
        return at
    local = timezone.localtime(at, _zone())
    if every == Wishes.Every.HOUR:
        return local.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    morning = local.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    return morning if morning > local else morning + timedelta(days=1)


@handles(PUSH)
def tell_push(payload: Mapping[str, Any]) -> None:
    """Push a notice to one browser, unless it was read meanwhile."""
    notice = _to_tell(PUSH, payload)
    subscription = Subscription.objects.filter(pk=int(payload["subscription"])).first()
    if notice is None or subscription is None or subscription.person_id != notice.person_id:
        return
    try:
        push.send(subscription, words.short(notice), topic=str(notice.pk))
    except push.Gone:
        subscription.delete()


@handles(HOOK)
def tell_hook(payload: Mapping[str, Any]) -> None:
    """Send a notice to a webhook, unless it was read or sent meanwhile."""
    notice = _to_tell(HOOK, payload)
    hook = hook_of(notice.person) if notice else None
    if notice is None or hook is None or notice.hooked_at is not None:
        return
    hooks.send(hook, words.short(notice), notice)
    Notice.objects.filter(pk=notice.pk).update(hooked_at=clock.now())


@handles(MAIL)
def tell_mail(payload: Mapping[str, Any]) -> None:
    """Send one mail with everything that its reader did not read and was not sent yet."""
    person = Person.objects.filter(pk=int(payload["person"]), is_active=True).first()
    if person is None or _put_off(MAIL, payload, person):
        return
    wishes = wishes_of(person)
    unread = Notice.objects.filter(person=person, read_at=None, mailed_at=None).select_related("case", "actor")
    found = [each for each in unread.order_by("at")[:MOST_LINES] if "mail" in ways(wishes, each.kind)]
    if not found:
        return
    with translation.override(person.language), timezone.override(_zone()):
        subject, body = words.mail(found)
    if EmailMessage(subject, body, to=[person.email], headers=BY_ITSELF).send() != 1:
        raise Hopeless(f"{person.email} cannot be written to.")
    Notice.objects.filter(pk__in=[each.pk for each in found]).update(mailed_at=clock.now())


def _to_tell(kind: str, payload: Mapping[str, Any]) -> Notice | None:
    """Return the notice if it is still news for somebody who works here and is on duty; else None, put off."""
    related = Notice.objects.select_related("person", "case", "actor", "directive")
    notice = related.filter(pk=int(payload["notice"]), read_at=None, person__is_active=True).first()
    return None if notice is None or _put_off(kind, payload, notice.person) else notice


def _put_off(kind: str, payload: Mapping[str, Any], person: Person) -> bool:
    """Ask for the same when they are on duty again, if they are not now; return whether that was so."""
    now = clock.now()
    if duty.on_shift(person, now):
        return False
    back = duty.next_on_duty(person, now)
    if back is not None and back > now:
        what = ":".join(str(each) for each in payload.values())
        work.due(kind, f"{kind}:{what}:{back.isoformat()}", payload, back)
    return True


def _zone() -> ZoneInfo:
    try:
        return ZoneInfo(plans.in_force().timezone)
    except plans.NoPlan:
        return ZoneInfo(settings.TIME_ZONE)
