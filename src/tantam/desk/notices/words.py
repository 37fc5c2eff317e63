"""Says a notice in its reader's language, from codes; no word of a customer and no name of one leaves the house."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_noop as noop

from tantam.desk import plans
from tantam.desk.common import addresses
from tantam.desk.notices.models import Kind, Notice
from tantam.desk.plans.providers import called

NOTICE = "notice"  # the page that leads to what a notice is about, and notes that it was read; its argument is the id
WAYS = "notice_ways"  # the page on which somebody chooses how they are told

_BY_CODE = {
    "handed_over": noop("Case %(case)s is yours now"),
    "taken": noop("Case %(case)s is yours now"),
    "escalated": noop("Case %(case)s went up a level"),
    "mentioned": noop("A note on case %(case)s names you"),
    "received": noop("The customer wrote on case %(case)s"),
    "landed": noop("The customer wrote on case %(case)s"),
    "reopened": noop("Case %(case)s is open again"),
    "resolved": noop("Case %(case)s is settled"),
    "reminded": noop("Your word on case %(case)s is due soon"),
    "broken": noop("A promise on case %(case)s is broken"),
    "endangered": noop("A promise on case %(case)s is in danger: a department is late"),
    "bounced": noop("A letter on case %(case)s did not arrive: look whom to call"),
    "complained": noop("The customer of case %(case)s called a letter of ours unwanted"),
    "disputed": noop("The customer disputes the decision on case %(case)s"),
    "quote_accepted": noop("The quote on case %(case)s is accepted"),
    "quote_declined": noop("The quote on case %(case)s is declined"),
    "step_missed": noop("What the customer was to do on case %(case)s did not come: ask after it"),
    "decision_changed": noop("New facts change the answer on case %(case)s"),
    "rated": noop("The customer of case %(case)s is not pleased: look what can be made good"),
    "held_back": noop("Your reply on case %(case)s did not go out"),
    "approval_asked": noop("Your decision is asked on case %(case)s"),
    "approval_passed_up": noop("Your decision is asked on case %(case)s"),
    "approval_given": noop("What you asked for on case %(case)s is approved"),
    "approval_refused": noop("What you asked for on case %(case)s is refused"),
    "budget_nearly_spent": noop("A budget is nearly spent: case %(case)s led there"),
    "budget_spent": noop("A budget is spent: case %(case)s led there"),
    "directed": noop("Directive: %(title)s"),
    "provider_stopped": noop("%(provider)s is stopped by the plan: they take nothing new"),
    "provider_near": noop("%(provider)s is near what the plan stops them for"),
}
_WATCHED = {
    "handed_over": noop("Case %(case)s was handed over"),
    "received": noop("The customer wrote on case %(case)s"),
}


@dataclass(frozen=True, slots=True)
class Short:
    """A notice in a line. more: how often, by whom; "" for nothing to add. url: whole."""

    title: str
    more: str
    url: str


def short(notice: Notice) -> Short:
    """Return a notice as it is pushed or sent to a webhook, in its reader's language."""
    with translation.override(notice.person.language):
        return Short(title(notice), more(notice), _whole(notice))


def title(notice: Notice) -> str:
    """Return what happened, in the active language."""
    watched = _WATCHED.get(notice.code) if notice.kind == Kind.WATCHED else None
    named = {
        "case": notice.case.reference if notice.case else "",
        "title": notice.directive.title if notice.directive else "",
        "provider": _provider(notice),
    }
    return gettext(watched or _BY_CODE[notice.code]) % named


def more(notice: Notice) -> str:
    """Return by whom, and how many news were put together, in the active language."""
    times = notice.times - 1
    said = [
        gettext("by %(name)s") % {"name": notice.actor.name} if notice.actor else "",
        ngettext("and %(n)s more before it", "and %(n)s more before it", times) % {"n": times} if times else "",
    ]
    return ", ".join(filter(None, said))


def mail(found: Sequence[Notice]) -> tuple[str, str]:
    """Return subject and text of a mail with these notices, in the active language."""
    first = title(found[0])
    others = len(found) - 1
    lines = [f"{title(each)}{', ' if more(each) else ''}{more(each)}\n{_whole(each)}" for each in found]
    subject = first if not others else gettext("%(first)s, and %(n)s more") % {"first": first, "n": others}
    foot = gettext("How you are told is chosen here:") + "\n" + addresses.whole(WAYS)
    return subject, "\n\n".join([*lines, foot]) + "\n"


def _provider(notice: Notice) -> str:
    """Return what people call the provider that the news is about, "" where it is about none."""
    if not notice.provider:
        return ""
    try:
        return called(plans.in_force(), notice.provider, translation.get_language() or "")
    except plans.NoPlan:
        return notice.provider


def _whole(notice: Notice) -> str:
    return addresses.whole(NOTICE, notice.pk)
