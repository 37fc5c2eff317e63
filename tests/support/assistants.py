"""An AI assistant at the tests' desk: a plan that names one beside its people, its account, and its calls over HTTP."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Any

from django.test import Client

from tantam.desk.accounts.models import Person
from tantam.desk.api.actions import NewAssistant, admit_assistant
from tantam.desk.plans import RunningPlan, in_force, versions
from tantam.desk.plans.models import PlanVersion
from tantam.plan import sections
from tests.support.sources import ROOT

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
ADDRESS = "/mcp/"
PROVIDERS = """
providers:
  helper: {kind: ai, label: {en: Helper, vi: Trợ lý, de: Assistent}, topics: [faulty], sampled: 10 % of conversations}
  free_helper:
    kind: ai
    label: {en: Free helper, vi: Trợ lý tự do, de: Freier Assistent}
    topics: [faulty]
    drafts: free
    sampled: 10 % of conversations
  front: {kind: ai, label: {en: Front, vi: Lễ tân, de: Empfang}, sampled: 10 % of conversations}
"""
NUMBERS = 900  # versions from here on are these tests' own


def put_in_force(number: int = NUMBERS) -> RunningPlan:
    """Put the example's plan in force, with three programs beside its people; thawed once a test run."""
    digest, frozen = _frozen(number)
    known = versions.thawed(number)
    if known is not None and known.row.hash != digest:
        versions.forget(number)
    PlanVersion.objects.create(number=number, hash=digest, frozen=frozen, in_force_from=LONG_AGO, enacted_at=LONG_AGO)
    return in_force()


@cache
def _frozen(number: int) -> tuple[str, str]:
    with TemporaryDirectory() as folder:
        copytree(ROOT / "plans/ben-xuan", Path(folder) / "ben-xuan")
        written = Path(folder) / "with-programs" / "plan.yaml"
        written.parent.mkdir()
        written.write_text(f"overlay: ../ben-xuan\n{PROVIDERS}", encoding="utf-8")
        plan = sections.read(written)
    return plan.hash, sections.freeze(plan, version=number, today=date(2026, 1, 1))


@dataclass
class Helper:
    """An assistant that asks over HTTP. secret: its token."""

    person: Person
    secret: str
    client: Client = field(default_factory=Client)

    def post(self, message: dict[str, Any], **headers: str) -> Any:
        """Return the desk's answer to one message."""
        told = {"HTTP_ACCEPT": "application/json, text/event-stream", "HTTP_AUTHORIZATION": f"Bearer {self.secret}"}
        told |= {"HTTP_MCP_PROTOCOL_VERSION": "2025-06-18", "HTTP_ACCEPT_LANGUAGE": "en"}
        return self.client.post(ADDRESS, json.dumps(message), content_type="application/json", **told | headers)

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """Return the result of a method. Raises AssertionError for an error."""
        answer = self.post({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
        assert answer.status_code == 200, answer.content
        found = json.loads(answer.content)
        assert "result" in found, found
        result: dict[str, Any] = found["result"]
        return result

    def call(self, tool: str, **arguments: Any) -> dict[str, Any]:
        """Return what a tool answers. Raises AssertionError where it refuses."""
        result = self.ask("tools/call", name=tool, arguments=arguments)
        assert not result.get("isError"), result
        told: dict[str, Any] = result["structuredContent"]
        return told

    def refused(self, tool: str, **arguments: Any) -> str:
        """Return the words with which a tool refuses. Raises AssertionError where it does not."""
        result = self.ask("tools/call", name=tool, arguments=arguments)
        assert result.get("isError"), result
        words: str = result["content"][0]["text"]
        return words


def admitted(by: Person, provider: str = "helper", **more: Any) -> Helper:
    """Return a new assistant that `by`, a manager, let in."""
    token, secret = admit_assistant(by, NewAssistant("Bông", provider, **{"level": "agent"} | more))
    assert token.person is not None
    return Helper(token.person, secret)
