"""However a plan is mangled, reading it ends with a plan or with findings, and asking it never crashes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tantam.plan import run
from tantam.plan.errors import PlanUnreadable, TantamError
from tantam.plan.sections import read_text
from tests.support.proving import examples

SHOP = (Path(__file__).parents[1] / "samples" / "shop.yaml").read_text(encoding="utf-8")
FORM = Path(__file__).parents[4] / "shared" / "plan-form" / "form.yaml"
PLANS = [SHOP, *([FORM.read_text(encoding="utf-8")] if FORM.is_file() else [])]
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
PIECES = [
    "|", "=>", "-", "..", ":", "\t", "'", '"', "{", "}", "[", "]", "&a ", "*a", "!!x ", "<<: ", "0", "-1", "9" * 30,
    "# ", "\n", "  ", "~", "%", "@", "`", ",", "\\", "1 h", "working days", "VND", "and", "not", "(", ")", "if(",
    "\x00", "\u2028", "é", "every", "=", "<", "min(", "/0", "1e9", "9999-12-31", "24:00", "otherwise",
]  # fmt: skip
LANGUAGES = ("vi", "de", "en")


@some.composite
def mangled(draw: some.DrawFn) -> str:
    text = draw(some.sampled_from(PLANS))
    for _ in range(draw(some.integers(1, 4))):
        start = draw(some.integers(0, max(0, len(text) - 1)))
        end = start + draw(some.integers(0, 12))
        match draw(some.sampled_from(["cut", "put", "swap", "line"])):
            case "cut":
                text = text[:start] + text[end:]
            case "put":
                text = text[:start] + draw(some.sampled_from(PIECES) | some.text(max_size=3)) + text[start:]
            case "swap":
                text = text[:start] + draw(some.sampled_from(PIECES)) + text[end:]
            case _:
                lines = text.split("\n")
                lines.insert(draw(some.integers(0, len(lines))), lines[draw(some.integers(0, len(lines) - 1))])
                text = "\n".join(lines)
    return text


@settings(max_examples=examples(60), deadline=None, suppress_health_check=list(HealthCheck))
@given(mangled())
def test_a_mangled_plan_gives_findings_or_answers_never_a_traceback(text: str) -> None:
    try:
        plan = read_text(text)
    except PlanUnreadable as unreadable:
        assert unreadable.findings
        assert all(each.sentence(lang) for each in unreadable.findings for lang in LANGUAGES)
        return
    for policy in plan.policies:
        try:
            answer = run.decide(plan, policy, {}, now=NOW)
        except TantamError:
            continue
        assert answer.because.text("vi")
        run.questions(plan, policy, {}, now=NOW)
