"""What is done to a case: one verb a file, each one transaction. Each raises Refused and then leaves nothing behind."""

from tantam.desk.cases.actions.add_note import add_note
from tantam.desk.cases.actions.ask_customer import ask_customer
from tantam.desk.cases.actions.ask_department import ask_department
from tantam.desk.cases.actions.ask_higher import ask_higher
from tantam.desk.cases.actions.break_promise import break_promise
from tantam.desk.cases.actions.decline_by_limit import decline_by_limit
from tantam.desk.cases.actions.deescalate import deescalate
from tantam.desk.cases.actions.escalate import escalate
from tantam.desk.cases.actions.except_limit import except_limit
from tantam.desk.cases.actions.fill_in import fill_in
from tantam.desk.cases.actions.give_back import give_back
from tantam.desk.cases.actions.grade import grade
from tantam.desk.cases.actions.hand_over import hand_over
from tantam.desk.cases.actions.keep_draft import discard_draft, drop_file, keep_draft, take_over
from tantam.desk.cases.actions.keep_macro import delete_macro, keep_macro, restore_macro
from tantam.desk.cases.actions.keep_promise import keep_promise
from tantam.desk.cases.actions.link import link
from tantam.desk.cases.actions.merge import merge
from tantam.desk.cases.actions.move_cases import move_cases
from tantam.desk.cases.actions.move_promise import move_promise
from tantam.desk.cases.actions.move_to_version import move_to_version
from tantam.desk.cases.actions.note_purchase import note_purchase
from tantam.desk.cases.actions.open_case import open_case
from tantam.desk.cases.actions.open_deliverables import open_deliverables
from tantam.desk.cases.actions.part import part
from tantam.desk.cases.actions.pin import pin
from tantam.desk.cases.actions.promise import promise
from tantam.desk.cases.actions.read_mentions import read_mentions
from tantam.desk.cases.actions.receive import receive
from tantam.desk.cases.actions.remind_promise import remind_promise
from tantam.desk.cases.actions.reopen import reopen
from tantam.desk.cases.actions.reply import reply
from tantam.desk.cases.actions.resolve import resolve
from tantam.desk.cases.actions.reveal_contacts import reveal_contacts
from tantam.desk.cases.actions.send import release, send, take_back
from tantam.desk.cases.actions.settle import settle
from tantam.desk.cases.actions.settle_pin import settle_pin
from tantam.desk.cases.actions.snooze import snooze
from tantam.desk.cases.actions.tag import tag
from tantam.desk.cases.actions.take import take
from tantam.desk.cases.actions.take_back_from import take_back_from
from tantam.desk.cases.actions.unlink import unlink
from tantam.desk.cases.actions.unmerge import unmerge
from tantam.desk.cases.actions.unpart import unpart
from tantam.desk.cases.actions.unpin import unpin
from tantam.desk.cases.actions.untag import untag
from tantam.desk.cases.actions.unwatch import unwatch
from tantam.desk.cases.actions.use_macro import count, use_macro
from tantam.desk.cases.actions.wake import wake
from tantam.desk.cases.actions.watch import watch
from tantam.desk.cases.actions.withdraw_promise import withdraw_promise

__all__ = [
    "count",
    "use_macro",
    "restore_macro",
    "keep_macro",
    "delete_macro",
    "add_note",
    "ask_customer",
    "ask_department",
    "ask_higher",
    "break_promise",
    "decline_by_limit",
    "deescalate",
    "discard_draft",
    "drop_file",
    "escalate",
    "except_limit",
    "fill_in",
    "give_back",
    "grade",
    "hand_over",
    "keep_draft",
    "keep_promise",
    "link",
    "merge",
    "move_cases",
    "move_promise",
    "move_to_version",
    "note_purchase",
    "open_case",
    "open_deliverables",
    "part",
    "pin",
    "promise",
    "read_mentions",
    "receive",
    "release",
    "remind_promise",
    "reopen",
    "reply",
    "resolve",
    "reveal_contacts",
    "send",
    "settle",
    "settle_pin",
    "snooze",
    "tag",
    "take",
    "take_back",
    "take_back_from",
    "take_over",
    "unlink",
    "unmerge",
    "unpart",
    "unpin",
    "untag",
    "unwatch",
    "wake",
    "watch",
    "withdraw_promise",
]
