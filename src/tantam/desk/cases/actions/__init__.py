"""What is done to a case: one verb a file, each one transaction. Each raises Refused and then leaves nothing behind."""

from tantam.desk.cases.actions.add_note import add_note
from tantam.desk.cases.actions.ask_customer import ask_customer
from tantam.desk.cases.actions.break_promise import break_promise
from tantam.desk.cases.actions.deescalate import deescalate
from tantam.desk.cases.actions.escalate import escalate
from tantam.desk.cases.actions.hand_over import hand_over
from tantam.desk.cases.actions.move_to_version import move_to_version
from tantam.desk.cases.actions.open_case import open_case
from tantam.desk.cases.actions.receive import receive
from tantam.desk.cases.actions.reopen import reopen
from tantam.desk.cases.actions.reply import reply
from tantam.desk.cases.actions.resolve import resolve
from tantam.desk.cases.actions.settle import settle
from tantam.desk.cases.actions.take import take

__all__ = [
    "add_note",
    "ask_customer",
    "break_promise",
    "deescalate",
    "escalate",
    "hand_over",
    "move_to_version",
    "open_case",
    "receive",
    "reopen",
    "reply",
    "resolve",
    "settle",
    "take",
]
