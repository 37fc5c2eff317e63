"""Driven from outside, every way answers alike.

The portal's form, a colleague on the telephone, a chat whose agent files it, a chat whose customer answers a link, the
interface, and an assistant over MCP.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from django.test import Client
from django.urls import reverse

from tantam.desk.cases.models import Case
from tantam.desk.chats.models import Visitor as Chatting
from tantam.desk.claims.models import Claim
from tantam.desk.plans import RunningPlan, answers, chatting, in_force, versions
from tantam.desk.plans.models import PlanVersion
from tantam.desk.plans.topics import Topic
from tantam.desk.portal.choices import CHOICES, topics_for
from tantam.plan import sections
from tests.desk.portal.pages import Visitor, form
from tests.support import desk
from tests.support.assistants import Helper, admitted
from tests.support.sources import ROOT
from tests.support.window import Window

TOKEN = "a secret of the desk"
NUMBERS = {"ben-xuan": 931, "retail-store": 932}
FRONT = "{kind: ai, label: {en: Front, vi: Lễ tân, de: Empfang}, sampled: 10 % of conversations}"
USUAL = {"danger": "no"}
MOST = 2  # cases of the plan's book a topic
Way = tuple[str, Topic]


@dataclass(frozen=True)
class Answered:
    """What every way must say alike."""

    outcome: str
    clause: str
    rule: str
    because: str
    amount: str
    within: str
    conditional: str
    say: tuple[str, ...]


@pytest.fixture(params=sorted(NUMBERS))
def book(request: Any, db: None, clock: Any, settings: Any) -> Any:
    """The facts of a company's book by policy, its plan in force."""
    settings.API_TOKEN, settings.API_PER_MINUTE = TOKEN, 10**9
    _put_in_force(request.param)
    return yaml.safe_load((ROOT / "plans" / request.param / "cases.yaml").read_text(encoding="utf-8"))


def test_every_way_from_outside_answers_alike(book: Any, clock: Any) -> None:
    plan, staff, caller = in_force(), desk.hire(), desk.customer("Lan", "lan@example.org")
    browser, compared, helper = Client(), 0, admitted(staff.manager, "front")
    browser.force_login(staff.agent)
    for choice, topic in _ways(plan):
        for told in _told_of(book, topic.policy, plan)[:MOST]:
            clock.forward(hours=2)  # nobody asks too often
            asked, filed = _portal(choice, topic, told, clock)
            if filed is None:
                continue
            expected = _of(filed, plan)
            assert _of(_phone(browser, caller.pk, topic, asked, plan), plan) == expected, (topic, asked)
            claim, said = _interface(topic, asked)
            assert _of(claim, plan) == expected, (topic, asked)
            assert (said["outcome"], said["clause"], said["because"]) == _words(expected)
            while not chatting.openness(plan, clock.instant).open:
                clock.forward(hours=1)
            for chatted in (_chat(browser, topic, asked), _link(browser, topic, asked, clock)):
                assert _of(chatted, plan) == expected, (topic, asked)
                assert _says(_last_said(chatted), expected), (topic, asked)
            assert _in_any_order(_assistant(helper, topic, asked)) == _in_any_order(expected), (topic, asked)
            compared += 1
    assert compared >= 4


