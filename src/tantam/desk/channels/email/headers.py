"""Reads the headers of a mail, in all the forms in which programs have written them (RFC 2047, RFC 2231).

Bytes that belong together are put together before they are read: a letter may lie in two encoded words. What cannot
be decoded is shown as it is written.
"""

from __future__ import annotations

import base64
import inspect
import quopri
import re
import unicodedata
from collections.abc import Iterator
from email.message import Message
from email.utils import getaddresses
from urllib.parse import unquote_to_bytes

from tantam.desk.channels.email.charsets import text_of

LONGEST_HEADER = 20_000  # characters of one header; what is longer was made to harm
LONGEST_PARAMETERS = 4_000  # bytes of a header with parameters, which take ever longer to take apart
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff]")
# Later Pythons refuse a header in which anything is odd; ours are read by what is written there, whichever runs.
_AS_WRITTEN = {"strict": False} if "strict" in inspect.signature(getaddresses).parameters else {}
# =?charset*language?B?bytes?=, also where its end is missing.
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?(.*?)(?:\?=|$)", re.DOTALL)
_BETWEEN_WORDS = re.compile(r"(?<=\?=)\s+(?==\?[^?\s]{1,60}\?[bBqQ]\?)")
_FOLDED = re.compile(r"\r?\n(?=[ \t])")
_PARAMETERS = re.compile(rb"^content-(?:type|disposition):[^\n]*(?:\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE)
_NAME = re.compile(
    r"(?:^|;)\s*(?:file)?name\*?(?P<part>\d{0,3})(?P<coded>\*?)\s*=\s*(?:\"(?P<quoted>[^\"]{0,2000})\"|(?P<bare>[^;\"]{0,2000}))",
    re.IGNORECASE,
)


def shortened(raw: bytes) -> bytes:
    """Return a mail in which no header with parameters is longer than `LONGEST_PARAMETERS`."""
    return _PARAMETERS.sub(lambda found: found[0][:LONGEST_PARAMETERS], raw)


def clean(text: str) -> str:
    """Return the text without what no database or page should hold: control and direction characters."""
    return _UNWANTED.sub("", unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")))


def written(mail: Message, name: str) -> list[str]:
    """Return each header of that name as it was written, nothing in it decoded but its letters."""
    named = [str(value)[:LONGEST_HEADER] for key, value in mail.raw_items() if key.lower() == name.lower()]
    return [_FOLDED.sub("", text_of(each.encode("utf-8", "surrogateescape"))) for each in named]


def header(mail: Message, name: str) -> str:
    """Return a header's text, decoded as well as it can be; "" if it is not there."""
    return decoded(next(iter(written(mail, name)), ""))


def decoded(text: str) -> str:
    """Return a header's text with its encoded words read, wherever they stand."""
    return clean("".join(_pieces(_BETWEEN_WORDS.sub("", text[:LONGEST_HEADER]))))


def addresses(text: str) -> list[tuple[str, str]]:
    """Return the pairs of name and address in a header, undecoded; none where nobody can tell."""
    try:
        return getaddresses([text], **_AS_WRITTEN)
    except (RecursionError, ValueError, IndexError, TypeError):
        return []


def file_name(part: Message) -> str:
    """Return what a part calls itself, decoded; "" if it does not, or not legibly."""
    for source in ("Content-Disposition", "Content-Type"):
        for each in written(part, source)[:1]:
            if name := _named(each[:LONGEST_PARAMETERS]):
                return " ".join(name.split())
    return ""


def _pieces(text: str) -> Iterator[str]:
    """Yield the text between encoded words, and of neighbours of one charset the text that they hold together."""
    end, charset, held = 0, "", b""
    for word in _WORD.finditer(text):
        named = word[1].partition("*")[0]
        if word.start() > end or named.lower() != charset.lower():
            yield text_of(held, charset) + text[end : word.start()]
            held = b""
        held, charset, end = held + _bytes(word[2], word[3]), named, word.end()
    yield text_of(held, charset) + text[end:]


def _bytes(encoding: str, held: str) -> bytes:
    raw = held.encode("utf-8", "surrogateescape")
    if encoding in "qQ":
        return quopri.decodestring(raw.replace(b"\n", b""), header=True)
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
    letters = letters[:-1] if len(letters) % 4 == 1 else letters
    return base64.b64decode(letters + b"=" * (-len(letters) % 4))


def _named(text: str) -> str:
    """Return the file's name among parameters: plain, percent-encoded, in parts, or in encoded words."""
    parts: dict[int, tuple[str, bool]] = {}
    plain = ""
    for found in _NAME.finditer(text):
        value = found["quoted"] if found["quoted"] is not None else found["bare"].strip()
        in_star = "*" in found[0].split("=")[0]
        if in_star:
            parts.setdefault(int(found["part"] or 0), (value, bool(found["coded"]) or not found["part"]))
        else:
            plain = plain or value
    if not parts:
        return decoded(plain)
    charset, held = "utf-8", b""
    for at, number in enumerate(sorted(parts)):
        value, coded = parts[number]
        if at == 0 and coded and value.count("'") >= 2:
            charset, _, value = value.split("'", 2)
        held += unquote_to_bytes(value) if coded else value.encode("utf-8", "surrogateescape")
    text = clean(text_of(held, charset))
    return decoded(text)
