"""Who a case went to and why, its way up and down, and requests for approval, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, ngettext, override
from django.utils.translation import gettext_noop as noop

from tantam.desk.claims.models import Approval
from tantam.desk.common import clock, spoken
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.providers import called

SENTENCES = {
    "offered": noop("Offered: %(fits)s"),
    "graded": noop("%(who)s: this is %(severity)s, not %(severity_before)s"),
    "provided": noop("Now with %(provider)s"),
    "errand_asked": noop("%(who)s handed it to %(provider)s"),
    "errand_late": noop("%(provider)s did not answer in time"),
    "errand_ended": noop("Back from %(provider)s"),
    "quality_drawn": noop("Drawn to be reviewed"),
    "quality_reviewed": noop("%(who)s looked at how it went"),
    "deescalated": noop("%(who)s gave it back down to %(level)s"),
    "approval_asked": noop("%(who)s asks %(level)s to approve: %(policy)s %(amount)s"),
    "approval_given": noop("%(who)s approved what %(asked_by)s asked for %(amount)s"),
    "approval_refused": noop("%(who)s did not approve what %(asked_by)s asked for"),
    "approval_withdrawn": noop("Approval is no longer asked for"),
    "approval_expired": noop("Nobody decided on the approval in time"),
    "approval_passed_up": noop("Nobody decided on the approval yet: it went on to %(level)s"),
}
ICONS = {
    "offered": "people",
    "graded": "flag",
    "provided": "swap",
    "errand_asked": "out",
    "errand_late": "clock",
    "errand_ended": "inbox",
    "quality_drawn": "search",
    "quality_reviewed": "search",
    "deescalated": "undo",
    "approval_asked": "ask",
    "approval_given": "check",
    "approval_refused": "cross",
    "approval_withdrawn": "undo",
    "approval_expired": "clock",
    "approval_passed_up": "up",
}
STORY = frozenset(SENTENCES) - {"offered", "quality_drawn", "quality_reviewed"}
UP = {
    "missed": noop("Went up to %(level)s, because a promise was broken"),
    "soon": noop("Went up to %(level)s, because a promise is nearly due"),
    "unmoved": noop("Went up to %(level)s, because nobody moved it"),
    "severity": noop("Went up to %(level)s, which handles cases as severe as this"),
    "authority": noop("Went up to %(level)s, which may decide more"),
    "knowledge": noop("Went up to %(level)s, which knows more about this"),
    "asked": noop("Went up to %(level)s, because %(customer)s asked for somebody higher"),
}
REASONS = {
    "asked": noop("the customer asks for somebody higher"),
    "authority": noop("it is beyond my authority"),
    "knowledge": noop("somebody else knows more about this"),
    "severity": noop("it is graver than it looked"),
}
MOVED = {
    "away": noop("%(owner)s stands in: %(before)s is away until %(until)s"),
    "alone": noop("Back to %(level)s: %(before)s is away until %(until)s, and nobody stands in"),
    "back": noop("Back to %(owner)s, who had it before"),
    "down": noop("%(owner)s has it again"),
    "down_alone": noop("Waits at %(level)s for whoever takes it"),
}
GIVEN = noop("Given to %(fits)s")
STATES = {
    "waiting": noop("waits for a decision"),
    "approved": noop("approved"),
    "changed": noop("approved in part"),
    "refused": noop("not approved"),
    "withdrawn": noop("no longer asked"),
    "expired": noop("ran out"),
}
_LACKS = {
    "language": noop("does not write this language"),
    "topic": noop("another topic"),
    "room": noop("has as many cases as they may"),
    "provider": noop("of another provider"),
}
_SPEAKS = {"vi": noop("writes Vietnamese"), "de": noop("writes German"), "en": noop("writes English")}


def sentence(code: str, args: Mapping[str, Any]) -> str:
    """Return the sentence, with its places, of an event that says more than its code; "" for any other."""
    if args.get("fit") and code in ("taken", "handed_over"):
        return gettext(GIVEN)
    if code == "escalated" and args.get("reason") in UP:
        return gettext(UP[args["reason"]])
    if code == "handed_over" and (moved := str(args.get("because") or "")) in ("away", "back", "down"):
        alone = {"away": "alone", "down": "down_alone"}.get(moved, moved)
        return gettext(MOVED[moved if args.get("owner") else alone])
    return ""


def up_reasons() -> list[tuple[str, str]]:
    """Return why a colleague may send a case up: (code, words)."""
    return [(code, gettext(words)) for code, words in REASONS.items()]


def people(args: Mapping[str, Any]) -> Iterator[int]:
    """Yield the ids of the people whom an event names besides its owner."""
    fits = [*args.get("to", ()), *([args["fit"]] if isinstance(args.get("fit"), Mapping) else [])]
    yield from (each["person"] for each in fits if isinstance(each, Mapping) and "person" in each)
    if asked_by := args.get("asked_by"):
        yield asked_by


def arguments(args: Mapping[str, Any], plan: RunningPlan, names: Mapping[Any, str]) -> dict[str, str]:
    """Return what only these sentences name."""
    fits = [*args.get("to", ()), *([args["fit"]] if isinstance(args.get("fit"), Mapping) else [])]
    lang = get_language() or "en"
    graded = [each for each in ("severity", "severity_before") if args.get(each)]
    severities = {each: plan.label("severity", str(args[each]), lang) for each in graded}
    return severities | {
        "fits": "; ".join(fit(each, plan, names) for each in fits if isinstance(each, Mapping)) or "–",
        "provider": called(plan, str(args.get("provider") or ""), lang) or gettext("our own people"),
        "before": names.get(args.get("owner_before") or 0, "–"),
        "asked_by": names.get(args.get("asked_by") or 0, "–"),
        "until": _until(args),
        "amount": money(args.get("minor"), str(args.get("currency") or "")),
    }


def fit(stored: Mapping[str, Any], plan: RunningPlan, names: Mapping[Any, str]) -> str:
    """Return how somebody fits a case: `Mai: knows the customer, writes German, 3 open`."""
    said = [gettext("knows the customer")] if stored.get("knows") else []
    if stored.get("language") in _SPEAKS:
        said.append(gettext(_SPEAKS[stored["language"]]))
    if topic := stored.get("topic"):
        label = spoken.inside(plan.label("topic", topic, get_language() or "en"))
        said.append(gettext("knows the topic %(topic)s") % {"topic": label})
    said += [gettext(_LACKS[each]) for each in stored.get("lacks", ()) if each in _LACKS]
    count = int(stored.get("open") or 0)
    said.append(ngettext("%(n)s case open", "%(n)s cases open", count) % {"n": count})
    return f"{names.get(stored.get('person') or 0, '–')}: {', '.join(said)}"


def money(minor: Any, currency: str) -> str:
    """Return an amount, "" where none is named."""
    return spoken.money(int(minor), currency) if minor is not None and currency else ""


def asked(approval: Approval, plan: RunningPlan, lang: str) -> str:
    """Return what is asked for, in a few words: `Refund 5.000.000 ₫`."""
    with override(lang):
        policy = approval.claim.policy
        outcome = "" if approval.claim.answer.get("refuses") else approval.claim.outcome
        label = plan.outcome_label(policy, outcome, lang) or plan.policy_label(policy, lang)
        return f"{capfirst(label)} {money(approval.amount_minor, approval.currency)}".strip()


def _until(args: Mapping[str, Any]) -> str:
    until = args.get("until")
    return spoken.instant(datetime.fromisoformat(until), clock.now()) if until else "–"