def test_a_late_fact_turns_it_alike_on_the_page_and_by_the_interface(db: None, clock: Any, settings: Any) -> None:
    from tests.desk.api.world import token_of

    _put_in_force("ben-xuan")
    settings.API_TOKEN, settings.API_PER_MINUTE = TOKEN, 10**9
    plan, staff, caller = in_force(), desk.hire(), desk.customer()
    topic = next(each for _choice, each in _ways(plan) if each.policy == "exchange")
    told = {"fault": "none", "owned": "3 days", "danger": "no"}
    browser = Client()
    browser.force_login(staff.agent)
    by_page, by_program = _phone(browser, caller.pk, topic, told, plan), _interface(topic, told)[0]
    url = reverse("web:prove", args=[by_page.case_id, by_page.pk])
    assert browser.post(url, {"term-fault": "ours", "term-owned": "3 days"}).status_code == 302
    secret = token_of(staff.agent, "read:cases", "write:cases")
    late = {"facts": {"fault": "ours", "owned": "3 days"}}
    assert _api(f"cases/{by_program.case_id}/claims/{by_program.pk}/prove", late, secret).status_code == 200
    for each in (by_page, by_program):
        each.refresh_from_db()
        assert each.state == Claim.State.GRANTED and each.outcome == "replace"
        assert each.case.events.filter(code="decision_changed").count() == 1
    assert _of(by_page, plan) == _of(by_program, plan)


def _put_in_force(name: str) -> None:
    number, (digest, frozen) = NUMBERS[name], _frozen(name)
    known = versions.thawed(number)
    if known is not None and known.row.hash != digest:
        versions.forget(number)
    at = datetime(2026, 1, 1, tzinfo=UTC)
    PlanVersion.objects.create(number=number, hash=digest, frozen=frozen, in_force_from=at, enacted_at=at)


@cache
def _frozen(name: str) -> tuple[str, str]:
    """Return the company's plan with a program beside its people."""
    with TemporaryDirectory() as folder:
        copytree(ROOT / "plans" / name, Path(folder) / name)
        written = Path(folder) / "with-a-program" / "plan.yaml"
        written.parent.mkdir()
        written.write_text(f"overlay: ../{name}\nproviders: {{front: {FRONT}}}\n", encoding="utf-8")
        plan = sections.read(written)
    return plan.hash, sections.freeze(plan, version=NUMBERS[name], today=date(2026, 1, 1))


def _ways(plan: RunningPlan) -> list[Way]:
    """Return (choice, topic) of each topic that a policy answers, each policy once."""
    found: dict[str, Way] = {}
    for choice in CHOICES:
        for topic in topics_for(choice, plan, "en"):
            if topic.policy:
                found.setdefault(topic.policy, (choice.code, topic))
    return list(found.values())


def _told_of(book: Any, policy: str, plan: RunningPlan) -> list[dict[str, str]]:
    """Return the plain facts of the policy's cases in the book, as somebody tells them; no two alike."""
    found: dict[str, dict[str, str]] = {}
    for case in [each for each in book["cases"] if each.get("policy") == policy]:
        facts = USUAL | (book.get("base", {}).get(policy) or {}) | (case.get("facts") or {})
        known = {term: _text(value) for term, value in facts.items() if value != "~" and not _is_many(value)}
        found[json.dumps(known, sort_keys=True)] = known
    return list(found.values())


def _text(value: Any) -> str:
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _is_many(value: Any) -> bool:
    return isinstance(value, list | dict)


def _portal(choice: str, topic: Topic, told: dict[str, str], clock: Any) -> tuple[dict[str, str], Claim | None]:
    """Fill in the portal's form; return what it asked and was told, and the claim, None where it refuses the words."""
    visitor, path = Visitor(clock), f"/help/{choice}/"
    first = visitor.get(path)
    page = visitor.send(path, first, topic=topic.name or topic.policy) if "topic" in form(first).names else first
    asked = {term: value for term, value in told.items() if f"q_{term}" in form(page).names}
    written = {f"q_{term}": value for term, value in asked.items()}
    who = {"name": "Lan", "contact": "lan@example.com", "body": "Please help."}
    answer = visitor.send(path, page, **written | who)
    if answer.status_code != 302:
        return asked, None
    return asked, Claim.objects.filter(case__link_key=answer.headers["Location"].strip("/").split("/")[-1]).first()


