"""Asks by letter how a customer was served: once a case, when the plan says, of those who agreed to such letters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from tantam.desk.cases import joined, outbox
from tantam.desk.cases.act import Act
from tantam.desk.cases.hearing import hears
from tantam.desk.cases.letters import letter
from tantam.desk.cases.models import Actor, Case, CaseEvent
from tantam.desk.cases.quietly import ends_quietly
from tantam.desk.common import addresses, work
from tantam.desk.customers.models import Purpose
from tantam.desk.feedback.models import Rating
from tantam.desk.feedback.questions import question_of
from tantam.desk.plans import ratings
from tantam.desk.plans.ratings import Asked

ASK = "ask_how_it_was"  # work whose payload is {"case": id}
PAGE = "rating"  # the page on which a case is rated; its argument is the link's key


@hears("resolved")
def plan_to_ask(act: Act, event: CaseEvent) -> None:
    """Ask for the letter where the plan has one, and its reader agreed to such letters; nothing of spam."""
    if ends_quietly(event):
        return
    asked = question_of(act.case, act.plan, act.case.language, act.now)
    at = ratings.asked_by_letter(act.plan, asked, act.now) if asked else None
    if at is not None and outbox.may_go(act.case.customer, Purpose.SURVEY.value, act.plan):
        work.due(ASK, f"{ASK}:{event.pk}", {"case": act.case.pk}, at)


@work.handles(ASK)
def ask(payload: Mapping[str, Any]) -> None:
    """Write the letter, if the case is still settled, nobody asked or answered, and it is not too often.

    Of a case that came again it is asked as long after the last settling as after a first one.
    """
    case = Case.objects.filter(pk=payload["case"]).first()
    if case is None:
        return
    with transaction.atomic():
        act = joined.act_on_target(case, Actor.PLAN)
        asked = question_of(act.case, act.plan, act.case.language, act.now)
        settled = act.case.status == Case.Status.RESOLVED and act.case.pk == case.pk
        if asked is None or not settled or not _is_time(act, asked):
            return
        if Rating.objects.filter(case=act.case).exists() or _too_often(act, asked):
            return
        if outbox.may_go(act.case.customer, Purpose.SURVEY.value, act.plan):
            _send(act, asked)


def _send(act: Act, asked: Asked) -> None:
    context = {"question": asked.words, "link": addresses.whole(PAGE, act.case.link_key)}
    words = letter("feedback/letters/how_was_it.txt", act.case, act.plan, context)
    message = outbox.post(act, words, purpose=Purpose.SURVEY.value)
    Rating.objects.create(
        case=act.case,
        survey=asked.survey,
        question=asked.question,
        low=asked.low,
        high=asked.high,
        plan_version=act.plan.row,
        asked_at=act.now,
    )
    act.append("rating_asked", clause=asked.clause, survey=asked.survey, message=message.pk)


def _is_time(act: Act, asked: Asked) -> bool:
    at = ratings.asked_by_letter(act.plan, asked, act.case.resolved_at or act.now)
    return at is not None and at <= act.now


def _too_often(act: Act, asked: Asked) -> bool:
    bound = ratings.seldom(act.plan, asked)
    if bound is None:
        return False
    most, within = bound
    lately = Rating.objects.filter(case__customer=act.case.customer_id, asked_at__gt=act.now - within)
    return lately.count() >= most
