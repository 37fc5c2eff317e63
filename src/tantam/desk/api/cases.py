"""Opens a case for a program, by the very action that the page calls."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from ninja import Header, Router, Status

from tantam.desk import plans
from tantam.desk.api.errors import Invalid, KeyUsed
from tantam.desk.api.schemas import AnswerOut, CaseIn, CaseOut, Error, PromiseOut
from tantam.desk.cases import said
from tantam.desk.cases.ledger import chips
from tantam.desk.cases.links import private_link
from tantam.desk.cases.models import Case
from tantam.desk.cases.opening import opened_before
from tantam.desk.claims import filing
from tantam.desk.common import clock, rate
from tantam.desk.customers import contacts
from tantam.desk.plans import RunningPlan, Standing, UnknownName, ways
from tantam.desk.plans.answers import shown
from tantam.desk.plans.topics import topics

router = Router(tags=["cases"])
FILED = rate.Rate("api", 20 * settings.FILED_PER_HOUR)
ERRORS = dict.fromkeys((401, 409, 422, 429, 503), Error)


@router.post("/cases", response={201: CaseOut, **ERRORS}, summary="Open a case", operation_id="open_case")
def open_case(
    request: HttpRequest,
    told: CaseIn,
    idempotency_key: str = Header(default="", max_length=200, alias="Idempotency-Key"),
) -> Status[CaseOut]:
    """Open a case and return its private link, what is promised, and the policy's answer if one was asked.

    The same Idempotency-Key with the same request gives the same case.
    """
    plan = plans.in_force()
    language = _language(plan, told)
    with translation.override(language):
        wanted = _filing(plan, told, language, idempotency_key)
        case = _before(wanted)
        if case is None:
            with rate.counted((FILED, "token")):
                case = filing.file(wanted)
        return Status(201, _out(case))


def _language(plan: RunningPlan, told: CaseIn) -> str:
    if told.language and told.language not in plan.languages:
        raise Invalid("language", f"The company speaks {', '.join(plan.languages)}.")
    return told.language or plan.languages[0]


def _filing(plan: RunningPlan, told: CaseIn, language: str, key: str) -> filing.Filing:
    if contacts.normal(told.contact) is None:
        raise Invalid("contact", "Give a mail address or a telephone number.")
    if told.policy and told.policy not in plan.policies():
        raise UnknownName("policy", told.policy, plan.policies())
    names = [each.name for each in topics(plan, language) if each.name]
    if told.topic and told.topic not in names:
        raise UnknownName("topic", told.topic, names)
    return filing.Filing(
        name=told.name,
        contact=told.contact,
        subject=told.subject,
        body=told.body,
        channel=ways.way_in(plan, ways.PROGRAM),
        language=language,
        topic=told.topic,
        policy=told.policy,
        number=told.purchase_number,
        purchase=contacts.proved(told.purchase_number, told.contact) if told.purchase_number else None,
        facts=plan.read(told.facts, Standing.TOLD),
        submission=hashlib.sha256(f"api:{key}".encode()).hexdigest() if key else None,
    )


def _before(wanted: filing.Filing) -> Case | None:
    """Return the case that this key opened before. Raises KeyUsed if it came with something else."""
    case = opened_before(submission=wanted.submission)
    if case is not None and not _came_of(case, wanted):
        raise KeyUsed
    return case


def _came_of(case: Case, wanted: filing.Filing) -> bool:
    """Whether the case came of this very request; how the desk wrote down an unproved number does not matter."""
    first = case.messages.order_by("id").values_list("body", flat=True)[0]
    claimed = case.claims.order_by("id").values_list("policy", flat=True).first() or ""
    body, unproved = said.clean(wanted.body), "" if wanted.purchase else wanted.number
    below = first.removeprefix(body)
    noted = below.startswith("\n\n") and unproved in below if unproved else not below
    purchase = wanted.purchase.pk if wanted.purchase else None
    return (
        first.startswith(body)
        and noted
        and (case.topic, claimed, case.purchase_id) == (wanted.topic, wanted.policy, purchase)
    )


def _out(case: Case) -> CaseOut:
    return CaseOut(
        reference=case.reference,
        link=private_link(case),
        language=case.language,
        proved=case.purchase_id is not None,
        promises=[
            PromiseOut(
                kind=each.kind,
                due=each.due_at,
                state=each.state,
                because=plans.version(each.plan_number).because(each.because, case.language),
                clause=each.clause,
            )
            for each in chips(case, clock.now())
        ],
        answer=_answer(case),
    )


def _answer(case: Case) -> AnswerOut | None:
    claim = case.claims.order_by("-id").first()
    if claim is None or not claim.answer:
        return None
    words = shown(claim.answer, case.language, plan=plans.version(claim.plan_version_id))
    fields = {each: getattr(words, each) for each in AnswerOut.model_fields}
    return AnswerOut(**fields | {"say": list(words.say)})
