"""What an assistant is told when something is not done: what, by which clause, who could, and what to do next."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.http import Http404
from pydantic import ValidationError

from tantam.desk.api.mcp.calling import Calling
from tantam.desk.assistants.whom import scope
from tantam.desk.claims.authority import AuthorityExceeded
from tantam.desk.common.errors import Refused
from tantam.desk.plans import BadFact, NoPlan, UnknownName

HAND_OVER = "Call hand_over with a summary: a person decides it."
NEXT = {
    "already_resolved": "Call add_message if the customer wrote again; that opens it anew.",
    "authority_exceeded": HAND_OVER,
    "beyond_level": HAND_OVER,
    "choice_over": "Call follow_case to see how it stands; call hand_over if they insist.",
    "claim_closed": "Call follow_case to see how it was decided.",
    "invalid": "Look at the fields, and call it again.",
    "needs_person": "Call draft_reply or hand_over.",
    "needs_reason": "Call it again with a reason.",
    "nobody_may": "Call hand_over; only the plan's owner can change that.",
    "not_found": "Ask the customer for the private link of their case, and give that as the case.",
    "not_in_scope": HAND_OVER,
    "nothing_to_grant": "Tell the customer the reason; call hand_over if they dispute it.",
    "too_long": "Shorten it, and call it again.",
    "too_often": "Wait, and say so to the customer.",
    "unknown_name": "Choose one of the names, and call it again.",
}
SAID = (Refused, Http404, ValidationError, UnknownName, BadFact, NoPlan)


@dataclass(frozen=True, slots=True)
class Refusal:
    """code: stable. clause: of the plan, "" where none says so. who_could: levels, lowest first. next: what to do."""

    code: str
    message: str
    clause: str = ""
    who_could: tuple[str, ...] = ()
    next: str = ""

    @property
    def told(self) -> dict[str, Any]:
        """The same as the assistant reads it."""
        return asdict(self) | {"who_could": list(self.who_could)}

    @property
    def text(self) -> str:
        """The same in sentences."""
        clause = f"({self.clause})" if self.clause else ""
        who = f"Who could: {', '.join(self.who_could)}." if self.who_could else ""
        return " ".join(each for each in (self.message, clause, who, self.next) if each)


def refusal_of(refused: Exception, calling: Calling) -> Refusal:
    """Return what one of SAID says, in the active language."""
    match refused:
        case AuthorityExceeded():
            level = calling.assistant.person.level
            who = tuple(calling.plan.level_label(each, calling.lang) for each in refused.who_may)
            return _refusal(refused.code, refused.sentence(), clause=f"levels.{level}.authority", who=who)
        case Refused(code="needs_person"):
            who = tuple(calling.plan.level_label(each, calling.lang) for each in calling.plan.levels())
            clause = scope(calling.assistant, calling.plan).clause
            return _refusal(refused.code, refused.sentence(), clause=clause, who=who)
        case Refused():
            return _refusal(refused.code, refused.sentence())
        case Http404():
            return _refusal("not_found", "There is no such thing, or it is not yours to see.")
        case ValidationError():
            return _refusal("invalid", "; ".join(_field(each) for each in refused.errors(include_url=False)[:5]))
        case NoPlan():
            return _refusal("no_plan", Refused("no_plan").sentence())
        case UnknownName():
            return _refusal("unknown_name", str(refused))
        case _:
            return _refusal("bad_fact", str(refused))


def _refusal(code: str, message: str, *, clause: str = "", who: tuple[str, ...] = ()) -> Refusal:
    return Refusal(code, message, clause, who, NEXT.get(code, ""))


def _field(error: Any) -> str:
    where = ".".join(str(each) for each in error["loc"]) or "arguments"
    return f"{where}: {error['msg']}"
