"""Takes a mail apart: what of it is text, what is a file, what is sealed. However it is nested, in order.

A mail inside the mail is one file, and nothing in it speaks for the mail around it.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.message import Message
from enum import StrEnum

from tantam.desk.channels.email.charsets import charset_of_html, text_of
from tantam.desk.channels.email.flowed import unflowed
from tantam.desk.channels.email.headers import clean, file_name, header
from tantam.desk.channels.email.tnef import files_of

MOST_PARTS = 200  # of one mail that are read; the desk keeps far fewer files, and the whole mail is kept raw
LONGEST_TEXT = 2_000_000  # bytes of one part that are read as text
LONGEST_NAME = 200
_MAILS = ("message/rfc822", "message/global")
_SIGNATURES = ("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature")
_SEALED = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_TNEF = ("application/ms-tnef", "application/vnd.ms-tnef")
_CALENDAR = "text/calendar"
# uuencode: a file within the text, as programs sent it before MIME.
_ENCODED = re.compile(
    r"^begin [0-7]{3,4} (\S.{0,150})\n((?:[ -`]{1,61}\n){1,400000})(?:`|[ ])?\n?end[ ]*$", re.MULTILINE
)


class Seal(StrEnum):
    """How a mail was closed by its writer. Stored as it is spelled here."""

    SIGNED = "signed"
    ENCRYPTED = "encrypted"  # it cannot be read here


@dataclass(frozen=True, slots=True)
class MailFile:
    """A file of a mail. content_id: how the mail's HTML names it, without brackets; "" if it does not."""

    name: str
    payload: bytes
    content_id: str = ""


def all_parts(mail: Message) -> list[Message]:
    """Return the mail and all parts in it, in order, those of mails in it too; `MOST_PARTS` at most."""
    found: list[Message] = []
    waiting = [mail]
    while waiting and len(found) < MOST_PARTS:
        part = waiting.pop()
        found.append(part)
        waiting += reversed(_inside(part))
    return found


def leaves(mail: Message) -> list[Message]:
    """Return the parts that hold something, in order; a mail inside the mail counts as one. `MOST_PARTS` at most."""
    found: list[Message] = []
    waiting = [mail]
    while waiting and len(found) < MOST_PARTS:
        part = waiting.pop()
        inside = [] if part.get_content_type() in _MAILS else _inside(part)
        if inside and part.is_multipart():
            waiting += reversed(inside)
        else:
            found.append(part)
    return found


def plain_of(parts: Sequence[Message]) -> str:
    """Return the plain text of the parts, without the files that are written into it."""
    texts = (_ENCODED.sub("", content(each)).strip("\n") for each in parts if is_text(each, "plain"))
    return "\n\n".join(each for each in texts if each.strip())


def pages_of(parts: Sequence[Message]) -> list[str]:
    """Return the pages of HTML among the parts."""
    return [content(each) for each in parts if is_text(each, "html")]


def calendars_of(parts: Sequence[Message]) -> list[str]:
    return [content(each) for each in parts if each.get_content_type() == _CALENDAR]


def files_among(parts: Sequence[Message]) -> list[MailFile]:
    """Return the files of a mail, in order; of a winmail.dat also those in it."""
    found: list[MailFile] = []
    for part in parts:
        if is_text(part, "plain"):
            found += _in_text(content(part))
        file = _file(part)
        if file is None:
            continue
        found.append(file)
        if part.get_content_type() in _TNEF or file.name.lower() == "winmail.dat":
            found += [MailFile(clean(name)[:LONGEST_NAME], held) for name, held in files_of(file.payload)]
    return found[:MOST_PARTS]


def seals_of(mail: Message, parts: Sequence[Message], text: str) -> tuple[Seal, ...]:
    """Return how the mail was closed, by S/MIME or PGP; () for most."""
    kinds = {each.get_content_type() for each in (mail, *parts)}
    sealed = [each for each in parts if each.get_content_type() in _SEALED]
    closed = any("signed" not in str(each.get_param("smime-type") or "").lower() for each in sealed)
    found = []
    in_place = "-----BEGIN PGP SIGNED MESSAGE-----" in text
    if kinds & {*_SIGNATURES, "multipart/signed"} or (sealed and not closed) or in_place:
        found.append(Seal.SIGNED)
    if closed or "multipart/encrypted" in kinds or text.lstrip().startswith("-----BEGIN PGP MESSAGE-----"):
        found.append(Seal.ENCRYPTED)
    return tuple(found)


