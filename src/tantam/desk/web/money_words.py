"""Words for what happens to money that was granted: paid, taken back, near the end of a budget; marks; deliveries."""

from __future__ import annotations

from django.utils.translation import gettext_noop as noop

SENTENCES = {
    "paid": noop("%(who)s paid it out: %(policy)s, %(amount)s"),
    "reversed": noop("%(who)s took the grant back: %(policy)s, %(amount)s"),
    "shown": noop("%(customer)s sent something that shows it: %(policy)s. Somebody looks at it"),
    "marked": noop("A rule asks that a person looks at it: %(policy)s"),
    "decision_changed": noop(
        "New facts change the plan's answer to %(policy)s: %(outcome)s instead of %(outcome_before)s"
    ),
    "chosen": noop("Chosen instead of %(outcome_before)s: %(outcome)s (%(who)s)"),
    "left_standing": noop("%(who)s lets stand what was granted: %(policy)s"),
    "purchase_noted": noop("%(who)s noted which purchase it is about"),
    "recalled": noop("%(customer)s owns one of a faulty batch: put right before they ask, by %(policy)s"),
    "delivery_late": noop("What was bought has not arrived by the day that was promised: the customer is told"),
    "delivery_moved": noop("%(who)s moved a delivery to another day: the customer is told"),
    "delivery_called_off": noop("%(who)s called off a delivery: the customer is told"),
    "budget_nearly_spent": noop("The budget is nearly spent: %(policy)s"),
    "budget_spent": noop("The budget is spent: %(policy)s"),
}
ICONS = {
    "paid": "check",
    "reversed": "undo",
    "shown": "ask",
    "marked": "flag",
    "decision_changed": "swap",
    "chosen": "swap",
    "left_standing": "check",
    "purchase_noted": "box",
    "recalled": "heart",
    "delivery_late": "alert",
    "delivery_moved": "swap",
    "delivery_called_off": "cross",
    "budget_nearly_spent": "chart",
    "budget_spent": "chart",
}
STORY = frozenset(SENTENCES)
