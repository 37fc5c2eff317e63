"""What is done to the plan, and to drafts of the next one."""

from tantam.desk.plans.actions.ask_replay import ask_replay
from tantam.desk.plans.actions.enact import enact, findings_of
from tantam.desk.plans.actions.keep_draft import NewDraft, keep_draft

__all__ = ["NewDraft", "ask_replay", "enact", "findings_of", "keep_draft"]
