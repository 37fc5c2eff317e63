"""What the desk cannot do because of the plan."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from tantam.desk.common.errors import Refused


class NoPlan(Refused):
    """No plan is in force, so nothing can be answered."""

    def __init__(self) -> None:
        super().__init__("no_plan")


class AuthorityExceeded(Refused):
    """The person's level may not grant this much; `who_may` names the levels that may, lowest first."""

    def __init__(self, *, kind: str, level: str, limit: str, who_may: Sequence[str]) -> None:
        self.who_may = tuple(who_may)
        super().__init__("authority_exceeded", kind=kind, level=level, limit=limit, who_may=list(who_may))

    def sentence(self) -> str:
        """Return the refusal in the active language, with the levels by the names the plan gives them."""
        from django.utils.translation import get_language

        from tantam.desk.plans import in_force

        plan, lang = in_force(), get_language() or "en"
        who = ", ".join(plan.level_label(each, lang) for each in self.who_may)
        if not who:
            return _("The plan lets nobody grant this much. The plan's owner can change that.")
        limit = self.arguments["limit"]
        if not limit:
            return _("Your level may not grant this. Hand it over to: %(who)s.") % {"who": who}
        return _("Your level may grant up to %(limit)s. Hand it over to: %(who)s.") % {"limit": limit, "who": who}
