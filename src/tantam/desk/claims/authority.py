"""Who may grant a claim: the levels' authority in the plan in force, from the level upwards that the answer names."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tantam.desk import plans
from tantam.desk.claims.models import Claim
from tantam.desk.common import spoken
from tantam.desk.common.errors import Refused
from tantam.desk.common.money import Money
from tantam.desk.plans import RunningPlan


@dataclass(frozen=True, slots=True)
class Authority:
    """Whether a level may grant so much of a claim.

    kind: of what is granted, as authority names it. limit: what the level may grant of it, None for nothing.
    who_may: the levels that may, lowest first; empty if nobody may.
    """

    kind: str
    allowed: bool
    limit: Money | None
    who_may: tuple[str, ...]


class AuthorityExceeded(Refused):
    """The person's level may not grant this much; `found` says how much it may, and who may more."""

    def __init__(self, level: str, found: Authority, in_force: RunningPlan) -> None:
        self.limit, self.who_may, self._plan = found.limit, found.who_may, in_force
        limit = found.limit.text() if found.limit is not None else ""
        super().__init__("authority_exceeded", kind=found.kind, level=level, limit=limit, who_may=list(found.who_may))

    def sentence(self) -> str:
        """Return the refusal in the active language, with the levels by the names the plan gives them."""
        lang = get_language() or "en"
        who = ", ".join(self._plan.level_label(each, lang) for each in self.who_may)
        if not who:
            return _("The plan lets nobody grant this much. The plan's owner can change that.")
        if self.limit is None:
            return _("Your level may not grant this. Hand it over to: %(who)s.") % {"who": who}
        limit = spoken.money(self.limit.minor, self.limit.currency)
        return _("Your level may grant up to %(limit)s. Hand it over to: %(who)s.") % {"limit": limit, "who": who}


def authority(claim: Claim, level: str, amount: Money | None, in_force: RunningPlan) -> Authority:
    """Return what `level` may do about the claim. amount: None for what costs nothing. A level unknown may nothing.

    What kind of thing is granted, the version says that answered; who may grant so much of it, the plan in force.
    """
    kind = plans.version(claim.plan_version_id).kind_of(claim.policy)
    known = in_force.levels()
    if not known:
        return Authority(kind, False, None, ())
    asked = amount or Money(0, in_force.currency)
    found = in_force.may_grant(level if level in known else known[0], kind, asked.minor, asked.currency)
    enough = _from_named_level(claim, in_force)
    return Authority(
        kind,
        allowed=level in known and found.allowed and level in enough,
        limit=Money(found.limit.minor, found.limit.currency) if found.limit is not None else None,
        who_may=tuple(each for each in found.who_may if each in enough),
    )


def _from_named_level(claim: Claim, in_force: RunningPlan) -> tuple[str, ...]:
    """Return the levels from the one upwards that the answer names; all levels where it names none."""
    levels, named = plans.version(claim.plan_version_id).levels(), claim.answer.get("granted_by")
    return levels[levels.index(named) :] if named in levels else in_force.levels()
