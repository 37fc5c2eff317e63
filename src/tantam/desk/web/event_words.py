"""Says what happened in a case, from stored codes and arguments, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as noop

from tantam.desk.accounts.models import Person
from tantam.desk.cases.models import Actor, CaseEvent
from tantam.desk.common import clock, spoken
from tantam.desk.plans import RunningPlan
from tantam.desk.plans import procedures as steps
from tantam.desk.reports import Happened
from tantam.desk.web import (
    assistant_words,
    calendar_words,
    case_words,
    chat_words,
    comment_words,
    mail_words,
    money_words,
    phone_words,
    portal_words,
    request_words,
    routing_words,
    sales_words,
    shared_words,
    vow_words,
)

ICONS = {
    "opened": "inbox",
    "received": "inbox",
    "from_tray": "inbox",
    "called_spam": "cross",
    "cleared_of_spam": "undo",
    "replied": "send",
    "noted": "lock",
    "asked": "ask",
    "taken": "person",
    "handed_over": "swap",
    "escalated": "up",
    "resolved": "check",
    "reopened": "undo",
    "promised": "flag",
    "kept": "check",
    "fulfilled": "check",
    "broken": "cross",
    "withdrawn": "undo",
    "paused": "pause",
    "resumed": "clock",
    "moved_version": "doc",
    "claimed": "box",
    "answered": "doc",
    "granted": "check",
    "refused": "cross",
    "proved": "check",
    "delivered": "mail",
    "held_back": "undo",
    "draft_taken_over": "pen",
    "step_done": "check",
    "step_skipped": "arrow",
    "step_missed": "clock",
    "step_back": "undo",
    "procedure_begun": "flag",
    "procedure_ended": "flag",
}
_SENTENCES = {
    "opened": noop("Came in %(channel)s, given to %(level)s"),
    "received": noop("%(customer)s wrote %(channel)s"),
    "from_tray": noop("%(who)s brought it here from the tray"),
    "called_spam": noop("%(who)s called it spam; nobody was written to"),
    "cleared_of_spam": noop("%(who)s took back that it is spam"),
    "replied": noop("%(who)s replied"),
    "noted": noop("%(who)s left a note"),
    "asked": noop("%(who)s asked %(customer)s; clocks that may pause stand"),
    "taken": noop("%(owner)s takes care of it"),
    "handed_over": noop("%(who)s handed it over to %(owner)s"),
    "escalated": noop("Went up to %(level)s"),
    "resolved": noop("%(who)s settled it"),
    "reopened": noop("Opened again"),
    "promised": noop("Promised: %(what)s by %(due)s"),
    "kept": noop("Kept: %(what)s"),
    "fulfilled": noop("Done after all: %(what)s, %(late)s late"),
    "broken": noop("Broken: %(what)s was due %(due)s"),
    "withdrawn": noop("Withdrawn: %(what)s"),
    "paused": noop("The clock stands: %(what)s, %(left)s left"),
    "resumed": noop("The clock runs again: %(what)s by %(due)s"),
    "moved_version": noop("%(who)s moved it to version %(version)s of the plan"),
    "claimed": noop("%(customer)s asks for: %(policy)s"),
    "answered": noop("The plan answers %(policy)s: %(outcome)s"),
    "granted": noop("%(who)s granted: %(outcome)s"),
    "refused": noop("%(who)s refused: %(policy)s"),
    "proved": noop("%(who)s checked what was told"),
    "delivered": noop("Delivered to %(customer)s"),
    "held_back": noop("A reply did not go out; it waits with its writer"),
    "draft_taken_over": noop("%(who)s writes on what a colleague began"),
}
_SENTENCES |= {
    "step_done": noop("%(who)s did the step: %(step)s"),
    "step_skipped": noop("%(who)s left out the step: %(step)s (%(reason)s)"),
    "step_missed": noop("The step took longer than the plan allows: %(step)s"),
    "step_back": noop("%(who)s went back to the step: %(step)s"),
    "procedure_begun": noop("%(who)s began the procedure: %(procedure)s"),
    "procedure_ended": noop("The procedure ended: %(procedure)s"),
}
_SENTENCES |= shared_words.SENTENCES
ICONS |= shared_words.ICONS
_SENTENCES |= routing_words.SENTENCES
ICONS |= routing_words.ICONS
_SENTENCES |= vow_words.SENTENCES
ICONS |= vow_words.ICONS
_SENTENCES |= calendar_words.SENTENCES
ICONS |= calendar_words.ICONS
_SENTENCES |= phone_words.SENTENCES
ICONS |= phone_words.ICONS
_SENTENCES |= mail_words.SENTENCES
_SENTENCES |= chat_words.SENTENCES
ICONS |= chat_words.ICONS
_SENTENCES |= comment_words.SENTENCES
ICONS |= comment_words.ICONS
ICONS |= mail_words.ICONS
_SENTENCES |= portal_words.SENTENCES
ICONS |= portal_words.ICONS
_SENTENCES |= request_words.SENTENCES
ICONS |= request_words.ICONS
_SENTENCES |= money_words.SENTENCES
ICONS |= money_words.ICONS
_SENTENCES |= sales_words.SENTENCES
ICONS |= sales_words.ICONS
_SENTENCES |= assistant_words.SENTENCES
ICONS |= assistant_words.ICONS
_CAME_IN = noop("Came in")  # where a log does not know how
_CAME_IN_TO = noop("Came in, given to %(level)s")
_CAME_IN_BY = noop("Came in %(channel)s")
_UNTIMED = {"promised": noop("Promised: %(what)s"), "broken": noop("Broken: %(what)s")}  # where a log knows no time
_TO_A_LEVEL = noop("%(who)s gave it to %(level)s")  # handed over, to nobody yet
_TO_OTHERS = noop("%(who)s handed it over")  # as a log says it that knows neither
# What stands between the messages; the messages themselves say the rest.
STORY = (
    shared_words.STORY
    | chat_words.STORY
    | comment_words.STORY
    | mail_words.STORY
    | money_words.STORY
    | request_words.STORY
    | routing_words.STORY
    | vow_words.STORY
    | calendar_words.STORY
    | phone_words.STORY
    | assistant_words.STORY
    | portal_words.STORY
    | sales_words.STORY
    | {
        "called_spam",
        "cleared_of_spam",
        "handed_over",
        "escalated",
        "resolved",
        "reopened",
        "broken",
        "answered",
        "granted",
        "refused",
        "proved",
    }
)


@dataclass(frozen=True, slots=True)
class Said:
    """One event in words. clause: where the plan says so, or "". look: broken, kept or ""."""

    at: datetime
    code: str
    icon: str
    text: str
    clause: str
    look: str


def said(
    events: Iterable[CaseEvent], plan: RunningPlan, customer: str, *, policies: Mapping[int, str] | None = None
) -> list[Said]:
    """Return the events in words, in their order. At most one query, for names.

    customer: what they are called. policies: by claim, where the events do not tell.
    """
    known = list(events)
    names = _names(known)
    asked = {each.args.get("claim"): each.args["policy"] for each in known if each.args.get("policy")}
    return [_said(each, plan, _Known(names, dict(policies or {}) | asked, customer)) for each in known]


def said_of_log(events: Iterable[Happened], plan: RunningPlan, customer: str) -> list[Said]:
    """Return the events of an imported case in words; its people are called as the log calls them."""
    known = list(events)
    people = {each.person_id for each in known} | {str(each.args.get("owner") or "") for each in known}
    names = {each: each.partition("/")[2] or each for each in people if each}
    asked_for = {each.args.get("claim"): each.args["policy"] for each in known if each.args.get("policy")}
    return [_said(each, plan, _Known(names, asked_for, customer)) for each in known]


@dataclass(frozen=True, slots=True)
class _Known:
    """names: of people by id. policies: by claim. customer: what they are called."""

    names: Mapping[Any, str]
    policies: Mapping[int | None, str]
    customer: str


def _names(events: list[CaseEvent]) -> Mapping[Any, str]:
    ids = {pk for each in events for key in ("owner", "owner_before") if (pk := each.args.get(key))}
    ids |= {pk for each in events if each.code == "mentioned" for pk in each.args.get("people", ())}
    ids |= {pk for each in events for pk in routing_words.people(each.args)}
    own = {each.person_id: each.person.name for each in events if each.person_id and each.person}
    missing = ids - own.keys()
    found = dict(Person.objects.filter(pk__in=missing).values_list("pk", "name")) if missing else {}
    return own | found


def _said(event: CaseEvent | Happened, plan: RunningPlan, known: _Known) -> Said:
    given = {"who": _who(event, known), "customer": known.customer, **_arguments(event, plan, known)}
    return Said(
        at=event.at,
        code=event.code,
        icon=ICONS.get(event.code, "doc"),
        text=capfirst(_sentence(event.code, event.args) % given),
        clause=event.clause,
        look={"broken": "t-broken", "kept": "t-kept", "granted": "t-kept"}.get(event.code, ""),
    )


def _who(event: CaseEvent | Happened, known: _Known) -> str:
    match event.actor:
        case Actor.PERSON:
            return known.names.get(event.person_id or 0, gettext("a colleague"))
        case Actor.CUSTOMER:
            return known.customer
        case _:
            return gettext("the plan")


def _arguments(event: CaseEvent | Happened, plan: RunningPlan, known: _Known) -> dict[str, str]:
    """Return the event's arguments in words; what it lacks is said as a dash, so that an old event never fails."""
    args, lang = event.args, get_language() or "en"
    due, policy = args.get("begins") or args.get("due"), known.policies.get(args.get("claim"), args.get("policy") or "")
    outcome = str(args.get("outcome") or "")
    return {
        "what": spoken.inside(case_words.promise(plan, str(args["kind"]), event.clause)) if "kind" in args else "–",
        "due": spoken.instant(datetime.fromisoformat(due), clock.now()) if due else "–",
        "version": str(args.get("version") or "–").partition("-")[0],
        "late": spoken.length(args.get("minutes_late") or 0),
        "left": spoken.length(args.get("minutes") or 0),
        "level": plan.level_label(str(args["level"]), lang) if args.get("level") else "–",
        "owner": known.names.get(args.get("owner") or 0, "–"),
        "policy": plan.policy_label(policy, lang) if policy else "–",
        "outcome": _outcome(plan, policy, outcome, lang),
        "outcome_before": _outcome(plan, policy, str(args.get("outcome_before") or ""), lang),
        "channel": case_words.channel(str(args.get("channel", ""))),
        "step": steps.step_label(plan, event.clause, lang) if "step" in args else "–",
        "procedure": steps.label(plan, str(args["procedure"]), lang) if args.get("procedure") else "–",
        "reason": str(args.get("reason") or "–"),
        **vow_words.arguments(args, plan, lang),
        **calendar_words.arguments(event.code, args),
        **phone_words.arguments(args),
        **portal_words.arguments(args),
        **request_words.arguments(args),
        **sales_words.arguments(args, plan, lang),
    } | (shared_words.arguments(args, known.names, plan, lang) | routing_words.arguments(args, plan, known.names))


def _outcome(plan: RunningPlan, policy: str, outcome: str, lang: str) -> str:
    return plan.outcome_label(policy, outcome, lang) or case_words.outcome(outcome)


def _sentence(code: str, args: Mapping[str, Any]) -> str:
    if code == "opened" and not (args.get("channel") and args.get("level")):
        return _came_in(args)
    if code in _UNTIMED and not args.get("due"):
        return gettext(_UNTIMED[code])
    if told := routing_words.sentence(code, args):
        return told
    if code == "handed_over" and not args.get("owner"):
        return gettext(_TO_A_LEVEL if args.get("level") else _TO_OTHERS)
    tellers = (shared_words, vow_words, calendar_words, mail_words, phone_words, chat_words)
    tellers += (comment_words, assistant_words)
    told = (each.sentence(code, args) for each in tellers)
    known = next((each for each in told if each), "") or _SENTENCES.get(code)
    return gettext(known) if known else case_words.plain(code).replace("%", "%%")


def _came_in(args: Mapping[str, Any]) -> str:
    if args.get("channel"):
        return gettext(_CAME_IN_BY)
    return gettext(_CAME_IN_TO) if args.get("level") else gettext(_CAME_IN)
