"""WhatsApp by the Cloud API: what a delivery holds, and how it is answered."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from tantam.desk.channels.messaging import fetching, graph, whatsapp_wordings
from tantam.desk.channels.messaging.accounts import Account
from tantam.desk.channels.messaging.form import MEGABYTE, form_of
from tantam.desk.channels.messaging.network import (
    Delivery,
    Failed,
    Finished,
    Heard,
    Marked,
    Media,
    NeverTaken,
    Parcel,
    told_in,
)
from tantam.desk.common.errors import Refused
from tantam.desk.wordings.told import Told

MARKS = {"image": "📷", "video": "🎞️", "audio": "🎤", "document": "📎", "sticker": "🙂"}  # words of what has none

A_PAGE, MOST_PAGES = 50, 40  # templates that are asked for at once, and how often
MOST_TEMPLATES = 2_000_000  # bytes of a page of them


class WhatsApp:
    """One number of the company."""

    name = "whatsapp"
    window = free = timedelta(hours=24)
    most = 4096
    takes = {"image/jpeg": 5 * MEGABYTE, "image/png": 5 * MEGABYTE, "application/pdf": 100 * MEGABYTE}

    def __init__(self, account: Account) -> None:
        self.account = account
        self.worded = bool(account.keys.get("business"))

    def believes(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether Meta signed this body."""
        return graph.believes(headers, body, self.account.keys["secret"])

    def greeted(self, asked: Mapping[str, str]) -> str | None:
        """Return the challenge for who knows our word."""
        return graph.greeted(asked, self.account.keys["verify"])

    def send(self, handle: str, words: str) -> str:
        """Return the id (wamid) under which the words were taken. Raises NotTaken, NeverTaken, Closed."""
        return self._sent(handle, {"type": "text", "text": {"body": words, "preview_url": False}})

    def send_file(self, handle: str, file: Parcel) -> str:
        """Return the id (wamid) under which a file was taken; first it is brought to the media. As `send`."""
        form = form_of({"messaging_product": "whatsapp", "type": file.media_type}, file)
        held = {
            "id": str(graph.upload(f"{self._at(self.account.keys['number'])}/media", self._token, form).get("id", ""))
        }
        if file.is_picture:
            return self._sent(handle, {"type": "image", "image": held})
        return self._sent(handle, {"type": "document", "document": held | {"filename": file.name}})

    def _sent(self, handle: str, what: Mapping[str, Any]) -> str:
        said = {"messaging_product": "whatsapp", "recipient_type": "individual", "to": handle, **what}
        taken = graph.call(f"{self._at(self.account.keys['number'])}/messages", self._token, said)
        try:
            return str(taken["messages"][0]["id"])
        except (KeyError, IndexError, TypeError):
            return ""  # taken all the same: sent again, it would be there twice

    def wordings(self) -> list[Told]:
        """Return the templates of the account that the number belongs to.

        Raises NotTaken, NeverTaken, Closed; KeyError for an answer that is no list: it must not pass for an empty one.
        """
        business, found = self.account.keys["business"], []
        after = ""
        for _page in range(MOST_PAGES):
            asked = urlencode({"fields": whatsapp_wordings.FIELDS, "limit": A_PAGE, "after": after})
            url = f"{self._at(business)}/message_templates?{asked}"
            told = graph.call(url, self._token, most=MOST_TEMPLATES)
            found += [whatsapp_wordings.told_of(each) for each in told["data"]]
            paging = told.get("paging") or {}
            after = str((paging.get("cursors") or {}).get("after", "")) if paging.get("next") else ""
            if not after:
                break
        return found

    def send_wording(self, address: str, what: Finished) -> str:
        """Return the id (wamid) under which a template was taken. Raises NotTaken, NeverTaken, Closed."""
        return self._sent(address, {"type": "template", "template": whatsapp_wordings.said_by(what)})

    def called(self, handle: str) -> str:
        """Return "": each delivery says it, and nothing else does."""
        del handle
        return ""

    def fetch(self, where: str) -> Iterator[bytes]:
        """Yield a file's bytes: first its address is asked for, good for five minutes, then the file."""
        try:
            url = str(graph.call(self._at(where), self._token).get("url", ""))
        except NeverTaken as gone:
            raise Refused("file_broken_off", name=where) from gone
        yield from fetching.chunks(url, {"Authorization": f"Bearer {self._token}"})

    @property
    def _token(self) -> str:
        return self.account.keys["token"]

    def _at(self, what: str) -> str:
        return f"{self.account.place}/{what}"


