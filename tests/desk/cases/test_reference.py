"""The reference lists every event code that is written and every path that facts come from, and nothing else."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from datetime import timedelta
from typing import Any

from tantam.desk.cases import limits, outbox
from tantam.desk.cases.actions import (
    ask_customer,
    break_promise,
    escalate,
    hand_over,
    receive,
    reopen,
    reply,
    resolve,
    settle,
    take,
)
from tantam.desk.cases.facts import facts_of
from tantam.desk.cases.models import Actor, Case, CaseEvent
from tantam.desk.claims.actions import file_claim, prove, refuse
from tantam.desk.plans import Standing
from tantam.desk.procedures import actions as procedures
from tests.support.clock import StandingClock
from tests.support.desk import concern, customer, opened, owed, purchase
from tests.support.shared import share
from tests.support.sources import ROOT, modules

NAMED = {"EXCEPTED": limits.EXCEPTED}  # codes that their module has a name for
OF_THE_ENGINE = {"clock.today", "clock.now", "clock.time"}


def test_reference_lists_every_event_code() -> None:
    assert _listed().keys() == _written()


def test_reference_lists_every_argument_of_every_event(hoa: Any, staff: Any, plan: Any, clock: StandingClock) -> None:
    _live_through_everything(hoa, staff, plan, clock)
    listed, happened = _listed(), defaultdict(set)
    for code, args in CaseEvent.objects.values_list("code", "args"):
        happened[code] |= args.keys()
    assert happened.keys() == listed.keys(), "everything happened once"
    assert not {code: extra for code, args in happened.items() if (extra := args - listed[code])}


def test_reference_lists_every_path(clock: StandingClock, plan: Any) -> None:
    of = customer(birth_year=1950, lives_alone=True, timezone="Europe/Berlin", department="stores")
    of.organisation = customer("Công ty Hoa Mai", kind="business")
    of.save()
    case = opened(of, purchase=purchase(of))
    page = (ROOT / "docs/reference/facts.md").read_text(encoding="utf-8")
    first_cells = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    listed = {path for cell in first_cells for path in re.findall(r"`([\w.]+)`", cell)}
    assert listed == facts_of(case, clock.instant).keys() | OF_THE_ENGINE


def _listed() -> dict[str, set[str]]:
    """Return the words in code type that stand beside each code."""
    page = (ROOT / "docs/reference/events.md").read_text(encoding="utf-8").partition("## Codes")[2]
    rows = re.findall(r"^\| `(\w+)` \|.*?\|(.*)\|$", page, re.MULTILINE)
    return {code: set(" ".join(re.findall(r"`([^`]+)`", cell)).split()) for code, cell in rows}


def _live_through_everything(hoa: Any, staff: Any, plan: Any, clock: StandingClock) -> None:
    """Let every event happen at least once."""
    case = opened(hoa)
    for verb in (take, escalate):
        verb(case, staff.agent)
    hand_over(case, staff.agent, staff.specialist, note="Nhờ anh.")
    ask_customer(case, staff.specialist, "Ảnh ạ?")
    receive(case, "Đây ạ.", channel="web")
    clock.set_to(owed(case, "resolution").due_at + timedelta(minutes=1))
    break_promise(owed(case, "resolution").pk)
    resolve(case, staff.specialist)
    reopen(case, by=Actor.PERSON, person=staff.specialist)
    reply(case, staff.specialist, "Xong.")
    share(opened(hoa), staff)
    settle(opened(hoa))
    _walk(opened(hoa), staff, clock)
    outbox.delivered(case.messages.filter(direction="outgoing")[0], clock.instant)
    bought = [purchase(hoa, price=500_000, days_ago=3, number=each) for each in ("BX-1", "BX-2")]
    told = {"fault": "none", "condition": "like_new"}
    fit, unfit = [
        file_claim(concern(hoa, topic="return_goods", purchase=each, told=told), policy="refund") for each in bought
    ]
    prove(fit, plan.read(told, Standing.TOLD), person=staff.agent)
    refuse(unfit, staff.agent, "Máy đã dùng nhiều.")


def _walk(case: Case, staff: Any, clock: StandingClock) -> None:
    """Let every event of a procedure happen."""

    def number() -> int:
        return int(case.runs.order_by("-id")[0].tokens[0]["number"])

    procedures.begin(case, staff.agent, "faulty_product")
    step = number()
    procedures.do_step(case, staff.agent, step)
    procedures.go_back(case, staff.agent, step)
    procedures.skip_step(case, staff.agent, number(), "Quen khách này")
    procedures.begin(case, staff.agent, "faulty_product")
    clock.forward(days=2)
    procedures.keep_time(case.runs.order_by("-id")[0].pk)


def _written() -> set[str]:
    """The constant codes that are appended anywhere: `append("code"`, `_tell(…, "code"`, `code="code"`, `EXCEPTED`."""
    found = set()
    for module in modules("src/tantam/desk/cases", "src/tantam/desk/claims", "src/tantam/desk/procedures"):
        for name, call in module.calls():
            if name.endswith("append") and "." in name and call.args:
                first = call.args[0]
                either = (first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,)
                found |= {_text(each) for each in either}
            if name in ("_tell", "end"):
                found |= {_text(each) for each in call.args}
            found |= {_text(each.value) for each in call.keywords if each.arg == "code"}
    return found - {""}


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.Name | ast.Attribute):
        return NAMED.get(node.id if isinstance(node, ast.Name) else node.attr, "")
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
