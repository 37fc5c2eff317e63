"""Reads a mail as it came in, whatever its state: who wrote, what, in answer to which message.

Nothing here raises for bad input: what cannot be read is left out, and the raw mail is kept elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses

from tantam.desk.channels.email.automatic import is_automatic
from tantam.desk.channels.email.plain import text_of_html
from tantam.desk.channels.email.quotes import without_quotes
from tantam.desk.customers.models import MOST_NAME

LONGEST_BODY = 19_000  # the desk takes 20,000; the whole mail is kept raw
LONGEST_SUBJECT = 200
LONGEST_HTML = 500_000
MOST_PARTS = 200  # of one mail that are read; the desk keeps far fewer files, and the whole mail is kept raw
LONGEST_HEADER = 20_000  # characters of one header; encoded words without end take ever longer to decode
_MESSAGE_ID = re.compile(r"<[^<>\s]{3,250}>")
_ADDRESS = re.compile(r"[^@\s<>\"]{1,64}@[^@\s<>\"]{1,189}")
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class MailFile:
    """A file of a mail. content_id: how the mail's HTML names it, without brackets; "" if it does not."""

    name: str
    payload: bytes
    content_id: str = ""


@dataclass(frozen=True, slots=True)
class ReadMail:
    """What a mail says.

    message_id: with its angle brackets, "" if it has none. sender: the address in lower case, "" if there is none.
    body: what the writer wrote, without what they quoted; attachments named at its end; words: the same without the
    names. answers: the ids it refers to, the nearest first. files: in order. html: as it was laid out, or "".
    """

    message_id: str
    sender: str
    name: str
    subject: str
    body: str
    answers: tuple[str, ...]
    automatic: bool
    language: str = ""
    words: str = ""
    files: tuple[MailFile, ...] = ()
    html: str = ""


def read(raw: bytes) -> ReadMail:
    """Return what the mail says."""
    mail = message_from_bytes(raw)
    name, sender = _sender(mail)
    parts = _leaves(mail)[:MOST_PARTS]
    words = without_quotes(clean(_text_of(parts)[: 4 * LONGEST_BODY]))[:LONGEST_BODY]
    return ReadMail(
        message_id=next(iter(_ids(mail, "Message-ID")), ""),
        sender=sender,
        name=name,
        subject=" ".join(header(mail, "Subject").split())[:LONGEST_SUBJECT],
        body=_body(words, parts),
        answers=_answers(mail),
        automatic=is_automatic(mail, sender),
        language=header(mail, "Content-Language")[:2].lower(),
        words=words.strip(),
        files=tuple(file for each in parts if (file := _file(each))),
        html=next((clean(_content(each)) for each in parts if _is_text(each, "html")), "")[:LONGEST_HTML],
    )


def header(mail: Message, name: str) -> str:
    """Return a header's text, decoded as well as it can be; "" if it is not there."""
    text = next(iter(_written(mail, name)), "")
    try:
        pieces = decode_header(text)
    except (HeaderParseError, ValueError):
        return clean(text)
    return clean("".join(each if isinstance(each, str) else _text(each, charset) for each, charset in pieces))


def clean(text: str) -> str:
    """Return the text without what no database or page should hold: control and direction characters."""
    return _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _written(mail: Message, name: str) -> list[str]:
    """Return each header of that name as it was written, nothing in it decoded but its letters."""
    named = [str(value)[:LONGEST_HEADER] for key, value in mail.raw_items() if key.lower() == name.lower()]
    return [_text(each.encode("ascii", "surrogateescape"), "utf-8") for each in named]


def _sender(mail: Message) -> tuple[str, str]:
    """Return name and address of who is to be answered: From, for Reply-To is not proved by anything.

    Addresses are looked for before encoded words are read, as mail servers do who prove a sender: a name may say
    anything. Where several are given, nobody knows which was proved: then there is none.
    """
    for source in ("From", "Sender", "Return-Path"):
        named = getaddresses(_written(mail, source))
        found = {address.lower(): name for name, address in named if _ADDRESS.fullmatch(clean(address))}
        if len(found) > 1:
            break
        for address, name in found.items():
            return " ".join(clean(_decoded(name)).split())[:MOST_NAME], clean(address)
    return "", ""


def _ids(mail: Message, name: str) -> list[str]:
    return _MESSAGE_ID.findall(header(mail, name))


