"""What the plan says of its checks, typed."""

from __future__ import annotations

from collections.abc import Mapping

from tantam.plan.sections.clauses_checks import CheckSetting
from tantam.plan.sections.draft import Draft


def build_check_settings(draft: Draft) -> Mapping[str, CheckSetting]:
    """Return what the plan says of its checks, by code as written; unknown codes are left to the checks."""
    return {
        code: CheckSetting(
            code,
            draft.key_place("checks", code),
            each.is_,
            {language: words for language, words in draft.words(each.because).items() if words.strip()},
            tuple(each.clauses or ()),
        )
        for code, each in (draft.document.checks or {}).items()
    }
