"""One case: what was said, who this is, what is owed, what may be granted, and everything one may do."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from tantam.desk import plans
from tantam.desk.accounts.access import colleagues
from tantam.desk.accounts.models import Person
from tantam.desk.cases import actions, mentions
from tantam.desk.cases.access import all_seen, case_for
from tantam.desk.cases.models import Actor, Case
from tantam.desk.claims import actions as claim_actions
from tantam.desk.claims.access import claim_for
from tantam.desk.claims.models import Claim
from tantam.desk.common.errors import Refused
from tantam.desk.common.numbers import whole
from tantam.desk.plans import BadFact, Standing
from tantam.desk.web.case_page import MODES, WITH_LISTS, CaseAsked, Typed, case_page
from tantam.desk.web.doors import StaffRequest, staff
from tantam.desk.web.pages import page

Act = Callable[..., str]


@require_safe
@staff
def show(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the case. Whoever is named in its notes has read them now."""
    case = case_for(request.user, pk)
    if mentions.unread_on(case, request.user):
        actions.read_mentions(case, request.user)
    return _page(request, case)


def _page(request: StaffRequest, case: Case, typed: Typed | None = None) -> HttpResponse:
    if request.plan is None:
        return page(request, "web/no_plan.html", {}, place="inbox")
    prefetch_related_objects([case], *WITH_LISTS)
    mode, tab, since = (request.GET.get(each, "") for each in ("mode", "tab", "seen"))
    before, log = (whole(request.GET.get(each, "")) or None for each in ("before", "log"))
    asked = CaseAsked(request.user, request.LANGUAGE_CODE, typed or Typed(), before, log)
    context = case_page(case, request.plan, asked)
    known = context["told"] if (read := whole(since)) is None else read
    mode = mode or (typed.fields.get("mode", "") if typed else "") or context["writing"].letter.mode
    context |= {
        "news": context["told"] > known,
        "news_since": known,
        "mode": mode if mode in MODES else "reply",
        "tab": tab if tab in ("left", "mid", "right") else "mid",
    }
    return page(request, "web/case.html", context, place="inbox", status=409 if typed else 200)


def acting(act: Act) -> Callable[..., HttpResponse]:
    """Make a view of an act on a case: do it, say so, show the case; refused, show why where it was asked.

    act(request, case, **named) returns what is said when it is done, "" for nothing.
    """

    @require_POST
    @staff
    @wraps(act)
    def view(request: StaffRequest, pk: int, **named: Any) -> HttpResponse:
        case = case_for(request.user, pk)
        try:
            done = act(request, case, **named)
        except (Refused, BadFact) as refused:
            why = refused.sentence() if isinstance(refused, Refused) else _does_not_fit(refused, request)
            fields = {name: value for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}
            verb = "-".join([act.__name__, *map(str, named.values())])
            return _page(request, case_for(request.user, pk), Typed(verb, why, fields))
        if done:
            messages.success(request, done)
        if request.POST.get("back") == "inbox":
            return redirect("web:inbox")
        return redirect(reverse("web:case", args=[pk]))

    return view


def _does_not_fit(bad: BadFact, request: StaffRequest) -> str:
    """Return that what was written is none of what a term admits, in the words of the plan and the reader."""
    label = request.plan.term_label(bad.term, request.LANGUAGE_CODE) if request.plan else bad.term
    said = gettext("“%(written)s” does not fit “%(field)s”.") % {"written": bad.got, "field": label}
    how_long, other = (
        gettext("Write how long, such as 12 days, or leave it empty."),
        gettext("Look at it again, or leave it empty."),
    )
    return f"{said} {how_long if bad.allowed.startswith('duration') else other}"


def seen(request: StaffRequest) -> int | None:
    """Return the last event that whoever pressed had read; None if the form does not say."""
    return whole(request.POST.get("seen", ""))


@acting
def take_it(request: StaffRequest, case: Case) -> str:
    """Take the case."""
    actions.take(case, request.user)
    return gettext("It is yours: %(subject)s") % {"subject": case.subject}


@acting
def hand_it_over(request: StaffRequest, case: Case) -> str:
    """Hand the case to a colleague (`person:ID`) or to a level (`level:NAME`)."""
    kind, _, which = request.POST.get("to", "").partition(":")
    to: Person | str = which
    if kind == "person":
        found = colleagues().filter(pk=whole(which)).first()
        if found is None:
            raise Refused("unknown_level")
        to = found
    actions.hand_over(case, request.user, to, note=request.POST.get("note", ""), seen=seen(request))
    return gettext("Handed over.")


@acting
def escalate_it(request: StaffRequest, case: Case) -> str:
    """Give the case to the level above, by the plan."""
    given = request.POST
    actions.escalate(case, request.user, reason=given.get("reason", "asked"), note=given.get("note", ""))
    return gettext("Given to the level above.")


@acting
def resolve_it(request: StaffRequest, case: Case) -> str:
    """Settle the case with the usual words."""
    actions.resolve(case, request.user, seen=seen(request))
    return gettext("Settled, and the customer is told.")


@acting
def reopen_it(request: StaffRequest, case: Case) -> str:
    """Open a settled case again."""
    actions.reopen(case, by=Actor.PERSON, person=request.user, reason=request.POST.get("note", ""))
    return gettext("Open again, with new promises.")


@acting
def grant_it(request: StaffRequest, case: Case, claim: int) -> str:
    """Grant what the plan answered."""
    found = claim_of(request, case, claim)
    claim_actions.grant(found, request.user, reason=request.POST.get("reason", ""), seen=seen(request))
    return gettext("Granted, and the customer is told.")


@acting
def refuse_it(request: StaffRequest, case: Case, claim: int) -> str:
    """Refuse the claim, with a reason that the customer reads."""
    found = claim_of(request, case, claim)
    claim_actions.refuse(found, request.user, request.POST.get("reason", ""), seen=seen(request))
    return gettext("Refused, and the customer is told why.")


@acting
def prove_it(request: StaffRequest, case: Case, claim: int) -> str:
    """Keep what somebody looked at: facts that were told become checked, and the claim is answered again."""
    found = claim_of(request, case, claim)
    told = {
        name[5:]: value for name, value in request.POST.items() if name.startswith("term-") and name[5:] in found.facts
    }
    facts = plans.version(found.plan_version_id).read(told, Standing.VERIFIED)
    proved = claim_actions.prove(found, facts, person=request.user)
    if proved.state == Claim.State.GRANTED:
        return gettext("Checked. The plan grants it, and the customer is told.")
    return gettext("Checked. The plan answered again.")


def claim_of(request: StaffRequest, case: Case, pk: int) -> Claim:
    """Return a claim of the case, or of one that was joined to it. Raises Http404."""
    claim = claim_for(request.user, pk)
    if claim.case_id not in {each.pk for each in all_seen(request.user, case)}:
        raise Http404
    return claim
