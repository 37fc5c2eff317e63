"""One version of the plan at work: everything that the desk asks of it, by codes; the words come with a language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from tantam.desk.common import clock
from tantam.desk.common.money import Money
from tantam.desk.plans import kinds
from tantam.desk.plans.citing import cited, citing
from tantam.plan import run
from tantam.plan.errors import BadFact, UnknownName
from tantam.plan.run import Agreed, Answer, Care, Fact, Grant, Openness, Owed, Question, Standing, Triage

if TYPE_CHECKING:
    from tantam.desk.plans.models import Directive, PlanVersion
    from tantam.history.measures import Definition
    from tantam.plan.calendars import Hours
    from tantam.plan.sections import Plan
    from tantam.plan.sections.clauses import Goal

Facts = Mapping[str, Fact]
T = TypeVar("T")

_COUNTRY_OF = {"VND": "VN", "CHF": "CH", "GBP": "GB", "USD": "US", "JPY": "JP"}


@dataclass(frozen=True, slots=True)
class WayIn:
    """One of the plan's channels. words: its label by language. until, next: when it closes, or opens."""

    name: str
    words: Mapping[str, str]
    address: str
    open: bool
    until: datetime | None
    next: datetime | None


class RunningPlan:
    """A thawed plan with its row. Facts are {term: Fact}; `terms_of` makes them from {path: Fact}."""

    def __init__(self, row: PlanVersion, plan: Plan, directives: tuple[Directive, ...] = ()) -> None:
        self.row, self.plan, self.directives = row, plan, directives

    # ------------------------------------------------------------------ what it is

    @property
    def number(self) -> int:
        """What rows and addresses name it by; of a plan under directives not the number of its version."""
        return self.row.number

    @property
    def version(self) -> int:
        """The number of the enacted version, with or without directives laid over it."""
        return self.row.base_id or self.row.number

    @property
    def enacted(self) -> PlanVersion:
        """The row of the enacted version."""
        return self.row.base or self.row

    @property
    def name(self) -> str:
        """The version as people and events name it: `3-a1b2c3d4e5f6`, under directives `3-a1b2c3d4e5f6+1+2`."""
        return "+".join([f"{self.version}-{self.enacted.hash}", *(str(each.number) for each in self.directives)])

    @property
    def languages(self) -> tuple[str, ...]:
        """The company's languages, its own first."""
        return self.plan.languages

    @property
    def timezone(self) -> str:
        """The company's time zone, an IANA name."""
        return self.plan.zone

    @cached_property
    def country(self) -> str:
        """The company's country as two letters (`VN`); of a plan that names none, that of its currency, or ""."""
        return self.plan.document.company.country or _COUNTRY_OF.get(self.currency, "")

    @property
    def currency(self) -> str:
        """The company's currency."""
        return self.plan.currency

    @property
    def sells(self) -> bool:
        """Whether its customers buy from it; colleagues whom a department serves do not."""
        return self.plan.company.customers != "internal"

    def company(self, lang: str) -> str:
        """Return the company's name in `lang`."""
        written = self.plan.document.company.name
        return self.word({lang: written} if isinstance(written, str) else written, lang)

    # ------------------------------------------------------------------ what it answers

    def terms_of(self, recorded: Facts, own: Facts, now: datetime | None = None) -> dict[str, Fact]:
        """Return the facts of the terms that come from what is on record.

        recorded: by path (`purchase.price`); own: by the name of a term that the plan has without a path. A value
        outside its term's domain is left out, as unknown.
        """
        at, found = now or clock.now(), {}
        for name, clause in self.plan.terms.items():
            if clause.computed:
                continue
            fact = recorded.get(clause.source or clause.since) or own.get(name)
            if fact is None:
                continue
            try:
                found[name] = run.read_fact(self.plan, name, fact.value, now=at, standing=fact.standing)
            except BadFact:
                continue
        return found

    def sources(self) -> frozenset[str]:
        """Return the paths that the plan's terms come from, or count their time since."""
        return self._sources

    @cached_property
    def _sources(self) -> frozenset[str]:
        return frozenset(each.source or each.since for each in self.plan.terms.values())

    def read(self, told: Mapping[str, Any], standing: Standing, now: datetime | None = None) -> dict[str, Fact]:
        """Return what was written or chosen for terms as facts, without empty ones. Raises UnknownName, BadFact."""
        given = {term: got for term, got in told.items() if got not in ("", None)}
        return run.read_facts(self.plan, given, now=now or clock.now(), standing=standing)

    def known(self, told: Mapping[str, T]) -> dict[str, T]:
        """Return what is given for terms that this plan has; a form or a case may be older than the plan."""
        return {term: given for term, given in told.items() if term in self.plan.terms}

    def fact_text(self, term: str, fact: Fact) -> str:
        """Return the fact as text that `read` reads back. Raises UnknownName."""
        return run.fact_text(self.plan, term, fact)

    def triage(self, facts: Facts, now: datetime | None = None) -> Triage:
        """Return stage, severity and level of a case."""
        return run.triage(self.plan, facts, now=now or clock.now())

    def groups(self, facts: Facts, now: datetime | None = None) -> tuple[str, ...]:
        """Return the groups that the customer is in."""
        return run.groups_of(self.plan, facts, now=now or clock.now())

    def care(self, groups: Iterable[str]) -> tuple[Care, ...]:
        """Return how to care for a customer of these groups."""
        return run.care(self.plan, groups)

    def owed(self, facts: Facts, start: datetime, agreed: Iterable[Agreed] = ()) -> tuple[Owed, ...]:
        """Return what is owed to a case whose clock starts at `start`, soonest first.

        agreed: what contracts promise of their own, which goes before the plan's rows by its precedence.
        """
        return run.owed_with(self.plan, facts, start=start, agreed=agreed)

    def decide(self, policy: str, facts: Facts, now: datetime | None = None) -> Answer:
        """Return the policy's answer. Raises UnknownName, BadFact."""
        return run.decide(self.plan, policy, facts, now=now or clock.now())

    def marks(self, policy: str, facts: Facts, now: datetime | None = None) -> tuple[run.Met, ...]:
        """Return the marks of the policy that surely meet these facts. Raises UnknownName, BadFact."""
        return run.marks(self.plan, policy, facts, now=now or clock.now())

    def terms_from(self, path: str) -> tuple[str, ...]:
        """Return the terms that come from a path."""
        return tuple(name for name, clause in self.plan.terms.items() if clause.source == path)

    def questions(self, policy: str, known: Facts, now: datetime | None = None) -> tuple[Question, ...]:
        """Return what the policy still needs to be told, in order."""
        return run.questions(self.plan, policy, known, now=now or clock.now())

    def may_grant(self, level: str, kind: str, minor: int, currency: str) -> Grant:
        """Return whether `level` may grant so much of `kind`, and who may if not. Raises UnknownName."""
        return run.may_grant(self.plan, level, kind, Money(minor, currency).text())

    def kind_of(self, policy: str) -> str:
        """Return what kind of thing the policy grants (`refund`), as authority names it. Raises UnknownName."""
        return self.plan.policy(policy).kind or policy

    def pinned_to_purchase(self, policy: str) -> bool:
        """Return whether what was promised when they bought counts. Raises UnknownName."""
        return self.plan.policy(policy).pinned == "purchase"

    def next_level(self, level: str, why: str = "missed") -> str | None:
        """Return the level above, None at the top or for a level that this version does not know."""
        try:
            return run.escalate(self.plan, level, why=why)
        except UnknownName:
            return None

    def level_handles(self, level: str, severity: str) -> bool:
        """Return whether `level` handles cases of `severity`; an unknown level handles none."""
        clause = self.plan.levels.get(level)
        return clause is not None and severity in clause.handles

    @cached_property
    def _levels(self) -> tuple[str, ...]:
        return tuple(sorted(self.plan.levels, key=lambda name: self.plan.levels[name].rank))

    def levels(self) -> tuple[str, ...]:
        """Return the names of the levels, lowest first."""
        return self._levels

    def pauses(self, kind: str) -> bool:
        """Return whether a promise of `kind` pauses while the customer is asked."""
        return kinds.pauses(self.plan, kind)

    # ------------------------------------------------------------------ time

    def hours(self) -> Mapping[str, Hours]:
        """Return the plan's hours by name: the clocks that its promises run on."""
        return self.plan.hours

    def openness(self, now: datetime | None = None) -> Openness:
        """Return whether anybody answers now, until when, or from when on; ways in that never close do not count."""
        at = now or clock.now()
        found = [run.open_now(self.plan, name, now=at) for name in self._staffed_hours]
        if open_ones := [each for each in found if each.open]:
            return max(open_ones, key=lambda each: each.until or at)
        opening = [each for each in found if each.next is not None]
        return min(opening, key=lambda each: each.next or at, default=Openness(open=False))

    def severities(self) -> tuple[str, ...]:
        """Return the names of the severities, in the plan's order, the mildest first."""
        return self.plan.severities

    @cached_property
    def _staffed_hours(self) -> tuple[str, ...]:
        """The hours at which people answer: those of the promises, else those of the channels."""
        clock_of = self.plan.promises.clock
        named = [clock_of] if clock_of else [each.hours for each in self.plan.channels.values() if each.hours]
        return tuple(dict.fromkeys(named))

    def channels(self, now: datetime | None = None) -> tuple[WayIn, ...]:
        """Return the ways in, each with whether it is open; one without hours is always open."""
        at = now or clock.now()
        found = []
        for each in self.plan.channels.values():
            state = run.open_now(self.plan, each.hours, now=at) if each.hours else Openness(open=True)
            found.append(WayIn(each.name, each.label, each.address, state.open, state.until, state.next))
        return tuple(found)

    def clock_of(self, owed: Owed) -> str:
        """Return the hours on which a promise's remaining time is counted while it pauses.

        A promise in working days ends at an instant that no minutes gave; what is left of it is open time all the same.
        """
        return kinds.pausing_clock(self.plan, owed)

    def minutes_left(self, clock_name: str, now: datetime, due: datetime) -> int:
        """Return the open minutes from `now` to `due` on that clock ("" is calendar time), >= 0."""
        return run.open_minutes_left(self.plan, clock_name, now=now, due=due)

    def due_again(self, clock_name: str, now: datetime, minutes: float) -> datetime:
        """Return when so many open minutes will have passed on that clock."""
        return run.due_again(self.plan, clock_name, now=now, minutes=round(minutes))

    # ------------------------------------------------------------------ words

    def text(self, key: str, lang: str, args: Mapping[str, Any] | None = None) -> str:
        """Return one of the plan's texts in `lang`, its {places} filled with what `args` has."""
        return run.filled(self.plan, key, lang, args or {})

    def label(self, term: str, value: str, lang: str) -> str:
        """Return how a person reads a term's value, given as fact text."""
        return run.fact_aloud(self.plan, term, value, lang)

    def term_label(self, term: str, lang: str) -> str:
        """Return how a person calls the term."""
        return run.term_label(self.plan, term, lang)

    def term_choices(self, term: str, lang: str) -> tuple[tuple[str, str], ...]:
        """Return the values that a term may take, each with its words; none for a term that is no choice."""
        clause = self.plan.terms.get(term)
        return tuple((value, self.label(term, value, lang)) for value in clause.values) if clause else ()

    def is_age(self, term: str) -> bool:
        """Return whether the term is the time since a day, so that the day itself answers it too."""
        clause = self.plan.terms.get(term)
        return bool(clause and clause.since)

    def outcome_label(self, policy: str, outcome: str, lang: str) -> str:
        """Return how the policy calls its outcome, "" where it does not say."""
        clause, action = self.plan.policies.get(policy), self.plan.actions.get(outcome)
        named = clause.outcomes.get(outcome) if clause else None
        return self.word((named.label if named else {}) or (action.label if action else {}), lang)

    def level_label(self, level: str, lang: str) -> str:
        """Return how a person calls the level."""
        clause = self.plan.levels.get(level)
        return self.called(level, clause.label if clause else {}, lang)

    def team_choices(self, lang: str) -> list[tuple[str, str]]:
        """Return the teams, each with what people call it."""
        return [(name, self.called(name, each.label, lang)) for name, each in self.plan.teams.items()]

    def group_label(self, group: str, lang: str) -> str:
        """Return how a person calls the group."""
        clause = self.plan.groups.get(group)
        return self.called(group, clause.label if clause else {}, lang)

    def policy_label(self, policy: str, lang: str) -> str:
        """Return how a person calls the policy."""
        clause = self.plan.policies.get(policy)
        return self.called(policy, clause.label if clause else {}, lang)

    def commitment(self, policy: str, lang: str) -> str:
        """Return what the policy commits the company to, one or two sentences; "" if it does not say."""
        clause = self.plan.policies.get(policy)
        return self.word(clause.commitment if clause else {}, lang)

    def promise_label(self, kind: str, lang: str, clause: str = "") -> str:
        """Return how a person calls what is owed: by its kind, else by the outcome that it is promised under.

        clause: where it was promised, which tells the policy; "" takes the first policy with such an outcome.
        """
        if said := self.word(self.plan.promises.labels.get(kind, {}), lang):
            return said
        asked = (_policy_of(clause),) if clause else self.policies()
        return next(filter(None, (self.outcome_label(each, kind, lang) for each in asked)), _spaced(kind))

    def because(self, stored: Mapping[str, Any], lang: str) -> str:
        """Return a stored because as one sentence."""
        if not stored:
            return ""
        sentence = run.because_of(self.plan, stored).text(lang)
        directive = cited(self.plan, self.directives, stored) if self.directives else None
        return citing(sentence, directive, lang, zone=self.timezone) if directive else sentence

    def word(self, words: Mapping[str, str], lang: str) -> str:
        """Return the words in `lang`, else in the company's own language, else any; "" if there are none."""
        return words.get(lang) or words.get(self.languages[0]) or next(iter(words.values()), "")

    def called(self, name: str, words: Mapping[str, str], lang: str) -> str:
        """Return how a person calls what the plan names: its words as `word` does, else the name with spaces."""
        return self.word(words, lang) or _spaced(name)

    # ------------------------------------------------------------------ what it says of itself

    def policies(self, stage: str | None = None) -> tuple[str, ...]:
        """Return the names of the policies, of one stage or all."""
        return tuple(name for name, each in self.plan.policies.items() if stage in (None, each.stage))

    def goals(self) -> tuple[Goal, ...]:
        """Return the goals."""
        return tuple(self.plan.goals.values())

    def measure_label(self, measure: str, lang: str) -> str:
        """Return how the plan calls a measure in `lang`, "" where it does not say."""
        clause = self.plan.measures.get(measure)
        return clause.label.get(lang, "") if clause else ""

    def measure_words(self, measure: str, lang: str) -> str:
        """Return how the plan explains a measure in `lang`, "" where it does not say."""
        clause = self.plan.measures.get(measure)
        return clause.words.get(lang, "") if clause else ""

    def measure_clause(self, measure: str) -> str:
        """Return where the plan says how a measure is counted, "" where it does not."""
        return f"measures.{measure}" if measure in self.plan.measures else ""

    @cached_property
    def definitions(self) -> Mapping[str, Definition]:
        """Every measure that can be counted under this plan, by name: the fifteen first, then its own."""
        from tantam.history import measures

        return measures.definitions(self.plan)

    def findings(self, lang: str) -> list[str]:
        """Return what was found as this version was read, in sentences."""
        return [each.sentence(lang) for each in self.plan.findings]

    def body(self, lang: str, audience: str) -> str:
        """Return the published plan's article as HTML, for `customer` or `staff`."""
        from tantam.plan.publish import Audience, body

        return body(self.plan, lang, Audience(audience))


def _policy_of(clause: str) -> str:
    """Return the policy that a clause such as `policies.exchange.decides#faulty` belongs to, else ""."""
    parts = clause.split("#")[0].split(".")
    return parts[1] if parts[0] == "policies" and len(parts) > 1 else ""


def _spaced(name: str) -> str:
    return name.replace("_", " ")


__all__ = ["Facts", "RunningPlan", "WayIn"]
