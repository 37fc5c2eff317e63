"""Floors, typed: in which cases they speak, and which policies they bind."""

from __future__ import annotations

from collections.abc import Mapping

from tantam.plan.sections.clauses import Floor, Policy
from tantam.plan.sections.draft import Draft, Path
from tantam.plan.sections.policies import Floor as Written
from tantam.plan.tables.types import YesNo


def build_floors(draft: Draft, policies: Mapping[str, Policy]) -> dict[str, Floor]:
    """Return the floors whose conditions can be read."""
    built = {}
    for name, spec in (draft.document.floors or {}).items():
        path: Path = ("floors", name)
        when = draft.expr(spec.when, (*path, "when"), YesNo())
        if when is not None:
            built[name] = Floor(
                name,
                draft.key_place(*path),
                when,
                tuple(spec.gives),
                policies=_bound(draft, path, spec, policies),
                label=draft.words(spec.label),
                about=draft.words(spec.about),
                law=spec.law or "",
            )
    return built


def _bound(draft: Draft, path: Path, spec: Written, policies: Mapping[str, Policy]) -> tuple[str, ...]:
    """Return the policies that are named, then those of the kind."""
    written = draft.document.policies or {}
    named = [each for each in spec.policies or () if draft.known("policy", each, written, (*path, "policies"))]
    of_kind = [each.name for each in policies.values() if spec.kind and each.kind == spec.kind]
    return tuple(each for each in dict.fromkeys([*named, *of_kind]) if each in policies)
