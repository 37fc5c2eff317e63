"""What the desk cannot do because of the plan."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tantam.desk.common import spoken
from tantam.desk.common.errors import Refused
from tantam.desk.common.money import Money


class NoPlan(Refused):
    """No plan is in force, so nothing can be answered."""

    def __init__(self) -> None:
        super().__init__("no_plan")


class AuthorityExceeded(Refused):
    """The person's level may not grant this much; `who_may` names the levels that may, lowest first.

    limit: what the level may grant of this kind, None for nothing at all.
    """

    def __init__(self, *, kind: str, level: str, limit: Money | None, who_may: Sequence[str]) -> None:
        self.limit, self.who_may = limit, tuple(who_may)
        written = limit.text() if limit is not None else ""
        super().__init__("authority_exceeded", kind=kind, level=level, limit=written, who_may=list(who_may))

    def sentence(self) -> str:
        """Return the refusal in the active language, with the levels by the names the plan gives them."""
        from tantam.desk.plans import in_force  # which imports these errors

        plan, lang = in_force(), get_language() or "en"
        who = ", ".join(plan.level_label(each, lang) for each in self.who_may)
        if not who:
            return _("The plan lets nobody grant this much. The plan's owner can change that.")
        if self.limit is None:
            return _("Your level may not grant this. Hand it over to: %(who)s.") % {"who": who}
        limit = spoken.money(self.limit.minor, self.limit.currency)
        return _("Your level may grant up to %(limit)s. Hand it over to: %(who)s.") % {"limit": limit, "who": who}
