"""What departments owe for this case, and what of it rests on them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from tantam.desk.cases.departments import resting, supported
from tantam.desk.cases.ledger import chip
from tantam.desk.cases.models import Case, Promise
from tantam.desk.plans import departments
from tantam.desk.plans.care import department_label
from tantam.desk.web import case_words
from tantam.desk.web.panels import Shown, panel


@panel("departments", "right", 28)
def show(shown: Shown) -> Mapping[str, Any] | None:
    """Return the promises between departments beside those to the customer that rest on them; two queries."""
    plan, lang, case = shown.plan, shown.lang, shown.case
    asked = [
        (f"{each.department}.{each.name}", department_label(plan, each.department, lang), _offered(shown, each))
        for each in departments.asked(plan)
    ]
    rests = [_rests(each, shown) for each in resting(case)]
    serves = [
        _serves(each, shown) for each in (supported(case) if any(each.owed_by for each in case.promises.all()) else ())
    ]
    if not (asked or rests or serves):
        return None
    grouped: dict[str, list[tuple[str, str]]] = {}
    for name, label, words in asked:
        grouped.setdefault(label, []).append((name, words))
    return {
        "case": case,
        "asked": list(grouped.items()) if case.status != Case.Status.MERGED and not case.department else [],
        "rests": rests,
        "serves": serves,
        "department": department_label(plan, case.department, lang) if case.department else "",
        "key": uuid.uuid4().hex,
        "typed": shown.typed if shown.typed.verb == "ask_it" else None,
    }


def _offered(shown: Shown, owing: departments.Owing) -> str:
    what = departments.what(shown.plan, owing.clause, shown.lang)
    return f"{what} ({departments.within(shown.plan, owing, shown.lang)})"


def _rests(promise: Promise, shown: Shown) -> dict[str, Any]:
    outer = promise.supports
    assert outer is not None
    return {
        "chip": chip(promise, shown.now),
        "what": case_words.promise(shown.plan, promise.kind, promise.clause),
        "department": department_label(shown.plan, promise.owed_by, shown.lang),
        "case": promise.case,
        "outer": outer.words or case_words.promise(shown.plan, outer.kind, outer.clause),
        "outer_chip": chip(outer, shown.now),
        "late": promise.due_at > outer.due_at,
    }


def _serves(promise: Promise, shown: Shown) -> dict[str, Any]:
    outer = promise.supports
    return {
        "chip": chip(promise, shown.now),
        "what": case_words.promise(shown.plan, promise.kind, promise.clause),
        "outer": outer,
        "outer_chip": chip(outer, shown.now) if outer else None,
        "outer_what": (outer.words or case_words.promise(shown.plan, outer.kind, outer.clause)) if outer else "",
    }
