"""A tool as it is declared, and one call of it: who calls, under which plan, and whom it turned out to be about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, get_type_hints

from pydantic import BaseModel

from tantam.desk.api.body import Told
from tantam.desk.assistants.access import Reached, reach
from tantam.desk.assistants.whom import Assistant
from tantam.desk.cases.models import Case
from tantam.desk.customers.models import Customer
from tantam.desk.plans import RunningPlan


class Answer(BaseModel):
    """What a tool answers; its fields are the tool's output schema."""


@dataclass
class Calling:
    """One call. key: of the token, by which it is counted. lang: of the plan's, in which it is answered.

    case, customer: whom it is about, as far as that is known yet.
    """

    assistant: Assistant
    key: str
    plan: RunningPlan
    lang: str
    case: Case | None = None
    customer: Customer | None = None

    def reach(self, named: str) -> Reached:
        """Return the case, and note that the call is about it. Raises Http404, Refused."""
        found = reach(self.assistant, named, self.plan)
        self.case = found.case
        return found


Do = Callable[[Calling, Any], Answer]


@dataclass(frozen=True, slots=True)
class Tool:
    """title: for people. asks, answers: the models of what it takes and gives. reads: it changes nothing.

    The function's name is the tool's; its docstring is what the model reads.
    """

    title: str
    asks: type[Told]
    answers: type[Answer]
    reads: bool
    do: Do

    @property
    def name(self) -> str:
        """How it is called."""
        return self.do.__name__

    @property
    def description(self) -> str:
        """What it does, when to call it, and what then."""
        return " ".join((self.do.__doc__ or "").split())


TOOLS: dict[str, Tool] = {}


def reading(title: str) -> Callable[[Do], Do]:
    """Declare a tool that changes nothing."""
    return _declare(title, True)


def acting(title: str) -> Callable[[Do], Do]:
    """Declare a tool that does something."""
    return _declare(title, False)


def _declare(title: str, reads: bool) -> Callable[[Do], Do]:
    def declared(do: Do) -> Do:
        hints = get_type_hints(do)
        TOOLS[do.__name__] = Tool(title, hints["asked"], hints["return"], reads, do)
        return do

    return declared
