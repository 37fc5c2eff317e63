"""The private page of a case: what was said, answered and promised; reply, reopen, settle. Notes never."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import OperationalError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from tantam.desk.cases.access import case_by_link
from tantam.desk.cases.actions import ask_higher, receive, settle
from tantam.desk.cases.actions.ask_higher import unanswered
from tantam.desk.cases.attachments import attachment_by_link
from tantam.desk.cases.helping import beside_no, until_then
from tantam.desk.cases.joined import same_customer
from tantam.desk.cases.links import private_link
from tantam.desk.cases.models import Case, Message
from tantam.desk.claims import evidence
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.common.numbers import whole
from tantam.desk.customers import address, contacts
from tantam.desk.files import serving
from tantam.desk.plans import RunningPlan, ways
from tantam.desk.portal import guard, photos, sent
from tantam.desk.portal.decision import decision_on
from tantam.desk.portal.forms import WordsForm
from tantam.desk.portal.how_it_was import how_it_was
from tantam.desk.portal.pages import language_of, page, private, with_plan
from tantam.desk.portal.progress import MOST_SAID, Answered, answer_of, conversation, owner_of, steps
from tantam.desk.portal.quote import quote_on
from tantam.desk.portal.turned import turned_of
from tantam.desk.procedures.course import course_of
from tantam.desk.visitors import proving
from tantam.desk.visitors.actions import ask_in

FRESH = timedelta(minutes=15)


@dataclass(frozen=True)
class Refusal:
    """What was said to a decision and not taken in. code, sentence: why; words: what was written."""

    code: str
    sentence: str
    words: str


@dataclass(frozen=True)
class Visit:
    """Somebody at the private page of a case. refusal, of_quote: of what they just said to decision and quote."""

    request: HttpRequest
    plan: RunningPlan
    case: Case
    refusal: Refusal | None = None
    of_quote: Refusal | None = None


@never_cache
@require_safe
@with_plan
def case(request: HttpRequest, plan: RunningPlan, key: str) -> HttpResponse:
    """Show the case whose private link this is."""
    return shown(Visit(request, plan, case_by_link(key)))


@csrf_exempt  # whoever checks it reads the request; first it is said which files that may hold, then checked
@never_cache
@require_POST
@with_plan
def write(request: HttpRequest, plan: RunningPlan, key: str) -> HttpResponse:
    """Take in what the customer adds; a resolved case is open again with it."""
    photos.receive(request)
    return csrf_protect(_write)(request, plan, key)


@never_cache
@require_safe
def file(request: HttpRequest, key: str, pk: int) -> FileResponse:
    """Answer with a file that was said with the case whose private link this is."""
    found = attachment_by_link(key, pk)
    assert found.blob is not None
    return serving.answer(found.blob, found.name)


@never_cache
@require_safe
def small(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Answer with a small picture of one."""
    found = attachment_by_link(key, pk)
    assert found.blob is not None
    return serving.small(found.blob)


def _write(request: HttpRequest, plan: RunningPlan, key: str) -> HttpResponse:
    found, brought = case_by_link(key), photos.of(request)
    form = WordsForm(request.POST)
    unanswered = found.last_direction == Message.Direction.INCOMING  # "Yes, please." to another question is another
    submission = (sent if unanswered else guard).submission_of(request)
    status = 422
    if form.is_valid() and request.POST.get(guard.TRAP, "").strip():
        form.add_error(None, str(guard.SAID[guard.Stop.TRAPPED]))
    if form.is_valid() and not brought.refused:
        try:
            guard.count_written(request, found.link_key)
            body, way = form.cleaned_data["body"], ways.way_in(plan, ways.WEB)
            photos.keep(receive(found, body, channel=way, submission=submission), brought)
        except (Refused, OperationalError) as stopped:
            status, words = guard.why_not(stopped)
            form.add_error(None, words)
        else:
            back = private(redirect(reverse("portal:case", args=[found.link_key]) + "#last"))
            return sent.remember(back, request, submission)
    return _shown(Visit(request, plan, found), form, guard.seal(submission), status=status, brought=brought)


