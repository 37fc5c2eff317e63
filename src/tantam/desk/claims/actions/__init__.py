"""What is done to a claim: one verb a file, each one transaction."""

from tantam.desk.claims.actions.accept import accept
from tantam.desk.claims.actions.answer_for import answer_for
from tantam.desk.claims.actions.ask_approval import ask_approval
from tantam.desk.claims.actions.ask_to_tell import ask_to_tell
from tantam.desk.claims.actions.choose import choose, choose_for
from tantam.desk.claims.actions.decide_approval import decide_approval
from tantam.desk.claims.actions.dispute import dispute
from tantam.desk.claims.actions.file_claim import file_claim
from tantam.desk.claims.actions.file_on import file_on_by_customer, file_on_for
from tantam.desk.claims.actions.grant import grant
from tantam.desk.claims.actions.learn import learn
from tantam.desk.claims.actions.let_stand import let_stand
from tantam.desk.claims.actions.pay import pay
from tantam.desk.claims.actions.prove import prove
from tantam.desk.claims.actions.refuse import refuse
from tantam.desk.claims.actions.reverse import reverse
from tantam.desk.claims.actions.show import show
from tantam.desk.claims.actions.take_back import take_back
from tantam.desk.claims.actions.withdraw_approval import withdraw_approval

__all__ = [
    "accept",
    "answer_for",
    "ask_approval",
    "ask_to_tell",
    "choose",
    "choose_for",
    "decide_approval",
    "dispute",
    "file_claim",
    "file_on_by_customer",
    "file_on_for",
    "grant",
    "learn",
    "let_stand",
    "pay",
    "prove",
    "refuse",
    "reverse",
    "show",
    "take_back",
    "withdraw_approval",
]
