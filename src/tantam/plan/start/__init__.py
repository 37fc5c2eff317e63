"""A first plan: an interview that is data, and a whole plan made of its answers.

`next_question(answers)` gives what to ask, `answered(question, text)` reads what somebody typed, `plan_of(answers,
today=…)` gives the files. Whoever asks, a terminal or a page, asks these three and knows nothing else of it. Pure: no
clock, no files but those of the package.
"""

from __future__ import annotations

from tantam.plan.start.answering import answered, typed
from tantam.plan.start.interview import Answer, Answers, Kind, Option, Question, asked, next_question, questions
from tantam.plan.start.walk import Taken, taken
from tantam.plan.start.writing import plan_of

__all__ = [
    "Answer",
    "Answers",
    "Kind",
    "Option",
    "Question",
    "Taken",
    "answered",
    "asked",
    "next_question",
    "plan_of",
    "questions",
    "taken",
    "typed",
]
