"""Dresses a letter as HTML for mail programs: no tables, no images, every style on its element, dark where asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.message import EmailMessage
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from tantam.desk.channels.email import styles
from tantam.desk.channels.email.heading import Heading, mail_under
from tantam.desk.channels.email.letter import Letter

_PAGE = re.compile(r"(https?://[^\s<>\"']{1,2000}[^\s<>\"'.,;:!?)\]}»“”…])")
_GAP = re.compile(r"\n[ \t]*\n+")


def dressed(heading: Heading, letter: Letter) -> EmailMessage:
    """Return the mail with both forms of the letter. Raises Unwritable."""
    mail = mail_under(heading, letter.text)
    mail.add_alternative(html_of(letter), subtype="html", cte="quoted-printable")
    return mail


def html_of(letter: Letter) -> str:
    """Return the letter as a whole page of HTML: 5 kB and three times its words at most."""
    return render_to_string("email/mail.html", _context(letter, styles.on_elements()) | {"dark": styles.dark_rules()})


def shown(letter: Letter) -> SafeString:
    """Return the letter as a part of a page that has the sheet of `styles`."""
    return mark_safe(render_to_string("email/mail_letter.html", _context(letter, styles.by_class())))  # noqa: S308


def _context(letter: Letter, attributes: Mapping[str, SafeString]) -> dict[str, Any]:
    paragraphs = _GAP.split(letter.words.strip())
    return {
        "letter": letter,
        "s": attributes,
        "greeting": _lines(letter.greeting),
        "paragraphs": [_lines(each, link=attributes["link"]) for each in paragraphs],
        "signed": _lines(letter.signed),
        "quoted": [_lines(each) for each in _GAP.split(letter.quote.words)] if letter.quote else [],
    }


def _lines(text: str, *, link: SafeString | None = None) -> SafeString:
    """Return the text with its line breaks, made safe. link: the attributes of links to the pages that it names."""
    said = ((_linked(each, link) if link else each,) for each in text.split("\n"))
    return format_html_join(mark_safe("<br>\n"), "{}", said)


def _linked(line: str, attributes: SafeString) -> SafeString:
    parts = ((_link(each, attributes) if at % 2 else each,) for at, each in enumerate(_PAGE.split(line)))
    return format_html_join("", "{}", parts)


def _link(page: str, attributes: SafeString) -> SafeString:
    return format_html('<a {} href="{}">{}</a>', attributes, page, page)
