"""What is done to a claim: one verb a file, each one transaction."""

from tantam.desk.claims.actions.answer_for import answer_for
from tantam.desk.claims.actions.ask_approval import ask_approval
from tantam.desk.claims.actions.decide_approval import decide_approval
from tantam.desk.claims.actions.file_claim import file_claim
from tantam.desk.claims.actions.grant import grant
from tantam.desk.claims.actions.prove import prove
from tantam.desk.claims.actions.refuse import refuse
from tantam.desk.claims.actions.withdraw_approval import withdraw_approval

__all__ = [
    "answer_for",
    "ask_approval",
    "decide_approval",
    "file_claim",
    "grant",
    "prove",
    "refuse",
    "withdraw_approval",
]
