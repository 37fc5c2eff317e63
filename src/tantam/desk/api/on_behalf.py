"""What a customer says to a case of theirs, passed on by the program that filed it, by their private page's key."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from tantam.desk import plans
from tantam.desk.api import scopes
from tantam.desk.api.errors import Missing
from tantam.desk.api.room import Room
from tantam.desk.api.token import Asking, anybody
from tantam.desk.api.told import Ref, Told, Word
from tantam.desk.cases import joined
from tantam.desk.cases.access import case_by_link
from tantam.desk.cases.actions import settle
from tantam.desk.cases.models import Case
from tantam.desk.claims import actions, stances
from tantam.desk.claims.choosing import open_choices
from tantam.desk.claims.models import Claim
from tantam.desk.common import clock, rate
from tantam.desk.feedback.actions import rate as give
from tantam.desk.feedback.models import Rating
from tantam.desk.feedback.questions import MOST_WORDS, answers, may_rate, question_of

SAID = rate.Rate("api_said", 30)  # an hour, about one case, whichever program says it
MOST_REASON = 20_000

room = Room("filed cases", scopes.FILE_CASES, scopes.FILE_CASES, who=anybody)
router = room.router


class DecisionShown(Schema):
    """The decision that stands. said: accepted, disputed, "" for nothing. reversible: whether it can be taken back.

    choices: outcomes that the customer may choose instead now.
    """

    id: str
    granted: bool
    said: str
    reversible: bool
    choices: list[str]


class RatingShown(Schema):
    """What is asked of how it was. score: None before the first on this scale; open: whether one may be given now."""

    question: str
    low: int
    high: int
    score: int | None
    words: str
    rated_at: datetime | None
    open: bool


class FiledShown(Schema):
    """A filed case as its customer sees it. decision: None while there is none; rating: None where nothing is asked."""

    reference: str
    status: str
    opened_at: datetime
    resolved_at: datetime | None
    decision: DecisionShown | None
    rating: RatingShown | None


class DecisionSaid(Told):
    """decision: the id of the decision that the customer read."""

    decision: Ref


class ChoiceSaid(DecisionSaid):
    """outcome: one of the decision's choices."""

    outcome: Word


class DisputeSaid(DecisionSaid):
    """reason: why, in their words; it is heard as their message."""

    reason: str = Field(max_length=MOST_REASON)


class ScoreSaid(Told):
    """score: on the scale that was asked. words: "" leaves those that were given before."""

    score: int = Field(ge=0, le=10)
    words: str = Field("", max_length=MOST_WORDS)


@room.get("/filed/{key}", FiledShown)
def read_filed(request: Asking, key: str) -> FiledShown:
    """Read how a case that you filed stands, what was decided, and what is asked of how it was."""
    return _shown(case_by_link(key))


@room.post("/filed/{key}/accept", FiledShown)
def accept_decision(request: Asking, key: str, told: DecisionSaid) -> FiledShown:
    """Pass on that the customer accepts the decision they read."""
    case = _about(key)
    actions.accept(_claim_of(case), told.decision)
    return _shown(case)


@room.post("/filed/{key}/choose", FiledShown)
def choose_instead(request: Asking, key: str, told: ChoiceSaid) -> FiledShown:
    """Pass on that the customer chooses another of what was granted, before it is carried out."""
    case = _about(key)
    actions.choose(_claim_of(case), told.outcome, told.decision)
    return _shown(case)


@room.post("/filed/{key}/dispute", FiledShown)
def dispute_decision(request: Asking, key: str, told: DisputeSaid) -> FiledShown:
    """Pass on that the customer disputes the decision they read, and why."""
    case = _about(key)
    actions.dispute(_claim_of(case), told.decision, told.reason)
    return _shown(case)


@room.post("/filed/{key}/take-back", FiledShown)
def take_back_said(request: Asking, key: str, told: DecisionSaid) -> FiledShown:
    """Take back what the customer said to the decision, while nobody has acted on it."""
    case = _about(key)
    actions.take_back(_claim_of(case), told.decision)
    return _shown(case)


@room.post("/filed/{key}/settled", FiledShown)
def confirm_settled(request: Asking, key: str) -> FiledShown:
    """Pass on that all is well again for the customer."""
    case = _about(key)
    settle(case)
    return _shown(case)


@room.post("/filed/{key}/rating", FiledShown)
def rate_filed(request: Asking, key: str, told: ScoreSaid) -> FiledShown:
    """Pass on how the customer says that they were served."""
    case = _about(key)
    give(case, told.score, told.words)
    return _shown(case)


def _about(key: str) -> Case:
    """Return the case about which something is said. Raises Http404, Refused("too_often")."""
    case = case_by_link(key)
    rate.count(SAID, case.link_key)
    return case


def _claim_of(case: Case) -> Claim:
    """Return what was claimed last. Raises Missing."""
    if (found := _claimed(case)) is None:
        raise Missing("Nothing was claimed in this case.")
    return found


def _claimed(case: Case) -> Claim | None:
    theirs = Claim.objects.filter(case__in=joined.same_customer(case))
    return theirs.select_related("case").order_by("-id").first()


def _shown(case: Case) -> FiledShown:
    now = Case.objects.get(pk=case.pk)
    claim = _claimed(now)
    same: dict[str, Any] = {each: getattr(now, each) for each in ("reference", "status", "opened_at", "resolved_at")}
    return FiledShown(**same, decision=_decision(claim) if claim else None, rating=_rating(now))


def _decision(claim: Claim) -> DecisionShown | None:
    number = stances.decision_of(claim)
    if number is None:
        return None
    stance = stances.stance_on(claim, number)
    return DecisionShown(
        id=str(number),
        granted=claim.state == Claim.State.GRANTED,
        said=stance.kind if stance else "",
        reversible=stance is not None and not stances.is_acted_on(stance),
        choices=list(open_choices(claim, plans.in_force())),
    )


def _rating(case: Case) -> RatingShown | None:
    now, given = clock.now(), Rating.objects.filter(case=case).first()
    asked = question_of(case, plans.in_force(now), case.language, now)
    opened = may_rate(case, given, now)
    if asked is None or not (opened or (given and given.score is not None)):
        return None
    return RatingShown(
        question=asked.words,
        low=asked.low,
        high=asked.high,
        score=given.score if given and answers(given, asked) else None,
        words=given.words if given else "",
        rated_at=given.rated_at if given else None,
        open=opened,
    )