@never_cache
@require_POST
@with_plan
def settled(request: HttpRequest, plan: RunningPlan, key: str) -> HttpResponse:
    """Take the customer's word that their concern is settled."""
    found = case_by_link(key)
    with suppress(Refused):  # it is settled already: that is what they wanted
        settle(found)
    return private(redirect("portal:case", found.link_key))


@never_cache
@require_POST
@with_plan
def higher(request: HttpRequest, plan: RunningPlan, key: str) -> HttpResponse:
    """Take the customer's wish that somebody higher looks at it."""
    found = case_by_link(key)
    with suppress(Refused):  # it is at the top, or settled: the page says where it stands
        ask_higher(found)
    return private(redirect(reverse("portal:case", args=[found.link_key]) + "#higher"))


@never_cache
@require_POST
@with_plan
def confirm(request: HttpRequest, plan: RunningPlan, key: str) -> HttpResponse:
    """Take the word of who opened a mailed link that the address is theirs, and mail the link to all their requests."""
    found = case_by_link(key)
    mail = proving.confirm(found, request.POST.get(proving.MARK, ""))
    if not mail:
        return private(redirect("portal:case", found.link_key))
    ask_in(mail, language_of(request, plan))
    return private(redirect("portal:mine_asked"))


def shown(visit: Visit, *, status: int = 200) -> HttpResponse:
    """Return the page with empty forms."""
    return _shown(visit, WordsForm(), guard.seal(), status=status)


def _shown(
    visit: Visit, form: WordsForm, seal: guard.Seal, *, status: int = 200, brought: photos.Photos | None = None
) -> HttpResponse:
    request, plan, found = visit.request, visit.plan, visit.case
    lang, now = language_of(request, plan), clock.now()
    cases = same_customer(found)
    answer = answer_of(cases, lang)
    mark = request.GET.get(proving.MARK, "")
    before, files = whole(request.GET.get("before", "")), photos.of_messages(cases)
    said = conversation(cases, plan.company(lang), you=_("You"), files=files, before=before)
    context: dict[str, Any] = {
        "case": found,
        "answer": answer,
        "decision": decision_on(answer.claim, found, plan, lang) if answer else None,
        "turned": turned_of(answer.claim, lang) if answer else None,
        "refusal": visit.refusal,
        "offered": quote_on(cases, plan, lang),
        "quote_refusal": visit.of_quote,
        "how": how_it_was(found, plan, lang, now),
        "proofs": evidence.missing(answer.claim, lang) if answer else (),
        "looked_at": evidence.looked_at(answer.claim, lang) if answer else None,
        "no": _no(found, answer, plan, lang),
        "first_aid": "" if found.status == Case.Status.RESOLVED else until_then(found, plan, lang),
        "course": course_of(cases, now, lang),
        "steps": steps(cases, now, lang),
        "messages_said": said[-MOST_SAID:],
        "earlier": said[-MOST_SAID].pk if len(said) > MOST_SAID else None,
        "owner": owner_of(found),
        "fresh": now - found.opened_at < FRESH,
        "called": address.called(found.customer, lang),
        "by_mail": bool(contacts.mail_of(found.customer)),
        "link": private_link(found),
        "mark": mark,
        "mailed_to": proving.mailed_to(found, mark) if mark else "",
        "form": form,
        "photos": brought or photos.Photos(),
        "seal": seal,
        "trap": guard.TRAP,
        "resolved": found.status == Case.Status.RESOLVED,
        "higher": plan.next_level(found.level, "asked") is not None,
        "asked_higher": unanswered(found),
        "can_settle": any(each.direction == "outgoing" and each.by_person for each in said),
        "waiting": found.status == Case.Status.WAITING,
    }
    return private(page(request, "portal/case.html", plan, context, status=status))


def _no(case: Case, answer: Answered | None, plan: RunningPlan, lang: str) -> Mapping[str, Any] | None:
    """Return what is told with a no that stands, by a policy or a limit: what we can do, and who decides next."""
    said_no = answer.tone == "no" if answer else bool(case.limit_rule)
    return beside_no(case, plan, lang) if said_no and case.status != Case.Status.RESOLVED else None
