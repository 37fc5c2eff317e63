"""Reads the form of a mail that reports of another one: its fields, and which mail it is about.

What servers write that keep to no standard is read from the text. What any of it means, `bounces` knows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import Message
from itertools import chain
from typing import Any

from tantam.desk.channels.email.headers import clean

MOST_TEXT = 60_000  # characters of a report that are looked at
DELIVERIES = ("message/delivery-status", "message/global-delivery-status")
READINGS = ("message/disposition-notification", "message/global-disposition-notification")
FEEDBACK = ("message/feedback-report",)
_MAILS = ("message/rfc822", "message/global", "message/rfc822-headers", "text/rfc822-headers")
_ID = re.compile(r"<[^<>\s]{3,250}>")
_FIELD = re.compile(r"^[ \t]{0,8}([A-Za-z-]{3,40})[ \t]?:[ \t]*(.{1,600}(?:\n[ \t]+.{1,300}){0,6})", re.MULTILINE)
_OF_A_DELIVERY = ("final-recipient", "original-recipient", "action", "status", "diagnostic-code")
# Where the mail that failed begins in the text of one that reports it.
_ORIGINAL = re.compile(
    r"^[ \t]*(?:Received:|Return-Path:|DKIM-Signature:|MIME-Version:|X-Originating-IP:|Message-ID:|"
    r"-{2,}.{0,40}(?:original message|copy of (?:the|your) (?:message|mail)|returned message|unsent message|"
    r"message header)|"
    r"(?:The )?(?:original )?message (?:headers|text) follow|Below this line is a copy|"
    r"Original message (?:headers|follows))",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Report:
    """A mail as a report. Each value of `fields`, by name in lower case, is as it was written.

    subject: decoded. own: what it says of itself, before the mail that it is about. kinds: the types of its parts.
    form: the report-type that it claims, "" for a mail of another kind. noted: what a sending service reports as
    JSON. about: the Message-ID of the other mail with its <>, "" if that is not said; to: whom that was for.
    """

    mail: Message
    subject: str
    own: str
    kinds: frozenset[str]
    form: str
    fields: Mapping[str, Sequence[str]]
    noted: Mapping[str, Any]
    about: str
    to: str

    def first(self, name: str) -> str:
        """Return the first value of a field, "" if there is none."""
        return next(iter(self.fields.get(name, ())), "").strip()

    def has(self, kinds: Sequence[str]) -> bool:
        return any(each in self.kinds for each in kinds)


def report_of(mail: Message, parts: Sequence[Message], subject: str, text: str) -> Report:
    """Return the mail as a report. parts: all of it and of mails in it, in order. text: what it says."""
    text = text[:MOST_TEXT]
    found = _ORIGINAL.search(text)
    is_report = mail.get_content_type() == "multipart/report"
    return Report(
        mail=mail,
        subject=subject,
        own=text[: found.start()] if found else text,
        kinds=frozenset(each.get_content_type() for each in parts),
        form=str(mail.get_param("report-type") or "").lower() if is_report else "",
        fields=_fields(parts) or _fields_in(text),
        noted=_noted(text),
        about=_about(mail, parts, text),
        to=_of_original("To", parts, text),
    )


def _fields(parts: Sequence[Message]) -> dict[str, list[str]]:
    """Return the fields of the parts that are made of fields."""
    fields: dict[str, list[str]] = {}
    for part in parts:
        if part.get_content_type() not in (*DELIVERIES, *FEEDBACK):
            continue
        held = part.get_payload()
        blocks = [each for each in held if isinstance(each, Message)] if isinstance(held, list) else [part]
        for each in blocks:
            inside = each.get_payload(decode=True)
            pairs = [(key, str(value)) for key, value in each.raw_items()] if each is not part else []
            pairs += _FIELD.findall(inside.decode("utf-8", "replace")[:MOST_TEXT]) if isinstance(inside, bytes) else []
            for name, value in pairs:
                fields.setdefault(name.lower(), []).append(clean(value[:2_000]))
    return fields


def _fields_in(text: str) -> dict[str, list[str]]:
    """Return the fields of a delivery that stand in the text itself."""
    fields: dict[str, list[str]] = {}
    for name, value in _FIELD.findall(text):
        if name.lower() in _OF_A_DELIVERY:
            fields.setdefault(name.lower(), []).append(value)
    return fields


def _of_original(name: str, parts: Sequence[Message], text: str) -> str:
    """Return a header of the mail that is reported about, as it is written; "" if it is nowhere.

    It stands in a mail in the mail, else in what the report says, else in a text that it encloses.
    """
    line = re.compile(rf"^[ \t]{{0,4}}{name}:[ \t]*(\S.{{0,400}})", re.IGNORECASE | re.MULTILINE)
    mails = [each for each in parts if each.get_content_type() in _MAILS]
    for part in mails:
        held = part.get_payload()
        inside = held[0] if isinstance(held, list) and held else None
        if isinstance(inside, Message) and inside.get(name):
            return str(inside[name])[:400]
    enclosed = [each for each in parts[1:] if each.get_content_maintype() == "text"]
    for told in chain(map(_told, mails), [text], map(_told, enclosed)):
        if found := line.search(told):
            return found[1]
    return ""


def _told(part: Message) -> str:
    raw = part.get_payload(decode=True)
    return raw[:MOST_TEXT].decode("utf-8", "replace") if isinstance(raw, bytes) else ""


def _about(mail: Message, parts: Sequence[Message], text: str) -> str:
    places = (_of_original("Message-ID", parts, text), str(mail.get("In-Reply-To", ""))[:2_000])
    return next((found[0] for each in places if (found := _ID.search(clean(each)))), "")


def _noted(text: str) -> Mapping[str, Any]:
    start = text[:2_000].lstrip()
    if not (start.startswith("{") and '"notificationType"' in start):
        return {}
    try:
        # Some servers break lines of a thousand letters by "!" and a space.
        found, _ = json.JSONDecoder(strict=False).raw_decode(text.lstrip().replace("!\n ", ""))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
