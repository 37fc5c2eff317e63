"""Dresses a letter as HTML for mail programs: no tables, no images, every style on its element, dark where asked.

The desk's two voices: what a colleague wrote is set in sans, what the plan says by itself in serif.
"""

from __future__ import annotations

import re
from email.message import EmailMessage

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from tantam.desk.channels.email.heading import Heading, mail_under
from tantam.desk.channels.email.letter import Letter

SANS = "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif"
SERIF = "ui-serif,'New York','Noto Serif',Cambria,'Times New Roman',serif"
_PAGE = re.compile(r"(https?://[^\s<>\"']{1,2000}[^\s<>\"'.,;:!?)\]}»“”…])")
_GAP = re.compile(r"\n[ \t]*\n+")


def dressed(heading: Heading, letter: Letter) -> EmailMessage:
    """Return the mail with both forms of the letter. Raises ValueError, HeaderParseError as `mail_under`."""
    mail = mail_under(heading, letter.text)
    mail.add_alternative(html_of(letter), subtype="html", cte="quoted-printable")
    return mail


def html_of(letter: Letter) -> str:
    """Return the letter as a whole page of HTML, under 10 kB and three times its words."""
    context = {
        "letter": letter,
        "sans": mark_safe(SANS),  # noqa: S308 - ours
        "voice": mark_safe(SERIF if letter.by_plan else SANS),  # noqa: S308 - ours
        "greeting": lines(letter.greeting),
        "paragraphs": [linked_lines(each) for each in _GAP.split(letter.words.strip())],
        "signed": lines(letter.signed),
        "quoted": [lines(each) for each in _GAP.split(letter.quote.words)] if letter.quote else [],
    }
    return render_to_string("email/mail.html", context)


def lines(text: str) -> SafeString:
    """Return the text with its line breaks, made safe."""
    return format_html_join(mark_safe("<br>\n"), "{}", ((each,) for each in text.split("\n")))


def linked_lines(text: str) -> SafeString:
    """Return the same with the pages that it names as links."""
    return format_html_join(mark_safe("<br>\n"), "{}", ((_linked(each),) for each in text.split("\n")))


def _linked(line: str) -> SafeString:
    parts = ((_link(each) if at % 2 else each,) for at, each in enumerate(_PAGE.split(line)))
    return format_html_join("", "{}", parts)


def _link(page: str) -> SafeString:
    style = "color:#005f61;overflow-wrap:anywhere"
    return format_html('<a class="a" href="{}" style="{}">{}</a>', page, style, page)
