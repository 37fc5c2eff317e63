"""Zalo by the API of an Official Account: what a delivery holds, and how it is answered."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tantam.desk.channels.messaging import fetching, zalo_tokens, zalo_wordings
from tantam.desk.channels.messaging.accounts import PLACES, Account
from tantam.desk.channels.messaging.form import MEGABYTE, form_of
from tantam.desk.channels.messaging.network import (
    Closed,
    Delivery,
    Finished,
    Heard,
    Marked,
    Media,
    NeverTaken,
    NotTaken,
    Parcel,
    told_in,
)
from tantam.desk.common import posting, work
from tantam.desk.wordings.told import Told

SIGNATURE = "X-ZEvent-Signature"
OAUTH = "https://oauth.zaloapp.com"
BUSINESS = "https://business.openapi.zalo.me"  # where templates are
MARKS = {"image": "📷", "gif": "📷", "video": "🎞️", "audio": "🎤", "file": "📎", "sticker": "🙂"}
OUTSIDE = (-230, -217)  # they wrote more than seven days ago, or do not want our messages
EXPIRED = (-216, -124)  # the access token is good no more
LATER = (-32, -211, -214)  # rates and quotas, and what is being worked on
LATER += (-115, -133, -144, -147)  # of templates: no money left, the night, the day's quota
A_PAGE, MOST_PAGES = 100, 10  # templates that are listed at once, and how often
MOST_ANSWER = 100_000  # bytes


class Zalo:
    """One Official Account of the company."""

    name = "zalo"
    window = timedelta(days=7)
    free = timedelta(hours=48)
    most = 2000
    takes = {"image/jpeg": MEGABYTE, "image/png": MEGABYTE, "application/pdf": 5 * MEGABYTE}

    def __init__(self, account: Account) -> None:
        self.account = account
        self.worded = bool(account.keys.get("zns"))

    def believes(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether the account's secret signed this body: a hash over app, body, its own timestamp, and secret."""
        try:
            at = str(json.loads(body)["timestamp"]).encode("utf-8", "replace")
        except (ValueError, KeyError, TypeError, RecursionError):  # of whom nobody knows yet who it is
            return False
        keys = self.account.keys
        made = hashlib.sha256(keys["app"].encode() + body + at + keys["oa_secret"].encode()).hexdigest()
        told = headers.get(SIGNATURE, "").removeprefix("mac=").strip()
        return hmac.compare_digest(made.encode(), told.encode("utf-8", "replace"))

    def greeted(self, asked: Mapping[str, str]) -> str | None:
        """Return None: Zalo proves a domain by a file, and greets nobody."""
        del asked

    def send(self, handle: str, words: str) -> str:
        """Return the id under which the words were taken. Raises NotTaken, NeverTaken, Closed."""
        return self._sent(handle, {"text": words})

    def send_file(self, handle: str, file: Parcel) -> str:
        """Return the id under which a file was taken; first it is brought to the account. Raises as `send` does."""
        kind, key = ("image", "attachment_id") if file.is_picture else ("file", "token")
        held = self._call(f"{self.account.place}/v2.0/oa/upload/{kind}", form=form_of({}, file))
        payload: dict[str, Any] = {key: str(held.get(key, ""))}
        if file.is_picture:
            payload = {"template_type": "media", "elements": [{"media_type": "image", **payload}]}
        return self._sent(
            handle, {"attachment": {"type": "template" if file.is_picture else "file", "payload": payload}}
        )

    def _sent(self, handle: str, what: Mapping[str, Any]) -> str:
        said = {"recipient": {"user_id": handle}, "message": what}
        return str(self._call(f"{self.account.place}/v3.0/oa/message/cs", said).get("message_id", ""))

    def wordings(self) -> list[Told]:
        """Return the account's templates (ZNS). Each is asked for by itself: the list knows no places.

        Raises NotTaken, NeverTaken, Closed; KeyError for an answer that is no list: it must not pass for an empty one.
        """
        found: list[Told] = []
        for page in range(MOST_PAGES):
            asked = urlencode({"offset": page * A_PAGE, "limit": A_PAGE})
            listed = self._told(f"{self._business}/template/all?{asked}")["data"] or []
            for each in listed:
                work.hold()
                asked = urlencode({"template_id": each["templateId"]})
                found.append(zalo_wordings.told_of(self._call(f"{self._business}/template/info/v2?{asked}")))
            if len(listed) < A_PAGE:
                break
        return found

    def send_wording(self, address: str, what: Finished) -> str:
        """Return the id under which it was taken for a telephone number. Raises NotTaken, NeverTaken, Closed."""
        said = {"phone": address, "template_id": what.key, "template_data": dict(what.values)}
        taken = self._call(f"{self._business}/message/template", said | {"tracking_id": what.tracking})
        return str(taken.get("msg_id", ""))

    def called(self, handle: str) -> str:
        """Return the name that they show. Raises NotTaken, NeverTaken, Closed. Source: user/detail."""
        asked = urlencode({"data": json.dumps({"user_id": handle}, separators=(",", ":"))})
        return str(self._call(f"{self.account.place}/v3.0/oa/user/detail?{asked}").get("display_name", ""))

    def fetch(self, where: str) -> Iterator[bytes]:
        """Yield a file's bytes: it lies at an open address, for a while."""
        return fetching.chunks(where, {})

    def _call(
        self, url: str, said: Mapping[str, Any] | None = None, *, form: tuple[bytes, str] | None = None
    ) -> Mapping[str, Any]:
        """Return the `data` of an answer, as `_told`."""
        found = self._told(url, said, form=form).get("data")
        return found if isinstance(found, dict) else {}

    def _told(
        self, url: str, said: Mapping[str, Any] | None = None, *, form: tuple[bytes, str] | None = None
    ) -> Mapping[str, Any]:
        """Return an answer; posts what is said or a form with a file, else gets. Raises as `send` does."""
        keys = self.account.keys
        file = Path(keys["tokens"])
        token = zalo_tokens.access_token(file, self._oauth, app=keys["app"], secret=keys["secret"])
        body, kind = form or (json.dumps(said).encode() if said is not None else None, "application/json")
        headers = {"access_token": token, "Content-Type": kind}
        try:
            with posting.asked("POST" if body else "GET", url, body, headers, within=posting.CALL_SECONDS) as answer:
                status, raw = answer.status, answer.read(MOST_ANSWER)
            told: Any = json.loads(raw) if status == 200 else {}
            code = int(told.get("error", 0))
        except (posting.Forbidden, OSError, http.client.HTTPException, ValueError, AttributeError, TypeError) as away:
            raise NotTaken(f"Zalo: {type(away).__name__}: {away}") from away
        if code in EXPIRED:
            zalo_tokens.forget(file)
        if status != 200 or code != 0:
            raise _why(status, code, str(told.get("message", ""))[:300])
        return dict(told)

    @property
    def _business(self) -> str:
        return BUSINESS if self.account.place == PLACES[self.name] else self.account.place

    @property
    def _oauth(self) -> str:
        return OAUTH if self.account.place == PLACES[self.name] else self.account.place


