"""What the steps of a procedure say to whoever does them: in the reader's language, and what is asked in the case's."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from tantam.desk.plans.pictures import shown_in
from tantam.desk.plans.procedures import Token, Turn, Walker
from tantam.plan.procedures.tries import FAILS, WORKS
from tantam.plan.publish.flow import Flow, Step
from tantam.plan.publish.procedures import branch_words, flow
from tantam.plan.publish.speech import Speech
from tantam.plan.run import fact_aloud, filled
from tantam.plan.run.case import case_of
from tantam.plan.run.facts import value_text
from tantam.plan.sections.clauses_procedures import Choice


@dataclass(frozen=True)
class StepWords:
    """The words of one walker's steps in a language."""

    walker: Walker
    lang: str

    @cached_property
    def _speech(self) -> Speech:
        return Speech(self.walker.plan.plan, shown_in(self.walker, self.lang))

    def title(self, token: Token) -> str:
        """Return what is done at a step; the step's name where the plan does not say, or has it no more."""
        drawn = self._drawn(token)
        return (drawn.does if drawn else "") or token.path[-1].removesuffix("&").replace("_", " ")

    def who(self, token: Token) -> str:
        """Return who does it, as people call them."""
        return self._speech.lane(self.walker.who(token))

    def waits_for(self, token: Token) -> str:
        """Return the event that a step waits for, "" if it waits for a time or for nothing."""
        drawn = self._drawn(token)
        return drawn.waits if drawn and token.begins is None else ""

    def allowed(self, token: Token) -> str:
        """Return how long the step may take, "" if it does not say."""
        drawn = self._drawn(token)
        return drawn.time if drawn else ""

    def branches(self, token: Token) -> list[tuple[str, str]]:
        """Return (branch as written, in words) of a choice; [] of a step with one way."""
        step = self.walker.route.step(token.path)
        if not isinstance(step, Choice):
            return []
        found = [(way.when, self._branch(token, step, n)) for n, way in enumerate(step.branches)]
        return list(dict(found).items())

    def known(self, turn: Turn) -> list[tuple[str, str]]:
        """Return (term, value) in words of what a step asks for and is known."""
        plan = self.walker.plan.plan
        case = case_of(plan, self.walker.facts(), now=self.walker.now)
        values = {term: case.value(term) for term in turn.known}
        said = {term: fact_aloud(plan, term, value_text(value), self._speech.lang) for term, value in values.items()}
        return [(self.walker.plan.term_label(term, self.lang), text) for term, text in said.items()]

    def texts(self, token: Token) -> list[tuple[str, str]]:
        """Return (key, words) of the texts that a step sends, with what is known put in."""
        plan, keys = self.walker.plan.plan, self.walker.says(token)
        if not keys:
            return []
        case = case_of(plan, self.walker.facts(), now=self.walker.now)
        return [(key, filled(plan, key, self.lang, case.named([key]))) for key in keys]

    def _branch(self, token: Token, step: Choice, position: int) -> str:
        procedure = self.walker.route.procedure_at(token.path)
        tries = self.walker.plan.plan.troubleshooters.get(procedure.name) if procedure else None
        when = step.branches[position].when
        if tries is None or when not in (WORKS, FAILS):
            return branch_words(self._speech, step, position)
        if when == WORKS:
            return self._speech.say("try_works", goal=self._speech.term(tries.goal))
        return self._speech.say("try_fails")

    def _drawn(self, token: Token) -> Step | None:
        procedure = self.walker.route.procedure_at(token.path)
        if procedure is None:
            return None
        kept = self.walker.plan.plan.prepared
        key = (Flow, procedure.name, self._speech.lang)
        if key not in kept:
            kept[key] = flow(self._speech, procedure)
        found: Flow = kept[key]
        return found.step(token.path[-1])
