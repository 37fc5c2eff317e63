"""What the page about assistants shows: each with what it may and what came of its work, and each of its doings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tantam.desk.accounts.models import Person
from tantam.desk.api.models import ApiToken
from tantam.desk.assistants.models import Doing, Proposal
from tantam.desk.common import clock
from tantam.desk.common.numbers import whole
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.providers import programs, scope_of

COUNTED = timedelta(days=30)
TITLES = {
    "search_knowledge": _("Search what we promise"),
    "decide": _("Ask what the plan grants"),
    "open_case": _("Open a case"),
    "add_message": _("Add the customer's words"),
    "choose": _("Choose among what is granted"),
    "follow_case": _("See how a case stands"),
    "hand_over": _("Hand over to a person"),
    "customer_data": _("Look at customer data"),
    "draft_reply": _("Write to the customer"),
    "grant": _("Grant a claim"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which doings: of one assistant (its id), of one tool, of one outcome; None and "" leave it open."""

    person: int | None
    tool: str
    outcome: str

    def narrow(self, doings: QuerySet[Doing]) -> QuerySet[Doing]:
        """Return those that are asked for."""
        wanted = {"person": self.person, "tool": self.tool, "outcome": self.outcome}
        return doings.filter(**{field: value for field, value in wanted.items() if value})


def asked_of(query: QueryDict) -> Asked:
    """Return what an address asks for; what it names wrongly is left open."""
    tool, outcome = query.get("tool", ""), query.get("outcome", "")
    return Asked(
        whole(query.get("assistant", "")),
        tool if tool in TITLES else "",
        outcome if outcome in Doing.Outcome.values else "",
    )


def filters(asked: Asked, known: Sequence[Person]) -> list[dict[str, Any]]:
    """Return the choices of the filter's form."""
    return [
        _filter("assistant", _("Assistant"), [(str(each.pk), each.name) for each in known], str(asked.person or "")),
        _filter("tool", _("What was asked for"), [(name, str(words)) for name, words in TITLES.items()], asked.tool),
        _filter("outcome", _("How it ended"), list(Doing.Outcome.choices), asked.outcome),
    ]


def _filter(name: str, label: Any, choices: Sequence[tuple[str, Any]], chosen: str) -> dict[str, Any]:
    given = [("", _("all"), not chosen), *((code, words, code == chosen) for code, words in choices)]
    return {"name": name, "label": label, "choices": given}


def rows_of(known: Sequence[Person], plan: RunningPlan | None, lang: str) -> list[dict[str, Any]]:
    """Return each assistant with its token, its scope and the figures of COUNTED. Three queries, however many."""
    since = clock.now() - COUNTED
    done = _counted(Doing.objects.filter(at__gte=since, person__in=known), ("outcome", "tool"))
    drafts = _counted(Proposal.objects.filter(made_at__gte=since, person__in=known), ("state",))
    tokens: dict[int, ApiToken] = {}
    of_them = ApiToken.objects.filter(Q(person__in=known)).select_related("bound__customer").order_by("id")
    for each in of_them:
        tokens[each.person_id] = each
    labels = dict(programs(plan, lang)) if plan else {}
    return [_row(each, tokens.get(each.pk), (done, drafts), plan, labels | {"": lang}) for each in known]


Counted = Mapping[tuple[Any, ...], int]


def _counted(found: QuerySet[Any], by: tuple[str, ...]) -> Counted:
    rows = found.order_by().values_list("person", *by).annotate(Count("id"))
    return {tuple(row[:-1]): row[-1] for row in rows}


def _row(
    person: Person, token: ApiToken | None, counted: tuple[Counted, Counted], plan: RunningPlan | None, labels: Any
) -> dict[str, Any]:
    done, drafts = counted
    scope = scope_of(plan, person.provider) if plan else None
    bound = getattr(token, "bound", None)
    states = {state: drafts.get((person.pk, state), 0) for state in Proposal.State.values}
    return {
        "person": person,
        "provider": labels.get(person.provider) or person.provider,
        "level": plan.level_label(person.level, labels[""]) if plan else person.level,
        "token": token,
        "counts": person.is_active and token is not None and token.counts(clock.now()),
        "known": scope is not None,
        "free": scope is not None and scope.free,
        "clause": scope.clause if scope else "",
        "customer": bound.customer if bound else None,
        "topics": ", ".join(plan.label("topic", each, labels[""]) for each in bound.topics) if bound and plan else "",
        "calls": sum(count for key, count in done.items() if key[0] == person.pk),
        "refused": sum(n for key, n in done.items() if key[:2] == (person.pk, Doing.Outcome.REFUSED.value)),
        "handed_over": done.get((person.pk, Doing.Outcome.DONE.value, "hand_over"), 0),
        "drafts": states,
    }


def said(doing: Doing) -> dict[str, Any]:
    """Return one doing in words."""
    look = {"done": "", "refused": "t-soon", "failed": "t-broken"}
    return {
        "doing": doing,
        "what": TITLES.get(doing.tool) or doing.tool,
        "ended": doing.get_outcome_display(),
        "look": look.get(doing.outcome, ""),
        "about": doing.case.subject if doing.case else "",
        "took": gettext("%(n)s ms") % {"n": doing.milliseconds},
    }
