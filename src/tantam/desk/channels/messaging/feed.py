"""What the page of a company tells of its comments: written, edited, taken away; likes, posts and our own do not count.

Source: Graph API, webhooks of pages, field `feed`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from tantam.desk.channels.messaging.network import Changed, Media, Written

PICTURE = "📷"  # words of a comment that is a picture alone


def comments_in(entry: Mapping[str, Any], page: str) -> tuple[list[Written], list[Changed], int]:
    """Return what customers wrote, what they changed, and how many changes of a page's entry are neither."""
    changes = entry.get("changes", ())
    told = [each["value"] for each in changes if each.get("field") == "feed"]
    theirs = [each for each in told if each.get("item") == "comment" and _writer(each) != page]
    written = [found for each in theirs if each.get("verb") == "add" and (found := _written(each))]
    changed = [found for each in theirs if (found := _changed(each))]
    return written, changed, len(changes) - len(written) - len(changed)


def _writer(value: Mapping[str, Any]) -> str:
    return str((value.get("from") or {}).get("id", ""))


def _written(value: Mapping[str, Any]) -> Written | None:
    """Return a comment. Who hides from the company is known by the comment alone."""
    name, parent = str(value["comment_id"]), str(value.get("parent_id") or "")
    photo, words = str(value.get("photo") or ""), str(value.get("message") or "").strip()
    if not (words or photo):
        return None
    return Written(
        handle=_writer(value) or f"comment-{name}",
        name=name,
        at=_at(value),
        words=words or PICTURE,
        called=str((value.get("from") or {}).get("name", "")),
        media=(Media(photo, "photo.jpg"),) if photo else (),
        thread=name if parent in ("", str(value.get("post_id") or "")) else parent,
        link=str((value.get("post") or {}).get("permalink_url") or ""),
    )


def _changed(value: Mapping[str, Any]) -> Changed | None:
    match value.get("verb"):
        case "edited" | "edit":
            return Changed(str(value["comment_id"]), str(value.get("message") or ""), _at(value))
        case "remove":
            return Changed(str(value["comment_id"]), "", _at(value))
    return None


def _at(value: Mapping[str, Any]) -> datetime:
    return datetime.fromtimestamp(int(value["created_time"]), UTC)