def delivery(raw: bytes, number: str) -> Delivery:
    """Return what a body holds for this number's id. Raises ValueError, KeyError, TypeError for what is none of these.

    Source: Cloud API, webhooks `messages`.
    """
    told = told_in(raw)
    values = [
        change["value"] for entry in told["entry"] for change in entry["changes"] if change["field"] == "messages"
    ]
    ours = [each for each in values if str(each.get("metadata", {}).get("phone_number_id", "")) == number]
    heard: list[Heard] = []
    failed: list[Failed] = []
    marked: list[Marked] = []
    left = len(values) - len(ours)
    for value in ours:
        names = {str(each.get("wa_id", "")): _called(each) for each in value.get("contacts", ())}
        read = [_heard(each, names) for each in value.get("messages", ())]
        heard += [each for each in read if each]
        statuses = value.get("statuses", ())
        failed += [Failed(str(each["id"]), _why(each)) for each in statuses if each.get("status") == "failed"]
        marked += [found for each in statuses if (found := _marked(each))]
        left += read.count(None) + len(statuses)
    return Delivery(tuple(heard), tuple(failed), left - len(failed), marked=tuple(marked))


def _marked(status: Mapping[str, Any]) -> Marked | None:
    """Return what a status tells; None for one that went out, or was lost."""
    if status.get("status") not in ("delivered", "read"):
        return None
    at = datetime.fromtimestamp(int(status["timestamp"]), UTC)
    return Marked(at=at, read=status["status"] == "read", names=(str(status["id"]),))


def _called(contact: Mapping[str, Any]) -> str:
    return str((contact.get("profile") or {}).get("name", ""))


def _heard(message: Mapping[str, Any], names: Mapping[str, str]) -> Heard | None:
    """Return what a message says; None for a reaction, and for what the network could not pass on."""
    kind, sender = str(message.get("type", "")), str(message["from"])
    words, media = _words(kind, message), _media(kind, message)
    if not (words or media) or "group_id" in message:
        return None
    return Heard(
        handle=sender,
        name=str(message["id"]),
        at=datetime.fromtimestamp(int(message["timestamp"]), UTC),
        words=words or MARKS[kind],
        called=names.get(sender, ""),
        media=media,
    )


def _words(kind: str, message: Mapping[str, Any]) -> str:
    said = message.get(kind)
    match kind, said:
        case "text", {"body": words}:
            return str(words)
        case (("image" | "video" | "document"), {"caption": words}):
            return str(words)
        case "button", {"text": words}:
            return str(words)
        case "interactive", {"button_reply": {"title": words}} | {"list_reply": {"title": words}}:
            return str(words)
        case "location", {"latitude": north, "longitude": east, **more}:
            return " ".join(str(each) for each in ("📍", f"{north}, {east}", more.get("name", "")) if each)
        case "contacts", [*people]:
            return "\n".join(_card(each) for each in people)
    return ""


def _card(person: Mapping[str, Any]) -> str:
    numbers = ", ".join(str(each.get("phone", "")) for each in person.get("phones", ()))
    return f"👤 {(person.get('name') or {}).get('formatted_name', '')} {numbers}".strip()


def _media(kind: str, message: Mapping[str, Any]) -> tuple[Media, ...]:
    if kind not in MARKS or not isinstance(said := message.get(kind), dict) or not said.get("id"):
        return ()
    ending = mimetypes.guess_extension(str(said.get("mime_type", "")).partition(";")[0]) or ""
    return (Media(str(said["id"]), str(said.get("filename") or f"{kind}{ending}")),)


def _why(status: Mapping[str, Any]) -> str:
    errors = status.get("errors") or [{}]
    return f"{errors[0].get('code', '')} {errors[0].get('title', '')}".strip()[:300]
