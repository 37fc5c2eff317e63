"""What is done to a case: one verb a file, each one transaction. Each raises Refused and then leaves nothing behind."""

from tantam.desk.cases.actions.add_note import add_note
from tantam.desk.cases.actions.ask_customer import ask_customer
from tantam.desk.cases.actions.ask_higher import ask_higher
from tantam.desk.cases.actions.break_promise import break_promise
from tantam.desk.cases.actions.deescalate import deescalate
from tantam.desk.cases.actions.escalate import escalate
from tantam.desk.cases.actions.except_limit import except_limit
from tantam.desk.cases.actions.give_back import give_back
from tantam.desk.cases.actions.grade import grade
from tantam.desk.cases.actions.hand_over import hand_over
from tantam.desk.cases.actions.keep_promise import keep_promise
from tantam.desk.cases.actions.move_promise import move_promise
from tantam.desk.cases.actions.move_to_version import move_to_version
from tantam.desk.cases.actions.open_case import open_case
from tantam.desk.cases.actions.promise import promise
from tantam.desk.cases.actions.receive import receive
from tantam.desk.cases.actions.remind_promise import remind_promise
from tantam.desk.cases.actions.reopen import reopen
from tantam.desk.cases.actions.reply import reply
from tantam.desk.cases.actions.resolve import resolve
from tantam.desk.cases.actions.settle import settle
from tantam.desk.cases.actions.take import take
from tantam.desk.cases.actions.withdraw_promise import withdraw_promise

__all__ = [
    "add_note",
    "ask_customer",
    "ask_higher",
    "break_promise",
    "deescalate",
    "escalate",
    "except_limit",
    "give_back",
    "grade",
    "hand_over",
    "keep_promise",
    "move_promise",
    "move_to_version",
    "open_case",
    "promise",
    "receive",
    "remind_promise",
    "reopen",
    "reply",
    "resolve",
    "settle",
    "take",
    "withdraw_promise",
]
