"""What the plan asks a customer once their case is settled: the question by which their satisfaction is measured."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from tantam.desk.plans.running import RunningPlan
from tantam.plan import run
from tantam.plan.sections.clauses_care import Question, Survey

EVENT = "resolved"
KINDS = ("csat", "")  # of surveys and questions that measure it; others ask for something else
SCALE = (1, 5)  # where the plan names neither scale nor answers
PLEASED = 0.75  # from this part of the scale on somebody is pleased: 4 and 5 of 5
MOST_STEPS = 11  # that fit on a page: 0 to 10
PERIODS = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}  # days


@dataclass(frozen=True, slots=True)
class Asked:
    """survey, question: their names. words: the question. low, high: its scale, or 1 and how many answers there are.

    labels: {score: what it is called}, empty for a scale. why: the free question that follows, or "".
    poor_below: a score below it calls for somebody; None if the plan does not say.
    """

    survey: str
    question: str
    words: str
    low: int
    high: int
    labels: dict[int, str]
    why: str
    poor_below: int | None

    @property
    def clause(self) -> str:
        """Where the plan asks it."""
        return f"surveys.{self.survey}"

    def scores(self) -> tuple[int, ...]:
        """Return what may be given, the best first where answers have words, else from the lowest up."""
        found = range(self.low, self.high + 1)
        return tuple(reversed(found)) if self.labels else tuple(found)

    def is_pleased(self, score: int) -> bool:
        """Whether somebody who gives this score is pleased."""
        return (score - self.low) / (self.high - self.low) >= PLEASED


def asked_once_settled(plan: RunningPlan, lang: str, *, stage: str, groups: Collection[str]) -> Asked | None:
    """Return what a customer of these groups is asked once a case of this stage is settled; None for nothing."""
    survey = _survey(plan, stage, groups)
    question = _question(survey) if survey else None
    if survey is None or question is None:
        return None
    low, high = _scale(question)
    labels = {high - n: plan.word(words, lang) for n, words in enumerate(question.answers)}
    free = next((each for each in survey.questions if each.kind == "text"), None)
    return Asked(
        survey.name,
        question.name,
        plan.word(question.words, lang),
        low,
        high,
        labels,
        why=plan.word(free.words, lang) if free else "",
        poor_below=question.follow_up_below,
    )


def words(plan: RunningPlan, survey: str, question: str, lang: str) -> str:
    """Return the question as this version asks it, "" if it has none of these names."""
    found = _named(plan, survey, question)
    return plan.word(found.words, lang) if found else ""


def label(plan: RunningPlan, survey: str, question: str, score: int, lang: str) -> str:
    """Return what a score is called, "" where the question is answered on a scale."""
    found = _named(plan, survey, question)
    answers = found.answers if found else ()
    return plan.word(answers[len(answers) - score], lang) if 0 < score <= len(answers) else ""


def asks_groups(plan: RunningPlan) -> bool:
    """Whether it depends on the customer's groups what is asked."""
    return any(each.groups for each in _surveys(plan))


def asked_by_letter(plan: RunningPlan, asked: Asked, settled: datetime) -> datetime | None:
    """Return when the plan has a letter ask, counted from the settling; None where it names no time after it."""
    after = plan.plan.surveys[asked.survey].after
    return run.due_at(plan.plan, settled, after, plan.plan.promises.clock) if after else None


def seldom(plan: RunningPlan, asked: Asked) -> tuple[int, timedelta] | None:
    """Return how often at most one customer is asked by letter, and in which time; None where there is no bound."""
    survey = plan.plan.surveys[asked.survey]
    if survey.most is None or survey.per not in PERIODS:
        return None
    return survey.most, timedelta(days=PERIODS[survey.per])


def _surveys(plan: RunningPlan) -> list[Survey]:
    named = plan.plan.surveys.values()
    return [each for each in named if each.event == EVENT and each.kind in KINDS and _question(each)]


def _survey(plan: RunningPlan, stage: str, groups: Collection[str]) -> Survey | None:
    """Return the first survey that is meant for such a case."""
    return next(
        (
            each
            for each in _surveys(plan)
            if (not each.stages or stage in each.stages) and (not each.groups or set(each.groups) & set(groups))
        ),
        None,
    )


def _named(plan: RunningPlan, survey: str, question: str) -> Question | None:
    asked = plan.plan.surveys.get(survey)
    return next((each for each in asked.questions if each.name == question), None) if asked else None


def _question(survey: Survey) -> Question | None:
    """Return the question that measures it: the one of that kind, else the first that can be answered by a number."""
    fits = [each for each in survey.questions if each.kind in KINDS and 1 < _steps(each) <= MOST_STEPS]
    return min(fits, key=lambda each: each.kind != "csat", default=None)


def _steps(question: Question) -> int:
    low, high = _scale(question)
    return high - low + 1


def _scale(question: Question) -> tuple[int, int]:
    if question.answers:
        return 1, len(question.answers)
    return question.scale or SCALE
