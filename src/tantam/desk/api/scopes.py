"""What a token may be allowed to do: one word for reading and one for changing each kind of thing."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

FILE_CASES = "file:cases"
PUSH = "push:customers"
LABELS = {
    FILE_CASES: _("File cases as customers do"),
    "read:cases": _("Read cases"),
    "write:cases": _("Act on cases"),
    "read:customers": _("Read customers"),
    "write:customers": _("Change customers"),
    PUSH: _("Push customers and purchases of a shop, by its own numbers"),
    "read:plans": _("Read the plan, its directives, drafts and replays"),
    "write:plans": _("Make directives, and try drafts"),
    "read:measures": _("Read the measures"),
    "read:team": _("Read who is on duty"),
    "write:team": _("Enter absences and presence"),
}
ASSIST = "assist"
ASSISTS = {ASSIST: _("Serve customers as an assistant")}
ALL = tuple(LABELS)
OF_A_SHOP = (FILE_CASES,)  # what a token does that belongs to nobody
MAY_A_SHOP = (*OF_A_SHOP, PUSH)  # what it may do besides, where its maker says so
OF_THE_DESK = (FILE_CASES, "read:measures", "read:plans", "write:plans")  # of the token in the environment
