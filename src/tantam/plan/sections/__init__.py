"""The sections of a plan: one model each, then the whole, typed and with every reference found.

read(path) gives the plan of a file or a folder, or raises PlanUnreadable with all findings. freeze(plan, today=…)
gives JSON text with the sources and three years of holidays; thaw(text) gives the plan back and reads no file.
"""

from __future__ import annotations

from pathlib import Path

from tantam.plan.files import Source, open_sources
from tantam.plan.sections.build import build
from tantam.plan.sections.frozen import freeze, thaw
from tantam.plan.sections.plan import Plan
from tantam.plan.sections.schema import json_schema

__all__ = ["Plan", "freeze", "json_schema", "read", "read_text", "thaw"]


def read(path: Path | str) -> Plan:
    """Return the plan in a file or folder. Raises PlanUnreadable with every finding, in order of place."""
    sources, unopened = open_sources(path)
    return build(sources, unopened=unopened)


def read_text(text: str, name: str = "plan.yaml") -> Plan:
    """Return the plan that `text` writes; findings call it `name`. Raises PlanUnreadable."""
    return build((Source(name, text),))