def _answers(mail: Message) -> tuple[str, ...]:
    nearest_first = [*_ids(mail, "In-Reply-To"), *reversed(_ids(mail, "References"))]
    return tuple(dict.fromkeys(nearest_first))[:50]


def whole_text(raw: bytes) -> str:
    """Return all of a mail's text, what it quotes included; at most as much as a page should show.

    A mail nested so deep that it cannot be taken apart is shown as it came.
    """
    try:
        text = _text_of(_leaves(message_from_bytes(raw))[:MOST_PARTS])
    except RecursionError:
        text = _text(raw[: 4 * LONGEST_BODY], None)
    return clean(text)[: 4 * LONGEST_BODY]


def _body(said: str, parts: list[Message]) -> str:
    named = [name for each in parts if (name := _attachment(each))]
    return "\n\n".join([said, *named[:20]]).strip()[: LONGEST_BODY + 900]


def _text_of(parts: list[Message]) -> str:
    """Return the plain text of the parts, else their HTML as text."""
    plain = [_content(each) for each in parts if _is_text(each, "plain")]
    text = "\n\n".join(each for each in plain if each.strip())
    return text or "\n\n".join(text_of_html(_content(each)) for each in parts if _is_text(each, "html"))


def _leaves(part: Message) -> list[Message]:
    """Return the parts that hold something, in order; a mail inside the mail counts as one attachment."""
    if part.get_content_type() == "message/rfc822" or not part.is_multipart():
        return [part]
    inside = part.get_payload()
    if not isinstance(inside, list):
        return [part]
    return [leaf for each in inside if isinstance(each, Message) for leaf in _leaves(each)]


def _is_text(part: Message, kind: str) -> bool:
    return part.get_content_type() == f"text/{kind}" and part.get_content_disposition() != "attachment"


def _content(part: Message) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    try:
        charset = part.get_content_charset()
    except (ValueError, LookupError):
        charset = None
    return _text(payload, charset)


def _text(raw: bytes, charset: str | None) -> str:
    """Return the bytes as text: as declared, else as UTF-8, else every byte as some letter."""
    for each in (charset, "utf-8"):
        try:
            return raw.decode(each or "utf-8")
        except (UnicodeError, LookupError, ValueError):
            continue
    return raw.decode("cp1252", "replace")


def _attachment(part: Message) -> str:
    """Return a line that names an attachment, "" for a part that is none."""
    if part.get_content_type() == "message/rfc822":
        return "[message.eml]"
    name = _file_name(part)
    if not name and (part.get_content_maintype() == "text" or part.get_content_disposition() != "attachment"):
        return ""
    payload = part.get_payload(decode=True)
    size = len(payload) // 1024 + 1 if isinstance(payload, bytes) else 0
    return f"[{clean(str(name or part.get_content_type()))[:120]}, {size} kB]"


def _file(part: Message) -> MailFile | None:
    """Return the file that a part is, None for a part that says something. A mail in it is a file too."""
    if part.get_content_type() == "message/rfc822":
        inside = part.get_payload()
        whole = inside[0].as_bytes() if isinstance(inside, list) and inside and isinstance(inside[0], Message) else b""
        return MailFile("message.eml", whole)
    name, named = _file_name(part), header(part, "Content-ID").strip(" <>")[:200]
    if part.is_multipart() or (not name and part.get_content_maintype() == "text" and not _is_attached(part)):
        return None
    payload = part.get_payload(decode=True)
    if not name and not named and not _is_attached(part) and part.get_content_maintype() != "image":
        return None
    kind = part.get_content_subtype()[:20]
    return MailFile(
        clean(name or f"{part.get_content_maintype()}.{kind}"), payload if isinstance(payload, bytes) else b"", named
    )


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment"


def _file_name(part: Message) -> str:
    """Return what a part calls itself, decoded; "" if it does not, or not legibly."""
    try:
        name = part.get_filename()
    except (HeaderParseError, ValueError, LookupError):
        return ""
    return _decoded(str(name)) if name else ""


def _decoded(name: str) -> str:
    """Return a name whose letters some programs write as encoded words although no standard lets them."""
    if "=?" not in name:
        return name
    try:
        return "".join(each if isinstance(each, str) else _text(each, charset) for each, charset in decode_header(name))
    except (HeaderParseError, ValueError):
        return name