def delivery(raw: bytes, oa: str) -> Delivery:
    """Return what a body holds for this account. Raises ValueError, KeyError, TypeError for what is none of these.

    Source: Zalo for Developers, Official Account, webhook, `user_send_…`.
    """
    told = told_in(raw)
    kind = str(told["event_name"])
    if kind in ("user_received_message", "user_seen_message") and str((told.get("recipient") or {}).get("id")) == oa:
        return Delivery(left=1, marked=_marked(kind, told))
    if not kind.startswith("user_send_") or str((told.get("recipient") or {}).get("id")) != oa:
        return Delivery(left=1)
    message = told["message"]
    parts = message.get("attachments") or ()
    media = tuple(found for each in parts if (found := _media(each)))
    said = [str(message.get("text") or ""), *map(_words, parts)]
    words = "\n".join(each for each in said if each) or MARKS.get(kind.removeprefix("user_send_"), "")
    if not words:
        return Delivery(left=1)
    at = datetime.fromtimestamp(int(told["timestamp"]) / 1000, UTC)
    return Delivery(
        (Heard(handle=str(told["sender"]["id"]), name=str(message["msg_id"]), at=at, words=words, media=media),)
    )


def _marked(kind: str, told: Mapping[str, Any]) -> tuple[Marked, ...]:
    message = told.get("message") or {}
    names = tuple(str(each) for each in (message.get("msg_ids") or (message.get("msg_id"),)) if each)
    at = datetime.fromtimestamp(int(told["timestamp"]) / 1000, UTC)
    return (Marked(at=at, read=kind == "user_seen_message", names=names),) if names else ()


def _words(part: Mapping[str, Any]) -> str:
    """Return what a part says in words: a place, a link, a card; "" for a file."""
    payload = part.get("payload") or {}
    match part.get("type"):
        case "location":
            place = payload.get("coordinates") or {}
            return f"📍 {place.get('latitude')}, {place.get('longitude')}"
        case "link":
            found = (payload.get("title") or payload.get("description"), payload.get("url"))
            return " ".join(str(each) for each in found if each)
    return ""


def _media(part: Mapping[str, Any]) -> Media | None:
    kind, payload = str(part.get("type")), part.get("payload") or {}
    url = str(payload.get("url") or "")
    if kind not in MARKS or not url:
        return None
    name = str(payload.get("name") or "") or url.partition("?")[0].rpartition("/")[2]
    return Media(url, name if "." in name else kind)


def _why(status: int, code: int, said: str) -> Exception:
    text = f"{status}, code {code}: {said}"
    if code in OUTSIDE:
        return Closed(text)
    if status != 200 or code in EXPIRED or code in LATER:
        return NotTaken(text)
    return NeverTaken(text)