def is_text(part: Message, kind: str) -> bool:
    """Whether the part is shown as text. What claims to be made of parts and is not is plain text."""
    if part.get_content_disposition() == "attachment":
        return False
    if part.get_content_maintype() == "multipart":
        return kind == "plain"
    return part.get_content_type() == f"text/{kind}"


def content(part: Message) -> str:
    """Return a part's text, its charset and line ends as they are meant."""
    payload = payload_of(part)[:LONGEST_TEXT]
    declared = _charset(part)
    if not declared and part.get_content_subtype() == "html":
        declared = charset_of_html(payload)
    text = text_of(payload, declared).replace("\r\n", "\n").replace("\r", "\n")
    if part.get_content_type() == "text/plain" and _parameter(part, "format") == "flowed":
        return unflowed(text, joined=_parameter(part, "delsp") == "yes")
    return text


def payload_of(part: Message) -> bytes:
    """Return a part's bytes, as well as its encoding lets them be read; b"" if it has none of its own."""
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, binascii.Error, LookupError, AssertionError):
        payload = str(part.get_payload()).encode("utf-8", "surrogateescape")
    return payload if isinstance(payload, bytes) else b""


def attachment_line(file: MailFile) -> str:
    """Return a line that names a file."""
    return f"[{file.name[:120]}, {len(file.payload) // 1024 + 1} kB]"


def _inside(part: Message) -> list[Message]:
    held = part.get_payload()
    return [each for each in held if isinstance(each, Message)] if isinstance(held, list) else []


def _file(part: Message) -> MailFile | None:
    """Return the file that a part is, None for a part that says something. A mail in it is a file too."""
    kind, is_attached = part.get_content_type(), part.get_content_disposition() == "attachment"
    if kind in _MAILS or part.is_multipart():
        inside = _inside(part)
        whole = _bytes_of(inside[0] if kind in _MAILS and inside else part)
        return MailFile("message.eml" if kind in _MAILS else f"{part.get_content_subtype()[:30]}.txt", whole)
    name, named = file_name(part), header(part, "Content-ID").strip(" <>")[:LONGEST_NAME]
    if not name and not is_attached and (part.get_content_maintype() in ("text", "multipart") and kind != _CALENDAR):
        return None
    if kind == _CALENDAR:
        name = name or "invitation.ics"
    shown = clean(name or f"{part.get_content_maintype()}.{part.get_content_subtype()[:20]}")
    return MailFile(shown[:LONGEST_NAME], payload_of(part), named)


def _bytes_of(mail: Message) -> bytes:
    try:
        return mail.as_bytes()
    except Exception:  # its generator raises what its reader let in: KeyError, UnicodeError, AttributeError …
        return payload_of(mail)


def _in_text(text: str) -> Iterator[MailFile]:
    """Yield the files that are written into a text by uuencode."""
    for found in _ENCODED.finditer(text) if "\nend" in text else ():
        lines = found[2].encode("ascii", "replace").split(b"\n")
        yield MailFile(clean(found[1].strip())[:LONGEST_NAME], b"".join(map(_unencoded, lines)))


def _unencoded(line: bytes) -> bytes:
    if not line:
        return b""
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        most = (((line[0] - 32) & 63) * 4 + 5) // 3  # some programs leave bytes behind the last
        try:
            return binascii.a2b_uu(line[:most])
        except binascii.Error:
            return b""


def _charset(part: Message) -> str:
    try:
        return str(part.get_content_charset() or "")
    except (ValueError, LookupError, UnicodeError):
        return ""


def _parameter(part: Message, name: str) -> str:
    value = part.get_param(name)
    return value.lower() if isinstance(value, str) else ""
