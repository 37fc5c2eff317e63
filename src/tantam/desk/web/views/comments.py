"""Answers a comment where everybody reads it."""

from __future__ import annotations

from django.utils.translation import gettext

from tantam.desk.cases.models import Case
from tantam.desk.comments import actions
from tantam.desk.web.doors import StaffRequest
from tantam.desk.web.views.case import acting


@acting
def answer_it(request: StaffRequest, case: Case) -> str:
    """Post an answer under the newest comment; what it holds that is private must have been said before."""
    given = request.POST
    known, once = given.getlist("known"), given.get("submission", "")[:64] or None
    actions.answer_publicly(case, request.user, given.get("public", ""), knowing=known, submission=once)
    return gettext("It is posted under the comment. Everybody can read it.")
