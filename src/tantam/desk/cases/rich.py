"""Makes what a message said as HTML safe to look at: words, tables and pictures stay, whatever acts or calls goes.

Pictures from elsewhere tell their sender that a mail was read: they are left out until somebody asks for them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import nh3
from django.http import Http404

from tantam.desk.cases.access import cases_for
from tantam.desk.cases.models import Message

LONGEST = 250_000  # characters; more is not shown: what a mail packs into one word takes ever longer to read
_NAMES = """
a abbr b big blockquote br caption center cite code col colgroup dd del div dl dt em font h1 h2 h3 h4 h5 h6 hr i img ins
li ol p pre q s small span strike strong sub sup table tbody td tfoot th thead tr tt u ul
"""
_TAGS = set(_NAMES.split())
_ATTRIBUTES = {
    "*": {"dir", "lang", "title", "align", "valign"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan", "width", "bgcolor"},
    "th": {"colspan", "rowspan", "width", "bgcolor"},
    "table": {"width", "border", "cellpadding", "cellspacing", "bgcolor"},
    "font": {"color", "size"},
    "ol": {"start", "type"},
}
_DROPPED = {"script", "style", "title", "template", "svg", "math", "noscript", "iframe", "object"}
_REMOTE = re.compile(r"https?://", re.IGNORECASE)

# What mails of a few kilobytes would make of themselves: minutes of work, or millions of elements.
MOST_TAGS = 8_000  # a letter of many pages has some 5,000
MOST_REPEATED = 250_000  # elements: a parser opens every unclosed <font> anew in each paragraph
_TAG = re.compile(r"<[A-Za-z]")
_LETTERING = re.compile(r"<(/?)(?:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/>])", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^<>]*>")


def message_with_html(person: object, pk: int) -> Message:
    """Return a message that has an HTML version, of a case this person may see. Raises Http404."""
    found = Message.objects.select_related("rich", "case", "author").filter(pk=pk, case__in=cases_for(person))
    message = found.filter(rich__isnull=False).first()
    if message is None:
        raise Http404
    return message


def safe_html(html: str, inline: Mapping[str, str], *, remote: Callable[[str], str | None]) -> str:
    """Return the HTML without whatever acts. inline: {Content-ID: where its picture is}.

    remote: what stands for the address of a picture from elsewhere; None leaves the picture out.
    """

    def kept(tag: str, attribute: str, value: str) -> str | None:
        if tag == "img" and attribute == "src":
            return _picture(value.strip(), inline, remote)
        return value

    return nh3.clean(
        _bounded(html[:LONGEST]),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        clean_content_tags=_DROPPED,
        url_schemes={"http", "https", "mailto", "tel", "cid"},
        attribute_filter=kept,
        link_rel="noopener noreferrer nofollow",
    )


def _bounded(html: str) -> str:
    """Return HTML that is read in a second: one with too many tags without them, too much lettering as plain words.

    Tags are counted as they are written, closed or not: no comment or attribute hides one from being counted.
    """
    tags = len(_TAG.findall(html))
    if tags > MOST_TAGS:
        return _ANY_TAG.sub(" ", html).replace("<", " ")
    if tags * len(_LETTERING.findall(html)) > MOST_REPEATED:
        return _LETTERING.sub(r"<\1span", html)
    return html


def has_remote(html: str) -> bool:
    """Whether it would show pictures from elsewhere."""
    found: list[str] = []
    safe_html(html, {}, remote=lambda address: found.append(address))
    return bool(found)


def _picture(address: str, inline: Mapping[str, str], remote: Callable[[str], str | None]) -> str | None:
    if address.lower().startswith("cid:"):
        return inline.get(address[4:].strip("<>"))
    return remote(address) if _REMOTE.match(address) else None
