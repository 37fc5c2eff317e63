"""The live stream of one window: what was said since, who types, what was read, who is there, where it stands."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone, translation

from tantam.desk import plans
from tantam.desk.channels.chat import shown
from tantam.desk.chats import conversation, hub
from tantam.desk.chats.conversation import Spoken, Standing
from tantam.desk.chats.hub import News
from tantam.desk.chats.models import Visitor
from tantam.desk.chats.streams import Mark, Over, event
from tantam.desk.common import clock
from tantam.desk.plans import RunningPlan


class Window:
    """One open window of a visitor. mark: what it was given before."""

    def __init__(self, visitor: int, lang: str, mark: Mark) -> None:
        self.topics: tuple[str, ...] = (hub.of_visitor(visitor),)
        self.window = visitor
        self._visitor, self._lang, self._mark = visitor, lang, mark
        self._told: Standing | None = None

    def more(self) -> str:
        """Return what is new, and where it stands if that changed."""
        visitor = self._read()
        if visitor is None:
            return ""
        plan, now = plans.in_force(), clock.now()
        with translation.override(self._lang), timezone.override(ZoneInfo(plan.timezone)):
            said, stands = self._said(visitor, plan), conversation.standing(visitor, now)
            return self._messages(said, visitor) + self._changes(stands)

    def passing(self, news: News) -> str:
        """Return that one of us types."""
        if news.kind != hub.TYPING or news.what.get("who") == hub.VISITOR:
            return ""
        return event("typing", {"who": news.what.get("who"), "on": news.what.get("on", True)})

    def still(self) -> None:
        """End where the visitor is forgotten."""
        if self._read() is None:
            raise Over

    def _read(self) -> Visitor | None:
        related = Visitor.objects.select_related("case__customer", "case__owner", "customer")
        return related.filter(pk=self._visitor).first()

    def _said(self, visitor: Visitor, plan: RunningPlan) -> list[Spoken]:
        return conversation.spoken(visitor, plan.company(self._lang), after=self._mark.since, but=self._mark.given)

    def _messages(self, said: list[Spoken], visitor: Visitor) -> str:
        parts = []
        for each in said:
            self._mark = self._mark.after([each.id])
            parts.append(event("message", shown.message(each, visitor), self._mark))
        return "".join(parts)

    def _changes(self, stands: Standing) -> str:
        before, self._told = self._told, stands
        parts: list[tuple[str, Any]] = []
        if before is None or before.read_by_us != stands.read_by_us:
            parts.append(("read", {"id": str(stands.read_by_us)}))
        if before is None or (before.agent, before.present) != (stands.agent, stands.present):
            parts.append(("presence", shown.agent(stands) or {"name": "", "present": False}))
        if before is None or (before.state, before.due) != (stands.state, stands.due):
            parts.append(("state", shown.standing(stands, clock.now())))
        return "".join(event(name, told) for name, told in parts)
