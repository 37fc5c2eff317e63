"""Say how a conversation went, line by line of the plan's form; where it wants four eyes, twice, by two people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.db import transaction
from django.http import Http404

from tantam.desk import plans
from tantam.desk.accounts.models import Person
from tantam.desk.cases.act import Act, act_on
from tantam.desk.cases.models import Actor
from tantam.desk.common.errors import Refused
from tantam.desk.plans import quality
from tantam.desk.plans.quality import Mark
from tantam.desk.reviews.access import may_review, reviews_for, reviews_such
from tantam.desk.reviews.models import MOST_REMARK, Review

GOOD, POOR = "good", "poor"
State = Review.State


@dataclass(frozen=True, slots=True)
class Verdict:
    """marks: by line of the form, as written, of plans.quality.Mark. remark: for whose conversation it was, or ""."""

    marks: Mapping[str, str] = field(default_factory=dict)
    remark: str = ""


def review(found: Review, person: Person, verdict: Verdict) -> Review:
    """Return it, done; or waiting for a second person where the plan wants four eyes, whose marks then count.

    Raises Http404 for who may not see it; Refused: reviewed_already, not_allowed, own_conversation, marks_missing,
    too_long.
    """
    if not reviews_for(person).filter(pk=found.pk).exists():
        raise Http404
    with transaction.atomic():
        act = replace(act_on(found.case, Actor.PLAN), actor=Actor.PERSON, person=person)
        kept = Review.objects.select_for_update(of=("self",), no_key=True).select_related("case").get(pk=found.pk)
        _refuse(kept, person)
        form = plans.version(kept.plan_version_id)
        marks, remark = _marks(verdict, quality.items(form, kept.form)), _remark(verdict)
        scored = quality.scored(form, kept.form, marks)
        first = kept.state == State.WAITING
        done = not (first and quality.four_eyes(form, kept.form))
        kept.marks = {name: str(mark) for name, mark in marks.items()}
        kept.remark, kept.points, kept.good = remark, scored.points, scored.good
        kept.reviewed_by = person if first else kept.reviewed_by
        kept.second_by = None if first else person
        kept.state, kept.done_at = (State.DONE, act.now) if done else (State.SECOND, None)
        kept.save(update_fields=["marks", "remark", "points", "good", "reviewed_by", "second_by", "state", "done_at"])
        if done:
            _tell(act, kept)
        return kept


def _refuse(kept: Review, person: Person) -> None:
    if kept.is_done:
        raise Refused("reviewed_already")
    if not reviews_such(person, kept):
        raise Refused("not_allowed")
    if not may_review(person, kept):
        raise Refused("own_conversation")


def _marks(verdict: Verdict, lines: tuple[str, ...]) -> dict[str, Mark]:
    """Return a mark for every line. Raises Refused: marks_missing."""
    if any(verdict.marks.get(each) not in set(Mark) for each in lines):
        raise Refused("marks_missing")
    return {each: Mark(verdict.marks[each]) for each in lines}


def _remark(verdict: Verdict) -> str:
    words = verdict.remark.replace("\x00", "").replace("\r\n", "\n").strip()
    if len(words) > MOST_REMARK:
        raise Refused("too_long", most=MOST_REMARK)
    return words


def _tell(act: Act, kept: Review) -> None:
    """Append what history counts: under the clause by which it was drawn."""
    outcome = GOOD if kept.good else POOR
    act.append(
        "quality_reviewed", clause=quality.clause_of(kept.form), review=kept.pk, outcome=outcome, points=kept.points
    )
