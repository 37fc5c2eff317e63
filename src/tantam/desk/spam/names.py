"""Takes a text apart into the names that the score counts: words, pairs, pieces of long words, and how it is made.

Pure: no Django, no database. How loud, how short, how rude a text is has no name: people who are upset write so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from tantam.folding import folded

MOST_READ = 4_000  # characters of a body
MOST_NAMES = 1_500
FEW_LETTERS = 12  # beside each of several links: then they are all there is
LONG_WORD = 10  # letters, from which its pieces count too: compounds, and words that somebody cut up
PIECE = 5

_WORD = re.compile(r"[^\W\d_]{2,40}")
_PHRASE = re.compile(r"[.!?;:\n\r|()\[\]<>\"“”]+")
_LINK = re.compile(r"(?:https?://|hxxps?://|www\.)[^\s<>\"'\]\)]{2,300}", re.IGNORECASE)
_BARE = re.compile(
    r"(?<![@\w.])(?:[a-z0-9-]{1,40}\.){1,3}"
    r"(?:com|net|org|info|biz|xyz|top|site|online|club|shop|store|live|vip|win|bet|casino|icu|cc|ru|su|tk|pw|click|link)"
    r"(?:/[^\s<>\"']{0,200})?",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"\[/?(?:url|link|b|img|color|size)\b[^\]]*\]|<a\s[^>]*href|&lt;a\s", re.IGNORECASE)
_HANDLE = re.compile(
    r"(?:\bt\.me/|\bwa\.me/|telegram\s*[:@]|whats\s?app\s*(?:me|us|now|number)?\s*[:+]|zalo\s*[:.]?\s*0\d{8}|@\w{4,}bot\b)",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,60}(?:\.[\w-]{1,30})+")
_FREEMAIL = re.compile(
    r"(?:gmail|googlemail|yahoo|ymail|outlook|hotmail|live|msn|icloud|me|aol|gmx|web|t-online|freenet|posteo|mail|proton"
    r"|protonmail|example)\.(?:com|net|org|de|vn|at|ch|me|com\.vn|ru)"
)
_SHORTENERS_LISTED = """
    bit.ly tinyurl.com goo.gl t.co is.gd cutt.ly
    rb.gy ow.ly t.ly shorturl.at s.id tiny.cc
"""
_SHORTENERS = frozenset(_SHORTENERS_LISTED.split())
_ODD_ENDS_LISTED = """
    xyz top site online club live vip win bet casino icu cc
    su tk pw click link biz buzz cyou sbs rest bid loan
"""
_ODD_ENDS = frozenset(_ODD_ENDS_LISTED.split())
_HIDDEN = re.compile(r"[\u200b-\u200d\u2060\ufeff\u00ad]")
_VOWELS = frozenset("aeiouy")
_CLUSTER = re.compile(r"[bcdfghjklmnpqrstvwxz]{5,}")
# Letters of a language that is written without spaces: pairs of them stand for words.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]{2,}")
_LOOKALIKES = ("CYRILLIC", "GREEK")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What somebody wrote. ours: hosts of the company, to which anybody may link. sender: an address, or ""."""

    body: str
    subject: str = ""
    name: str = ""
    sender: str = ""
    ours: frozenset[str] = frozenset()


def names_in(words: Words) -> Mapping[str, str]:
    """Return {name: as it was written}, at most MOST_NAMES.

    Words stand as themselves, folded; pairs with a space between; pieces after a `~`; hosts after an `@`; what says
    how the text is made after a `!`.
    """
    body = words.body[:MOST_READ]
    links, rest = _links_of(body, words.ours)
    found: dict[str, str] = {}
    for name, written in _made(words, body, links, rest):
        found.setdefault(name, written)
    for part in (words.subject[:300], rest):
        for name, written in _said(_HIDDEN.sub("", part)):
            if len(found) >= MOST_NAMES:
                return found
            found.setdefault(name, written)
    return found


def _links_of(body: str, ours: frozenset[str]) -> tuple[list[str], str]:
    """Return the hosts that the text leads to, the company's own left out, and the text without any link."""
    hosts = [_host(each) for each in _LINK.findall(body)]
    rest = _LINK.sub(" ", body)
    plain = _MAIL.sub(" ", rest)
    hosts += [_host(each) for each in _BARE.findall(plain) if each]
    return [each for each in hosts if each and each not in ours], _BARE.sub(" ", rest)


