"""Words for a case: its stage, severity, status, level and groups; the plan's own where it has them."""

from __future__ import annotations

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as noop

from tantam.desk.cases.models import Case
from tantam.desk.common import ledger_words
from tantam.desk.plans import RunningPlan, departments

_STAGES = {"before": noop("Before the sale"), "during": noop("During the sale"), "after": noop("After the sale")}
_AMONG_COLLEAGUES = {"before": noop("Beforehand"), "during": noop("While it is set up"), "after": noop("In use")}
_SEVERITIES = {
    "minor": noop("minor"),
    "low": noop("low"),
    "normal": noop("normal"),
    "serious": noop("serious"),
    "high": noop("high"),
}
_CHANNELS = {
    "email": noop("by mail"),
    "mail": noop("by mail"),
    "phone": noop("by telephone"),
    "chat": noop("by chat"),
    "web": noop("on the help page"),
    "portal": noop("on the help page"),
    "api": noop("through the interface"),
    "facebook": noop("in public, on Facebook"),
    "messenger": noop("by Messenger"),
    "whatsapp": noop("by WhatsApp"),
    "zalo": noop("by Zalo"),
}
_OUTCOMES = {
    "ask": noop("something is still missing"),
    "decline": noop("not provided for"),
    "none": noop("not provided for"),
    "judge": noop("a person decides"),
}


def stage(plan: RunningPlan | None, code: str) -> str:
    """Return the stage in words; among colleagues without a word of selling."""
    words = _STAGES if plan is None or plan.sells else _AMONG_COLLEAGUES
    return gettext(words[code]) if code in words else plain(code)


def place(plan: RunningPlan | None, case: Case) -> str:
    """Return stage and where the case stands: `After the sale · customer asked`."""
    return f"{stage(plan, case.stage)} · {where(case)}"


def where(case: Case) -> str:
    """Return where the case stands."""
    match Case.Status(case.status):
        case Case.Status.WAITING:
            return gettext("customer asked")
        case Case.Status.RESOLVED:
            return gettext("resolved")
        case Case.Status.OPEN:
            return gettext("in work") if case.owner_id else gettext("not taken yet")
        case Case.Status.MERGED:
            return gettext("joined to another case")


def severity(plan: RunningPlan, code: str) -> str:
    """Return the severity in words: the plan's, else ours."""
    said = plan.label("severity", code, _lang())
    return gettext(_SEVERITIES[code]) if code in _SEVERITIES and said == plain(code) else said


def promise(plan: RunningPlan, kind: str, clause: str = "") -> str:
    """Return what is owed, in a word or two: the plan's word for it, else ours. clause: where it was promised."""
    if clause.startswith("internal.") and (what := departments.what(plan, clause, _lang())):
        return what
    said = plan.promise_label(kind, _lang(), clause)
    return said if said != plain(kind) else ledger_words.kind(kind)


def outcome(code: str) -> str:
    """Return an outcome that the plan gives no label to."""
    return gettext(_OUTCOMES[code]) if code in _OUTCOMES else plain(code) or "–"


def channel(code: str) -> str:
    """Return how words reached us."""
    return gettext(_CHANNELS[code]) if code in _CHANNELS else plain(code)


def plain(code: str) -> str:
    """Return a code that nobody gave words to, readable."""
    return code.replace("_", " ")


def _lang() -> str:
    return get_language() or "en"
