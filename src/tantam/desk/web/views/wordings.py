"""Texts that networks approved: the list of them, asking for it anew, and writing to a customer by one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from tantam.desk.cases.models import Case
from tantam.desk.common.numbers import whole
from tantam.desk.customers.contacts import NETWORKS
from tantam.desk.web import wording_words
from tantam.desk.web.case_panels.wordings import PLACE
from tantam.desk.web.doors import StaffRequest, staff
from tantam.desk.web.pages import page
from tantam.desk.web.views.case import acting
from tantam.desk.wordings import access, actions
from tantam.desk.wordings.actions.write import Filled


@require_safe
@staff
def show(request: StaffRequest) -> HttpResponse:
    """Show what networks approved, and what they do not take of it, with the reason."""
    found = list(access.wordings_for(request.user)[: access.MOST_LISTED])
    rows = [
        {
            "wording": each,
            "network": NETWORKS.get(each.network, each.network),
            "purpose": wording_words.purpose(each),
            "language": wording_words.language(each),
            "state": wording_words.state(each),
            "good": each.state == each.State.APPROVED and not each.unfit,
        }
        for each in found
    ]
    read_at = max((each.read_at for each in found), default=None)
    context = {"rows": rows, "read_at": read_at, "has_networks": access.has_networks()}
    return page(request, "web/wordings.html", context)


@require_POST
@staff
def ask_again(request: StaffRequest) -> HttpResponse:
    """Ask the networks now."""
    actions.ask_again(request.user)
    messages.success(request, gettext("The networks are asked. Look again in a moment."))
    return redirect("web:wordings")


@acting
def write_wording(request: StaffRequest, case: Case) -> str:
    """Write to the customer by an approved text, with what was filled in."""
    given = request.POST
    values = {name.removeprefix(PLACE): words for name, words in given.items() if name.startswith(PLACE)}
    once = given.get("submission", "")[:100] or None
    actions.write(case, request.user, Filled(whole(given.get("wording", "")) or 0, values, once))
    return gettext("It goes out by the approved text.")
