"""Messenger by the page's Send API: what a delivery holds, and how it is answered."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from tantam.desk.channels.messaging import feed, fetching, graph
from tantam.desk.channels.messaging.accounts import Account
from tantam.desk.channels.messaging.form import MEGABYTE, form_of
from tantam.desk.channels.messaging.network import Delivery, Heard, Marked, Media, Parcel, told_in

MARKS = {"image": "📷", "video": "🎞️", "audio": "🎤", "file": "📎"}  # words of what has none

WITH_LEAVE = timedelta(days=7)  # of a human being's words, where Meta gave the page leave
RESPONSE = {"messaging_type": "RESPONSE"}
HUMAN = {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}


class Messenger:
    """One page of the company."""

    name = "messenger"
    window = free = timedelta(hours=24)
    most = 2000
    takes = dict.fromkeys(("image/jpeg", "image/png", "image/gif"), 8 * MEGABYTE) | {"application/pdf": 25 * MEGABYTE}

    def __init__(self, account: Account, manner: Mapping[str, str] = RESPONSE) -> None:
        self.account, self.manner = account, manner
        self.by_hand = WITH_LEAVE if account.keys.get("human_agent") else self.window

    def late(self) -> Messenger:
        """Return the page as it answers after its window: by the tag HUMAN_AGENT, for which it needs Meta's leave."""
        return Messenger(self.account, HUMAN)

    def believes(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether Meta signed this body."""
        return graph.believes(headers, body, self.account.keys["secret"])

    def greeted(self, asked: Mapping[str, str]) -> str | None:
        """Return the challenge for who knows our word."""
        return graph.greeted(asked, self.account.keys["verify"])

    def send(self, handle: str, words: str) -> str:
        """Return the id (mid) under which the words were taken. Raises NotTaken, NeverTaken, Closed."""
        said = {"recipient": {"id": handle}, **self.manner, "message": {"text": words}}
        url = f"{self.account.place}/{self.account.keys['page']}/messages"
        return str(graph.call(url, self.account.keys["token"], said).get("message_id", ""))

    def send_file(self, handle: str, file: Parcel) -> str:
        """Return the id (mid) under which a file was taken. Raises as `send` does."""
        what = {"type": "image" if file.is_picture else "file", "payload": {"is_reusable": False}}
        fields = {"recipient": json.dumps({"id": handle}), "message": json.dumps({"attachment": what}), **self.manner}
        url = f"{self.account.place}/{self.account.keys['page']}/messages"
        taken = graph.upload(url, self.account.keys["token"], form_of(fields, file, called="filedata"))
        return str(taken.get("message_id", ""))

    def called(self, handle: str) -> str:
        """Return the name of their profile. Raises NotTaken, NeverTaken, Closed. Source: User Profile API."""
        url = f"{self.account.place}/{quote(handle, safe='')}?fields=first_name,last_name,name"
        told = graph.call(url, self.account.keys["token"])
        whole = " ".join(str(told[each]) for each in ("first_name", "last_name") if told.get(each))
        return str(told.get("name") or whole)

    def answer_comment(self, comment: str, words: str) -> str:
        """Return the name of our comment under theirs, which everybody reads. Raises NotTaken, NeverTaken, Closed."""
        url = f"{self.account.place}/{comment}/comments"
        return str(graph.call(url, self.account.keys["token"], {"message": words}).get("id", ""))

    def write_privately(self, comment: str, words: str) -> tuple[str, str]:
        """Return the id of the one message that a comment allows, and the handle that it reached.

        Raises NotTaken, NeverTaken, Closed. Source: Messenger Platform, private replies.
        """
        said = {"recipient": {"comment_id": comment}, "messaging_type": "RESPONSE", "message": {"text": words}}
        url = f"{self.account.place}/{self.account.keys['page']}/messages"
        taken = graph.call(url, self.account.keys["token"], said)
        return str(taken.get("message_id", "")), str(taken.get("recipient_id", ""))

    def fetch(self, where: str) -> Iterator[bytes]:
        """Yield a file's bytes: it lies at an open address, for a while."""
        return fetching.chunks(where, {})


def delivery(raw: bytes, page: str) -> Delivery:
    """Return what a body holds for this page. Raises ValueError, KeyError, TypeError for what is none of these.

    Source: Messenger Platform, webhooks `messages`, `messaging_postbacks`; what stands in public: `feed`.
    """
    told = told_in(raw)
    ours = [entry for entry in told["entry"] if str(entry["id"]) == page]
    events = [event for entry in ours for event in entry.get("messaging", ())]
    read = [_heard(event, page) for event in events]
    heard = tuple(each for each in read if each)
    public = [feed.comments_in(entry, page) for entry in ours]
    return Delivery(
        heard,
        left=len(read) - len(heard) + len(told["entry"]) - len(ours) + sum(left for *_said, left in public),
        marked=tuple(found for event in events if (found := _marked(event))),
        written=tuple(each for written, _changed, _left in public for each in written),
        changed=tuple(each for _written, changed, _left in public for each in changed),
    )


def _marked(event: Mapping[str, Any]) -> Marked | None:
    """Return what a receipt tells: by ids where it has some, else all until its watermark."""
    told = event.get("read") or event.get("delivery")
    if not isinstance(told, dict) or not told.get("watermark"):
        return None
    return Marked(
        at=datetime.fromtimestamp(int(told["watermark"]) / 1000, UTC),
        read="read" in event,
        names=tuple(str(each) for each in told.get("mids") or ()),
        handle=str(event["sender"]["id"]),
    )


def _heard(event: Mapping[str, Any], page: str) -> Heard | None:
    """Return what somebody said; None for receipts, reactions, echoes of ours, and what was taken back."""
    sender, message = str(event["sender"]["id"]), event.get("message")
    at = datetime.fromtimestamp(int(event["timestamp"]) / 1000, UTC)
    if sender == page:
        return None
    if isinstance(pressed := event.get("postback"), dict) and pressed.get("mid") and pressed.get("title"):
        return Heard(handle=sender, name=str(pressed["mid"]), at=at, words=str(pressed["title"]))
    if not isinstance(message, dict) or message.get("is_echo") or message.get("is_deleted"):
        return None
    parts = message.get("attachments") or ()
    media = tuple(found for each in parts if (found := _media(each)))
    marks = " ".join(dict.fromkeys(MARKS[str(each["type"])] for each in parts if _media(each)))
    words = "\n".join(each for each in (str(message.get("text") or ""), *map(_words, parts)) if each)
    if not (words or media):
        return None
    return Heard(handle=sender, name=str(message["mid"]), at=at, words=words or marks, media=media)


def _words(part: Mapping[str, Any]) -> str:
    """Return what a part says in words: a place, or a link that was shared; "" for a file."""
    payload = part.get("payload") or {}
    match part.get("type"):
        case "location":
            place = payload.get("coordinates") or {}
            return f"📍 {place.get('lat')}, {place.get('long')}"
        case "fallback" | "template":
            found = (part.get("title") or payload.get("title"), part.get("url") or payload.get("url"))
            return " ".join(str(each) for each in found if each)
    return ""


def _media(part: Mapping[str, Any]) -> Media | None:
    kind, url = str(part.get("type")), str((part.get("payload") or {}).get("url") or "")
    if kind not in MARKS or not url:
        return None
    name = url.partition("?")[0].rpartition("/")[2]
    return Media(url, name if "." in name else kind)