def _phone(browser: Client, customer: int, topic: Topic, asked: dict[str, str], plan: RunningPlan) -> Claim:
    """Let a colleague write down the same on the telephone."""
    written = {f"q_{term}": value for term, value in asked.items()}
    sent = {"topic": topic.name or topic.policy, "body": "Please help.", **written}
    answer = browser.post(reverse("web:new_case", args=[customer]), sent)
    assert answer.status_code == 302, (topic, asked)
    return Claim.objects.get(case=answer.headers["Location"].strip("/").split("/")[-1])


def _interface(topic: Topic, asked: dict[str, str]) -> tuple[Claim, Any]:
    """File the same as a program; return the claim, and the answer that the program is given."""
    told = {"name": "Lan", "contact": "lan@example.net", "body": "Please help.", "language": "en"}
    answer = _api("cases", told | {"policy": topic.policy, "topic": topic.name, "facts": asked})
    assert answer.status_code == 201, answer.content
    found = answer.json()
    return Claim.objects.get(case__reference=found["reference"]), found["answer"]


def _chat(browser: Client, topic: Topic, asked: dict[str, str]) -> Claim:
    """Let somebody write at a chat's window, and the agent file the same from within the chat."""
    case = _window()
    sent = {"topic": topic.code} | {f"q_{term}": value for term, value in asked.items()}
    answer = browser.post(reverse("web:chat_claim", args=[case.pk]), sent)
    assert answer.status_code == 302, (topic, asked)
    return case.claims.get()


def _link(browser: Client, topic: Topic, asked: dict[str, str], clock: Any) -> Claim:
    """The same where the agent sends a link, and the customer answers."""
    case, visitor = _window(), Visitor(clock)
    assert browser.post(reverse("web:chat_claim_ask", args=[case.pk]), {"topic": topic.code}).status_code == 302
    path = reverse("portal:tell", args=[case.link_key, topic.code])
    assert path in case.messages.latest("id").body
    answer = visitor.send(path, visitor.get(path), **{f"q_{term}": value for term, value in asked.items()})
    assert answer.status_code == 302, (topic, asked)
    return case.claims.get()


def _window() -> Case:
    window = Window().start(lang="en")
    window.write("Please help.")
    found = Chatting.objects.latest("id").case
    assert found is not None
    return found


def _says(letter: str, expected: Answered) -> bool:
    """Whether the chat has the reason, its facts in whichever order the database kept them, the rule, and the words."""
    ends = expected.because.rsplit(",", 1)[-1]
    rule = f"#{expected.clause.replace('#', '-')}"
    return all(each in letter for each in (ends, rule, *expected.say))


def _in_any_order(answered: Answered) -> Answered:
    """Return the same, its reason sorted by words: PostgreSQL keeps the facts of an answer in an order of its own."""
    return replace(answered, because=" ".join(sorted(answered.because.casefold().replace(",", "").split())))


def _last_said(claim: Claim) -> str:
    return str(claim.case.messages.filter(direction="outgoing").latest("id").body)


def _assistant(helper: Helper, topic: Topic, asked: dict[str, str]) -> Answered:
    """Let an assistant open the case with its claim; return what it is told."""
    who = {"name": "Lan", "contact": "lan@example.edu", "words": "Please help.", "language": "en"}
    told = helper.call("open_case", policy=topic.policy, topic=topic.name, facts=asked, **who)["answer"]
    return Answered(**{each: told[each] for each in Answered.__annotations__ if each != "say"}, say=tuple(told["say"]))


def _api(path: str, told: Any, secret: str = TOKEN) -> Any:
    headers = {"Authorization": f"Bearer {secret}"}
    return Client().post(f"/api/v1/{path}", json.dumps(told), content_type="application/json", headers=headers)


def _of(claim: Claim, plan: RunningPlan) -> Answered:
    shown = answers.shown(claim.answer, "en", plan=plan)
    rule = claim.answer["because"]["rule"]
    same = {each: getattr(shown, each) for each in Answered.__annotations__ if each != "rule"}
    return Answered(rule=rule, **same)


def _words(expected: Answered) -> tuple[str, str, str]:
    return expected.outcome, expected.clause, expected.because
