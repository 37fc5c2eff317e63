"""What is done to the plan, to directives over it, and to drafts of the next one."""

from tantam.desk.plans.actions.acknowledge import acknowledge
from tantam.desk.plans.actions.ask_replay import ask_replay
from tantam.desk.plans.actions.direct import NewDirective, direct
from tantam.desk.plans.actions.enact import enact, findings_of
from tantam.desk.plans.actions.keep_draft import NewDraft, keep_draft
from tantam.desk.plans.actions.withdraw_directive import withdraw_directive

__all__ = [
    "NewDirective",
    "NewDraft",
    "acknowledge",
    "ask_replay",
    "direct",
    "enact",
    "findings_of",
    "keep_draft",
    "withdraw_directive",
]
