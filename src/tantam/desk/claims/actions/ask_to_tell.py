"""Ask the customer for what a claim needs to know: a link to its questions, in the conversation."""

from __future__ import annotations

from tantam.desk import plans
from tantam.desk.accounts.models import Person
from tantam.desk.cases.actions.ask_customer import ask_customer
from tantam.desk.cases.letters import letter
from tantam.desk.cases.models import Case, Message
from tantam.desk.claims.actions.file_on import refuse_if_claimed
from tantam.desk.claims.questions import claimable_by
from tantam.desk.common import addresses
from tantam.desk.common.errors import Refused

TELL = "tell"  # the page with the questions; its arguments are the key of the case's link and the topic's code


def ask_to_tell(case: Case, person: Person, topic: str) -> Message:
    """Return the message, in the case's language; the customer's answer is waited for.

    topic: a code of `questions.claimable`. Raises Refused: unknown_topic, claimed_already, already_resolved,
    not_allowed.
    """
    plan = plans.in_force()
    found = claimable_by(plan, case.language, topic)
    if found is None:
        raise Refused("unknown_topic")
    refuse_if_claimed(case, found.policy)
    link = addresses.whole(TELL, case.link_key, found.code)
    words = letter("claims/letters/tell.txt", case, plan, {"topic": found.label, "link": link})
    return ask_customer(case, person, words)