def _host(link: str) -> str:
    """Return the host of a link without `www.`, in lower case; "" where there is none."""
    text = link.lower().replace("hxxp", "http", 1)
    try:
        host = urlsplit(text if "://" in text else f"//{text}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.").strip(".")


def _made(words: Words, body: str, links: list[str], rest: str) -> Iterator[tuple[str, str]]:
    """Yield how the text is made."""
    if links:
        yield _how_many(len(links)), str(len(links))
        letters = sum(each.isalpha() for each in _MARKUP.sub(" ", rest))
        if len(links) > 1 and letters < FEW_LETTERS * len(links):
            yield "!only_links", ""
    for host in dict.fromkeys(links):
        yield f"@{host}"[:60], host
        if host in _SHORTENERS:
            yield "!shortened", host
        elif host.rpartition(".")[2] in _ODD_ENDS:
            yield "!odd_host", host
    if _MARKUP.search(body):
        yield "!markup", ""
    if found := _HANDLE.search(body):
        yield "!messenger", found.group(0)
    if _HIDDEN.search(body):
        yield "!hidden", ""
    if mixed := _mixed(body):
        yield "!mixed_script", mixed
    if _is_gibberish(rest):
        yield "!gibberish", ""
    if _repeats(rest):
        yield "!repeats", ""
    if "http" in words.name.lower() or _BARE.search(words.name):
        yield "!link_as_name", words.name[:40]
    host = words.sender.rpartition("@")[2].lower()
    if host and not _FREEMAIL.fullmatch(host):
        yield f"@{host}"[:60], host


def _how_many(links: int) -> str:
    match links:
        case 1:
            return "!links_1"
        case 2 | 3:
            return "!links_2"
        case 4 | 5 | 6:
            return "!links_4"
        case _:
            return "!links_7"


def _said(text: str) -> Iterator[tuple[str, str]]:
    """Yield the words of a text, pairs of neighbours, and pieces of long ones."""
    for phrase in _PHRASE.split(_MAIL.sub(" ", text)):
        before = before_written = ""
        for written in _WORD.findall(phrase):
            word = folded(written)
            yield word[:40], written
            if before:
                yield f"{before} {word}"[:60], f"{before_written} {written}"
            if len(word) >= LONG_WORD:
                yield from ((f"~{word[at : at + PIECE]}", written) for at in range(len(word) - PIECE + 1))
            before, before_written = word, written
        for run in _UNSPACED.findall(phrase):
            yield from ((f"~{run[at : at + 2]}", run[at : at + 2]) for at in range(min(len(run) - 1, 200)))


def _mixed(text: str) -> str:
    """Return the first word whose letters are Latin and look like Latin ones by turns; "" for none."""
    for word in _WORD.findall(text):
        if not word.isascii() and any(each.isascii() for each in word):
            kinds = {unicodedata.name(each, "").partition(" ")[0] for each in word}
            if "LATIN" in kinds and kinds & set(_LOOKALIKES):
                return word
    return ""


def _is_gibberish(text: str) -> bool:
    """Whether most of the longer words are no words of any language in Latin letters."""
    long = [folded(each) for each in _WORD.findall(text) if len(each) >= 7 and folded(each).isascii()]
    if not long or len(long) * 3 < len(_WORD.findall(text)):
        return False
    return sum(_is_noise(each) for each in long) * 2 > len(long)


def _is_noise(word: str) -> bool:
    """Whether hardly a vowel stands in it; German writes one sound as three letters."""
    plain = word.replace("sch", "s").replace("ch", "c")
    vowels = sum(each in _VOWELS for each in plain)
    return vowels * 6 < len(plain) or bool(_CLUSTER.search(plain) and vowels * 4 < len(plain))


def _repeats(text: str) -> bool:
    """Whether a sentence of some length stands there three times or more."""
    phrases = [" ".join(each.split()).casefold() for each in re.split(r"[.!?\n]+", text)]
    long = [each for each in phrases if len(each) >= 12]
    return any(long.count(each) >= 3 for each in set(long))
