"""Cases, what was said in them, what is owed, what happened, and how colleagues share the work."""

from tantam.desk.cases.models.case import Case, Message
from tantam.desk.cases.models.events import Actor, CaseEvent
from tantam.desk.cases.models.ledger import RUNNING, STILL_TO_KEEP, Promise
from tantam.desk.cases.models.queues import BulkItem, BulkRun, Looking, SavedView
from tantam.desk.cases.models.teamwork import CaseLink, CaseTag, Mention, Parting, Pin, Tag, Watcher
from tantam.desk.cases.models.writing import Attachment, Draft, Macro, RichBody

__all__ = [
    "RUNNING",
    "STILL_TO_KEEP",
    "Actor",
    "Attachment",
    "BulkItem",
    "BulkRun",
    "Case",
    "CaseEvent",
    "CaseLink",
    "CaseTag",
    "Draft",
    "Looking",
    "Macro",
    "Mention",
    "Message",
    "Parting",
    "Pin",
    "Promise",
    "RichBody",
    "SavedView",
    "Tag",
    "Watcher",
]
