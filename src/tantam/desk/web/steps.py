"""A case's procedure as its page shows it: what is next, who does it and by when, what was gone through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext

from tantam.desk.accounts.models import Person
from tantam.desk.cases.models import Case
from tantam.desk.claims.models import Claim
from tantam.desk.customers.address import spoken_to
from tantam.desk.plans import RunningPlan, UnknownName, asking
from tantam.desk.plans import procedures as of_plan
from tantam.desk.plans.procedure_words import StepWords
from tantam.desk.plans.procedures import CUSTOMER, Gone, How, Standing, Token, Turn, Walker
from tantam.desk.procedures.knowing import walker_of
from tantam.desk.procedures.models import Run
from tantam.desk.procedures.standing import gone_of, standing_of

SHOWN_BEHIND = 3
AUTO = "step%d_%%s"


@dataclass(frozen=True)
class OpenStep:
    """A step where the work stands. number: of its token. yours: whether it falls to the reader's own level.

    waits: until when; event: what it waits for instead. known: (term, value) in words. ways: (branch, words, whether
    it follows). because, clause: why it does. typed, skips: what was written and refused, and whether to skip it.
    ask: the questions as the customer would read them. texts: (key, words).
    """

    number: int
    title: str
    who: str
    yours: bool
    customers: bool
    waits: datetime | None
    event: str
    due: datetime | None
    late: bool
    allowed: str
    form: forms.Form
    known: Sequence[tuple[str, str]]
    ways: Sequence[tuple[str, str, bool]]
    because: str
    clause: str
    ask: str
    texts: Sequence[tuple[str, str]]
    gone: bool
    typed: Mapping[str, str]
    skips: bool = False

    @property
    def follows(self) -> str:
        """The words of the branch that follows, "" while that is not known."""
        return next((words for _, words, chosen in self.ways if chosen), "")


@dataclass(frozen=True, slots=True)
class StepBehind:
    """A step that was gone through. look: done, skipped or missed. went: the branch taken, in words, or ""."""

    number: int
    title: str
    look: str
    at: datetime
    who: str
    went: str
    reason: str


@dataclass(frozen=True, slots=True)
class Steps:
    """A case's procedure. behind: newest first; earlier: how many more there are. version: its plan's name.

    goes_back: whether a step can be taken back.
    """

    title: str
    clause: str
    state: str
    open: Sequence[OpenStep]
    behind: Sequence[StepBehind]
    earlier: int
    version: str
    goes_back: bool


class Answers(forms.Form):
    """What is still asked at a step, a field a term; whatever is left empty stays unknown."""

    def __init__(self, fields: Mapping[str, forms.Field], number: int, data: Mapping[str, Any] | None) -> None:
        super().__init__(data, auto_id=AUTO % number)
        for name, field in fields.items():
            self.fields[name] = _optional(field)

    def answers(self) -> dict[str, str]:
        """Return {term: as the plan reads it} of what was filled in. The form is valid."""
        found = {}
        for name, got in self.cleaned_data.items():
            if got not in (None, "", [], asking.UNSURE):
                found[name.removeprefix(asking.PREFIX)] = _text(got)
        return found


def last_run(case: Case) -> Run | None:
    """Return the case's run: the one under way, else the last one. One query."""
    return case.runs.order_by("-id").first()


def walker_for(run: Run, case: Case, now: datetime, claims: Sequence[Claim] | None = None) -> Walker | None:
    """Return what walks the run, None if its version has no such procedure."""
    try:
        return walker_of(run, case, now, claims)
    except UnknownName:
        return None


def steps_of(run: Run, walker: Walker, person: Person, lang: str, typed: Any) -> Steps:
    """Return the procedure as a page shows it. typed: what was written in a form and refused."""
    words, standing = StepWords(walker, lang), standing_of(run)
    running = run.state == Run.State.RUNNING
    taken = [(each, gone_of(each)) for each in reversed(run.taken)]
    names = _names([each for each, _ in taken[:SHOWN_BEHIND]])
    open_ = (
        [_open(walker, words, each, (run.case, person, typed)) for each in walker.workable(standing)] if running else []
    )
    return Steps(
        of_plan.label(walker.plan, run.procedure, lang),
        f"procedures.{run.procedure}",
        "" if running else str(run.get_state_display()),
        open_,
        [_behind(words, kept, gone, names) for kept, gone in taken[:SHOWN_BEHIND]],
        max(0, len(taken) - SHOWN_BEHIND),
        walker.plan.name,
        any("before" in each for each in run.taken),
    )


