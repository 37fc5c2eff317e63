"""How much a change of a clause matters: by its section, and by the part of it that differs."""

from __future__ import annotations

from collections.abc import Iterable

from tantam.plan.compare.changes import Weight
from tantam.plan.sections.document import Document

SECTIONS = {
    Weight.PROMISED: ("mission", "promises", "policies", "requirements", "floors", "limits", "precedence"),
    Weight.TOLD: ("texts", "conduct", "courtesy", "follow_ups", "actions", "privacy", "sales"),
    Weight.REACHED: ("hours", "working_days", "deadlines", "channels", "company"),
    Weight.WORKED: (
        "levels", "triage", "procedures", "internal", "providers", "team", "teams", "training", "knowledge", "topics",
        "quality", "severities",
    ),
    Weight.AIMED: ("goals", "measures", "review", "needs", "surveys", "recognition", "costs", "profile", "products"),
    Weight.MEANT: ("terms", "records", "outputs", "always"),
    Weight.NAMED: ("labels",),
}  # fmt: skip
PARTS = {
    ("groups", "when"): Weight.PROMISED,
    ("groups", "exclusive"): Weight.PROMISED,
    ("groups", "care"): Weight.TOLD,
    ("terms", "value"): Weight.PROMISED,
    ("terms", "table"): Weight.PROMISED,
    ("terms", "default"): Weight.PROMISED,
    ("policies", "pain"): Weight.AIMED,
    ("policies", "answers_pain"): Weight.AIMED,
    ("policies", "budget"): Weight.AIMED,
    ("policies", "priority"): Weight.WORKED,
    ("policies", "topics"): Weight.WORKED,
    ("policies", "kind"): Weight.NAMED,
}
NAMES = ("label", "labels", "about", "names")
_OF_SECTION = {section: weight for weight, sections in SECTIONS.items() for section in sections}
_ORDER = {section: number for number, section in enumerate(Document.model_fields)}


def weight_of(section: str, parts: Iterable[str]) -> Weight:
    """Return the weight of the heaviest of the parts that differ. parts: paths below the clause, "" for all of it."""
    return min((_of_part(section, part) for part in parts), default=_of_part(section, ""))


def section_order(section: str) -> int:
    """Return where the section stands in a plan."""
    return _ORDER.get(section, len(_ORDER))


def _of_part(section: str, part: str) -> Weight:
    steps = part.split(".")
    if steps[-1] in NAMES or steps[0] in NAMES:
        return Weight.NAMED
    return PARTS.get((section, steps[0]), _OF_SECTION.get(section, Weight.MEANT))
