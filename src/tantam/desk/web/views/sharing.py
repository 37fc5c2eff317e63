"""What colleagues do with a case together: watch, pin, tag, link, put to sleep, fill in, undo what was joined."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tantam.desk.cases import actions, mentions
from tantam.desk.cases.access import case_for, tags_for
from tantam.desk.cases.models import Case, CaseLink, Parting, Pin, Tag
from tantam.desk.cases.tags import key
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.plans import fields
from tantam.desk.web.doors import StaffRequest, staff
from tantam.desk.web.leaves import leaf
from tantam.desk.web.pages import page
from tantam.desk.web.views.case import acting, seen

MOST_TAGS = 50
MOST_MENTIONS = 100
UNTIL_WORD = "word"


@acting
def watch_it(request: StaffRequest, case: Case) -> str:
    """Watch the case."""
    actions.watch(case, request.user)
    return gettext("You hear of it when something happens here.")


@acting
def reveal_contacts_it(request: StaffRequest, case: Case) -> str:
    """Show a provider's person how the customer is reached; it is noted who asked."""
    actions.reveal_contacts(case, request.user)
    return gettext("Shown for half an hour. It is noted that you asked.")


@acting
def unwatch_it(request: StaffRequest, case: Case) -> str:
    """Watch the case no longer."""
    actions.unwatch(case, request.user)
    return gettext("You no longer watch it.")


@acting
def pin_it(request: StaffRequest, case: Case) -> str:
    """Pin a highlight or an open question on top."""
    kind = request.POST.get("kind", "")
    known = kind if kind in Pin.Kind.values else Pin.Kind.HIGHLIGHT
    actions.pin(case, request.user, request.POST.get("words", ""), kind=known)
    return gettext("Pinned on top.")


@acting
def settle_it(request: StaffRequest, case: Case, pin: int) -> str:
    """Settle an open question with what was learned."""
    actions.settle_pin(_pin(case, pin), request.user, request.POST.get("learned", ""))
    return gettext("Settled. The answer stands with the question.")


@acting
def unpin_it(request: StaffRequest, case: Case, pin: int) -> str:
    """Take a pin off."""
    actions.unpin(_pin(case, pin), request.user)
    return gettext("Taken off.")


@acting
def snooze_it(request: StaffRequest, case: Case) -> str:
    """Put the case to sleep until an instant, a local time, or the customer's word."""
    until = request.POST.get("until", "")
    actions.snooze(case, request.user, _until(request, until), seen=seen(request))
    return gettext("It sleeps. What is owed goes on, and wakes it in time.")


@acting
def wake_it(request: StaffRequest, case: Case) -> str:
    """Wake the case."""
    actions.wake(case, request.user)
    return gettext("It is awake.")


@acting
def tag_it(request: StaffRequest, case: Case) -> str:
    """Put a tag on the case."""
    tag = actions.tag(case, request.user, request.POST.get("name", ""))
    return gettext("Tagged %(tag)s.") % {"tag": tag.name}


@acting
def untag_it(request: StaffRequest, case: Case, tag: int) -> str:
    """Take a tag off the case."""
    actions.untag(case, request.user, get_object_or_404(Tag, pk=tag, cases__case=case))
    return gettext("Taken off.")


@acting
def link_it(request: StaffRequest, case: Case) -> str:
    """Link the case with another one, named by its reference."""
    kind = request.POST.get("kind", "")
    known = kind if kind in CaseLink.Kind.values else CaseLink.Kind.RELATED
    other = named(request, request.POST.get("other", ""))
    actions.link(case, request.user, other, known)
    return gettext("Linked. Both cases show it.")


@acting
def unlink_it(request: StaffRequest, case: Case, link: int) -> str:
    """Take a link off."""
    found = CaseLink.objects.select_related("case", "other").filter(pk=link).first()
    if found is None or case.pk not in (found.case_id, found.other_id):
        raise Http404
    actions.unlink(found, request.user)
    return gettext("Taken off.")


@acting
def fill_in_it(request: StaffRequest, case: Case) -> str:
    """Fill in what the plan's terms ask; only what was changed on the page is sent on."""
    assert request.plan is not None
    today = timezone.localtime(clock.now()).date()
    told: dict[str, str] = {}
    for name in request.POST:
        term = name.removeprefix("term-")
        if name.startswith("term-") and request.plan.known({term: name}):
            written = ", ".join(request.POST.getlist(name)).strip()
            if written or term in case.fields:
                told[term] = fields.as_told(request.plan, term, written, today)
    actions.fill_in(case, request.user, told, seen=seen(request))
    return gettext("Noted on the case.")


@acting
def unmerge_it(request: StaffRequest, case: Case, joined: int) -> str:
    """Undo that a case was joined to this one, or this one to another."""
    actions.unmerge(case if joined == case.pk else case_for(request.user, joined), request.user)
    return gettext("Apart again. What was written to it meanwhile went back with it.")


@acting
def unpart_it(request: StaffRequest, case: Case, parting: int) -> str:
    """Bring the messages of a parting back."""
    found = Parting.objects.select_related("case", "new_case").filter(pk=parting).first()
    if found is None or case.pk not in (found.case_id, found.new_case_id):
        raise Http404
    actions.unpart(found, request.user)
    return gettext("The messages are back.")


@require_safe
@staff
def tags(request: StaffRequest) -> HttpResponse:
    """Show tags that begin like what was typed, as options for completing it."""
    asked = key(request.GET.get("name", ""))
    used = tags_for(request.user).filter(folded__startswith=asked).order_by("folded")[:MOST_TAGS]
    return page(request, "web/tags.html", {"tags": used}, place="inbox")


@require_safe
@staff
def named_me(request: StaffRequest) -> HttpResponse:
    """Show the notes that name whoever asks, unread first."""
    found = leaf(mentions.of(request.user), request.GET, most=MOST_MENTIONS)
    found = replace(found, rows=sorted(found, key=lambda each: each.read_at is not None))
    return page(request, "web/mentions.html", {"mentions": found}, place="inbox")


def named(request: StaffRequest, reference: str) -> Case:
    """Return the case that somebody wrote by its reference, or by its address. Raises Refused("unknown_case")."""
    written = reference.strip().rstrip("/").rpartition("/")[2]
    try:
        return case_for(request.user, written) if written else _unknown(reference)
    except Http404:
        return _unknown(reference)


def _unknown(reference: str) -> Case:
    raise Refused("unknown_case", got=reference.strip()[:40])


def _pin(case: Case, pk: int) -> Pin:
    return get_object_or_404(Pin.objects.select_related("case"), pk=pk, case=case)


def _until(request: StaffRequest, until: str) -> datetime | None:
    """Return the instant that was chosen: of a button, or the time that was written in the company's zone."""
    if until == UNTIL_WORD:
        return None
    try:
        at = datetime.fromisoformat(until or request.POST.get("at", ""))
        return at if at.tzinfo else timezone.make_aware(at)
    except (ValueError, OverflowError) as wrong:
        raise Refused("not_ahead") from wrong