def all_behind(run: Run, walker: Walker, lang: str) -> list[StepBehind]:
    """Return all that was gone through, first to last. One query, for names."""
    words, names = StepWords(walker, lang), _names(run.taken)
    return [_behind(words, each, gone_of(each), names) for each in run.taken]


def answers_for(walker: Walker, token: Token, lang: str, data: Mapping[str, Any] | None) -> Answers:
    """Return the form of what is still asked at a step."""
    turn = walker.turn(token)
    return _form(walker, token, turn, lang, data)


def standing_and_gone(run: Run) -> tuple[Standing, list[Gone]]:
    """Return where a run stands and what was gone through, for a picture."""
    standing = standing_of(run) if run.state == Run.State.RUNNING else Standing()
    return standing, [gone_of(each) for each in run.taken]


def _open(walker: Walker, words: StepWords, token: Token, of: tuple[Case, Person, Any]) -> OpenStep:
    case, person, typed = of
    turn = walker.turn(token)
    written = typed.fields if typed.verb.endswith(f"-{token.number}") else {}
    who, waits = walker.who(token), token.waits(walker.now)
    because = turn.because if turn and turn.when is not None else None
    return OpenStep(
        number=token.number,
        title=words.title(token),
        who=words.who(token),
        yours=bool(person.level) and who == person.level,
        customers=who == CUSTOMER,
        waits=token.begins if waits else None,
        event=words.waits_for(token),
        due=None if waits else token.due,
        late=token.late or bool(token.due and token.due <= walker.now),
        allowed=words.allowed(token),
        form=_form(walker, token, turn, words.lang, written or None),
        known=words.known(turn) if turn else [],
        ways=_ways(words, token, turn),
        because=because.text(words.lang) if because else "",
        clause=because.clause if because else walker.clause(token),
        ask=_asked_of(case, walker.plan, turn),
        texts=[(key, spoken_to(case.customer, said, case.language)) for key, said in _texts(walker, token, case)],
        gone=not walker.has(token),
        typed=written,
        skips=typed.verb == f"skip_it-{token.number}",
    )


def _ways(words: StepWords, token: Token, turn: Turn | None) -> list[tuple[str, str, bool]]:
    follows = turn.when if turn else None
    return [(when, said, when == follows) for when, said in words.branches(token)]


def _texts(walker: Walker, token: Token, case: Case) -> list[tuple[str, str]]:
    return StepWords(walker, case.language).texts(token)


def _asked_of(case: Case, plan: RunningPlan, turn: Turn | None) -> str:
    """Return the open questions as the customer reads them, a line each."""
    asked = [plan.word(each.words, case.language) for each in turn.asks] if turn else []
    return spoken_to(case.customer, "\n".join(filter(None, asked)), case.language)


def _form(walker: Walker, token: Token, turn: Turn | None, lang: str, data: Mapping[str, Any] | None) -> Answers:
    fields = asking.fields_for(turn.asks, walker.plan, lang) if turn else {}
    return Answers(fields, token.number, data)


def _optional(field: forms.Field) -> forms.Field:
    """Let a question stay open: a colleague may not know yet."""
    field.required = False
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.MultipleChoiceField):
        unsure = gettext("not known yet")
        field.choices = [(code, unsure if code == asking.UNSURE else words) for code, words in field.choices]
        field.initial = asking.UNSURE
    return field


def _text(got: Any) -> str:
    match got:
        case date():
            return got.isoformat()
        case list():
            return ", ".join(map(str, got))
        case _:
            return str(got)


def _behind(words: StepWords, kept: Mapping[str, Any], gone: Gone, names: Mapping[int, str]) -> StepBehind:
    look = "done" if gone.how is How.ALONE else gone.how.value
    ways = dict(words.branches(gone.token))
    who = names.get(kept.get("person") or 0, "")
    went = ways.get(gone.when, "") if gone.how is not How.MISSED else ""
    return StepBehind(gone.token.number, words.title(gone.token), look, gone.at, who, went, kept.get("reason", ""))


def _names(taken: Sequence[Mapping[str, Any]]) -> dict[int, str]:
    """Return the names of the colleagues who did these steps; one query if any did."""
    ids = {each["person"] for each in taken if each.get("person")}
    return dict(Person.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}


def choices(case: Case, plan: RunningPlan, lang: str, running: str) -> list[tuple[str, str, bool]]:
    """Return (name, words, whether the plan has it for this case) of the procedures that may be begun instead."""
    fits = of_plan.chosen(plan, topic=case.topic, stage=case.stage)
    found = [(name, said, name == fits) for name, said in of_plan.procedures(plan, lang) if name != running]
    return sorted(found, key=lambda each: not each[2])
