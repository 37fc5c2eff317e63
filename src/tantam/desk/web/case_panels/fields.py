"""What else is known of the case: the plan's terms that colleagues filled in, and those that nobody knows yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tantam.desk.plans import fields
from tantam.desk.web.panels import Shown, panel


@panel("fields", "right", 70)
def known_fields(shown: Shown) -> Mapping[str, Any] | None:
    """Return what was filled in, what the plan asks here, and what else may be filled in; one query."""
    plan, lang, filled = shown.plan, shown.lang, shown.plan.known(shown.case.fields)
    known = dict(shown.known)
    asked = [each for each in fields.asked_here(plan, shown.case.topic, known) if each not in filled]
    rest = [each for each in fields.not_known(plan, known.keys() | filled.keys()) if each not in asked]
    if not (filled or asked or rest):
        return None
    return {
        "filled": [(plan.term_label(each, lang), plan.label(each, text, lang)) for each, text in filled.items()],
        "groups": [
            (_with_values(shown, fields.fields_of(plan, filled, lang)), "filled"),
            (_with_values(shown, fields.fields_of(plan, asked, lang)), "asked"),
            (_with_values(shown, fields.fields_of(plan, rest, lang)), "rest"),
        ],
    }


def _with_values(shown: Shown, found: tuple[fields.TermField, ...]) -> list[tuple[fields.TermField, str]]:
    """Return each field with its value: as typed and refused, else as it was filled in."""
    written = shown.typed.fields if shown.typed.verb == "fill_in_it" else {}
    return [(each, written.get(f"term-{each.term}", shown.case.fields.get(each.term, ""))) for each in found]
