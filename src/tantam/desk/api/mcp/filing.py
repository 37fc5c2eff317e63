"""The tools by which a customer's words come in: a new case, and more words to one that is there."""

from __future__ import annotations

from pydantic import Field

from tantam.desk.api.body import Told
from tantam.desk.api.mcp.calling import Answer, Calling, acting
from tantam.desk.api.mcp.deciding import PlanAnswer, answer_of, bought_by
from tantam.desk.api.schemas import FactText
from tantam.desk.assistants.whom import scope
from tantam.desk.cases import actions, said
from tantam.desk.cases.concern import Concern
from tantam.desk.cases.ledger import chips
from tantam.desk.cases.links import private_link
from tantam.desk.cases.models import Case
from tantam.desk.claims import deciding, filing
from tantam.desk.claims.actions.file_claim import file_claim
from tantam.desk.claims.models import Claim
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.common.fields import MOST_PLAN_NAME
from tantam.desk.customers import contacts
from tantam.desk.customers.models import MOST_CONTACT, MOST_NAME, Purchase
from tantam.desk.plans import Standing, UnknownName, ways
from tantam.desk.plans import version as version_of
from tantam.desk.plans.languages import language_for
from tantam.desk.plans.topics import topics

ONCE = "Any name of your own for this call: the same name again does it only once."


class CaseAsked(Told):
    """What the customer brings."""

    words: str = Field(min_length=1, max_length=said.MOST_CHARACTERS, description="The customer's own words.")
    name: str = Field("", max_length=MOST_NAME, description="What to call the customer.")
    contact: str = Field(
        "",
        max_length=MOST_CONTACT,
        description="Their mail address or telephone number. Needed unless your token belongs to one customer.",
    )
    subject: str = Field("", max_length=said.SUBJECT, description="Empty takes the first line of the words.")
    topic: str = Field("", max_length=MOST_PLAN_NAME, description="A topic of the plan.")
    policy: str = Field("", max_length=MOST_PLAN_NAME, description="The policy, if they claim something under it.")
    facts: dict[str, FactText] = Field(default_factory=dict, max_length=100, description="What they told, by term.")
    purchase: str = Field("", max_length=40, description="The number of their purchase; the contact proves it.")
    language: str = Field("", max_length=5, description="vi, de or en: the customer's.")
    once: str = Field("", max_length=64, description=ONCE)


class Owed(Answer):
    """What is promised. due: ISO 8601. because: why."""

    kind: str
    due: str
    state: str
    because: str
    clause: str


class Opened(Answer):
    """The case. link: the customer's private page: tell it to nobody else. answer: null if no policy was asked."""

    case: str
    link: str
    proved: bool
    owed: list[Owed]
    answer: PlanAnswer | None


class WordsAsked(Told):
    """More words of the customer."""

    case: str = Field(max_length=200, description="The private link of the case, which the customer gave you.")
    words: str = Field(min_length=1, max_length=said.MOST_CHARACTERS, description="The customer's own words.")
    once: str = Field("", max_length=64, description=ONCE)


class Added(Answer):
    """That it was added. status: how the case stands now."""

    case: str
    message: str
    status: str


@acting("Open a case")
def open_case(calling: Calling, asked: CaseAsked) -> Opened:
    """Open a case for the customer who talks to you, in their own words, once they want something that search_knowledge
    does not settle. With a policy it is a claim: what the plan grants by itself is granted at once, all else is decided
    by a person. Tell the customer the reference, the private link, and by when something is owed.
    """
    names = [each.name for each in topics(calling.plan, calling.lang) if each.name]
    if asked.topic and asked.topic not in names:
        raise UnknownName("topic", asked.topic, names)
    if asked.policy and asked.policy not in calling.plan.policies():
        raise UnknownName("policy", asked.policy, calling.plan.policies())
    if not _may_open(calling, asked.topic):
        raise Refused("not_in_scope")
    case = _opened(calling, asked)
    calling.case = case
    return Opened(
        case=case.reference,
        link=private_link(case),
        proved=case.purchase_id is not None,
        owed=owed_in(case, calling.lang),
        answer=_answer(case, asked.policy, calling.lang),
    )


@acting("Add the customer's words")
def add_message(calling: Calling, asked: WordsAsked) -> Added:
    """Add to a case what its customer says, in their own words. It counts as said by them, so it needs their proof: the
    private link of the case, or a token that belongs to them. Never write here what you think yourself: for people
    there is hand_over, for the customer draft_reply.
    """
    reached = calling.reach(asked.case)
    if not reached.proved:
        raise Refused("needs_proof")
    channel, once = ways.way_in(calling.plan, ways.PROGRAM), _once(calling, "words", asked.once)
    message = actions.receive(reached.case, asked.words, channel=channel, submission=once)
    found = Case.objects.get(pk=message.case_id)
    return Added(case=found.reference, message=str(message.pk), status=found.status)


def owed_in(case: Case, lang: str) -> list[Owed]:
    """Return the case's promises, what is owed first."""
    return [
        Owed(
            kind=each.kind,
            due=each.due_at.isoformat(),
            state=each.state,
            because=version_of(each.plan_number).because(each.because, lang),
            clause=each.clause,
        )
        for each in chips(case, clock.now())
    ]


def _may_open(calling: Calling, topic: str) -> bool:
    allowed = scope(calling.assistant, calling.plan)
    return calling.assistant.admits_topic(topic) and allowed.admits_topic(topic)


def _opened(calling: Calling, asked: CaseAsked) -> Case:
    own = calling.assistant.customer
    plan, submission = calling.plan, _once(calling, "case", asked.once)
    told = plan.read(asked.facts, Standing.TOLD)
    language = asked.language if asked.language in plan.languages else (own.language if own else calling.lang)
    same = {
        "plan": plan,
        "body": asked.words,
        "channel": ways.way_in(plan, ways.PROGRAM),
        "language": language_for(plan, language),
        "subject": asked.subject,
        "topic": asked.topic,
        "facts": told,
        "submission": submission,
    }
    if own is None:
        bought = _proved(calling, asked)
        who = {"name": asked.name, "contact": asked.contact, "policy": asked.policy, "number": asked.purchase}
        return filing.file(filing.Filing(**same, **who, purchase=bought))
    concern = Concern(customer=own, purchase=bought_by(calling, asked.purchase), **same)
    return file_claim(concern, policy=asked.policy).case if asked.policy else actions.open_case(concern)


def _proved(calling: Calling, asked: CaseAsked) -> Purchase | None:
    if contacts.normal(asked.contact, calling.plan.country) is None:
        raise Refused("no_contact")
    return contacts.proved(asked.purchase, asked.contact, calling.plan.country) if asked.purchase else None


def _once(calling: Calling, what: str, name: str) -> str | None:
    """Return the name of a call; the same name of another token is another one."""
    return said.once(f"{calling.key}:{what}", name)


def _answer(case: Case, policy: str, lang: str) -> PlanAnswer | None:
    claim = Claim.objects.filter(case=case).order_by("-id").first() if policy else None
    if claim is None:
        return None
    found = deciding.again(claim, {}, claim.decided_at)
    return answer_of(found, claim.policy, lang, claim.answer.get("waits"))
