"""Words for what happens before the sale: quotes, and whether they buy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_noop as noop

from tantam.desk.common import spoken
from tantam.desk.plans import RunningPlan, sales

SENTENCES = {
    "quoted": noop("%(who)s made a quote: %(quoted)s"),
    "quote_accepted": noop("The quote is accepted: %(quoted)s"),
    "quote_declined": noop("The quote is declined: %(lost_because)s"),
    "quote_expired": noop("The quote has run out"),
    "won": noop("They buy"),
    "won_linked": noop("%(who)s linked what they bought"),
    "lost": noop("They do not buy: %(lost_because)s"),
}
ICONS = {
    "quoted": "doc",
    "quote_accepted": "check",
    "quote_declined": "cross",
    "quote_expired": "clock",
    "won": "heart",
    "won_linked": "link",
    "lost": "cross",
}
STORY = frozenset(SENTENCES)


def arguments(args: Mapping[str, Any], plan: RunningPlan, lang: str) -> dict[str, str]:
    """Return what these events name."""
    minor, currency, reason = args.get("minor"), str(args.get("currency") or ""), str(args.get("reason") or "")
    quoted = spoken.money(int(minor), currency) if minor is not None and currency else "–"
    return {"quoted": quoted, "lost_because": sales.reason_label(plan, reason, lang) if reason else "–"}
