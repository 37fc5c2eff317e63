"""The live stream of a colleague's chats: what is said in theirs, who types, what was read, when the list changed."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.http import Http404
from django.utils import timezone, translation

from tantam.desk import plans
from tantam.desk.accounts.access import may_read
from tantam.desk.accounts.models import Person
from tantam.desk.cases.models import Message
from tantam.desk.chats import hub
from tantam.desk.chats.access import chat_for, chats_for, is_here
from tantam.desk.chats.hub import News
from tantam.desk.chats.models import Visitor
from tantam.desk.chats.streams import Mark, Over, event
from tantam.desk.common import clock
from tantam.desk.web.chats_page import MOST, mark_of_list, stands

MOST_WORDS = 2000  # of a message; the page fetches the rest


class ChatsStream:
    """One page of a colleague. case: that of the chat that it shows, 0 for none. mark: what it was given before."""

    def __init__(self, person: Person, case: int, lang: str, mark: Mark) -> None:
        topics = (hub.DESK, hub.of_person(person.pk))
        self.topics = (*topics, hub.of_case(case)) if case else topics
        self.window = 0
        self._person, self._case, self._lang, self._mark = person, case, lang, mark
        self._list, self._seen = "", ""

    def more(self) -> str:
        """Return what is new."""
        plan = plans.in_force()
        with translation.override(self._lang), timezone.override(ZoneInfo(plan.timezone)):
            return self._messages() + self._changed() + self._of_case()

    def passing(self, news: News) -> str:
        """Return that the customer of the chat that is shown types."""
        what = news.what
        if news.kind != hub.TYPING or what.get("case") != str(self._case) or what.get("who") != hub.VISITOR:
            return ""
        return event("typing", {"on": what.get("on", True)})

    def still(self) -> None:
        """End for who may read no more: a page stays open longer than an account, or than a case is theirs to see."""
        person = Person.objects.filter(pk=self._person.pk).first()
        if person is None or not may_read(person):
            raise Over
        if self._case:
            try:
                chat_for(person, self._case)
            except Http404 as handed_elsewhere:
                raise Over from handed_elsewhere

    def _messages(self) -> str:
        ours = chats_for(self._person).filter(case__owner=self._person).order_by().values("case")[:MOST]
        said = Message.objects.filter(case__in=ours) | Message.objects.filter(case=self._case or None)
        new = said.filter(pk__gt=self._mark.since).exclude(pk__in=self._mark.given)
        parts = []
        for each in new.exclude(direction=Message.Direction.NOTE).order_by("id")[:MOST]:
            self._mark = self._mark.after([each.pk])
            told = {
                "case": str(each.case_id),
                "id": str(each.pk),
                "from": "customer" if each.direction == Message.Direction.INCOMING else "us",
                "text": each.body[:MOST_WORDS],
                "at": each.written_at.isoformat(),
            }
            parts.append(event("message", told, self._mark))
        return "".join(parts)

    def _changed(self) -> str:
        before, self._list = self._list, mark_of_list(self._person)
        return event("changed", {}) if before and before != self._list else ""

    def _of_case(self) -> str:
        if not self._case:
            return ""
        visitor = Visitor.objects.filter(case=self._case).select_related("case").order_by("-id").first()
        if visitor is None:
            return ""
        here = is_here(visitor, clock.now())
        told = {
            "here": here,
            "read": str(visitor.read_id),
            "open": visitor.is_open,
            "stands": stands(visitor, here),
        }
        before, self._seen = self._seen, str(told)
        return event("seen", told) if before != self._seen else ""
