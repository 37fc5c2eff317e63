"""What concerns whoever a token acts as, as the bell of the pages shows it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Query, Schema

from tantam.desk.api.room import Room
from tantam.desk.api.token import Asking
from tantam.desk.api.told import Id, PageAsked, first, numbered, paged
from tantam.desk.notices import actions, words
from tantam.desk.notices.access import notice_for, notices_for
from tantam.desk.notices.models import Notice

room = Room("notices", "read:cases", "write:cases")
router = room.router


class NoticeShown(Schema):
    """News for one person. code: of the last event that it tells of; times: how many were put together."""

    id: str
    kind: str
    code: str
    title: str
    case: str | None
    directive: str | None
    provider: str | None
    times: int
    at: datetime
    read_at: datetime | None


class NoticePage(Schema):
    """Some notices, the newest first. next: the cursor of the page after, "" at the end."""

    items: list[NoticeShown]
    next: str


class NoticesAsked(PageAsked):
    """unread: only those that nobody read yet."""

    unread: bool = False


class ReadAll(Schema):
    """read: how many were unread before."""

    read: int


@room.get("/notices", NoticePage)
def list_notices(request: Asking, asked: Query[NoticesAsked]) -> dict[str, Any]:
    """List what concerns you, the newest first. A page at a time."""
    found, before = notices_for(request.person).order_by("-id"), numbered(asked)
    found = found.filter(read_at=None) if asked.unread else found
    rows, more = first(list((found.filter(pk__lt=before) if before else found)[: asked.limit + 1]), asked.limit)
    return paged(request, [_shown(each) for each in rows], str(rows[-1].pk) if more else "")


@room.post("/notices/{notice}/read", NoticeShown)
def read_notice(request: Asking, notice: Id) -> NoticeShown:
    """Note that you read a notice. Reading it again changes nothing."""
    actions.read(notice_for(request.person, notice))
    return _shown(notice_for(request.person, notice))


@room.post("/notices/read", ReadAll)
def read_all_notices(request: Asking) -> ReadAll:
    """Note that you read all of yours."""
    return ReadAll(read=actions.read_all(request.person))


def _shown(notice: Notice) -> NoticeShown:
    same = {each: getattr(notice, each) for each in ("kind", "code", "times", "at", "read_at")}
    return NoticeShown(
        id=str(notice.pk),
        title=words.title(notice),
        case=str(notice.case_id) if notice.case_id else None,
        directive=str(notice.directive_id) if notice.directive_id else None,
        provider=notice.provider or None,
        **same,
    )
