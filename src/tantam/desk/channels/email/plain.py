"""Turns HTML into text a person can read: lines, list marks, quotes behind `>`."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import nh3

_KEPT = {"p", "div", "br", "li", "ul", "ol", "tr", "td", "th", "table", "blockquote", "pre", "hr", "a"} | {
    f"h{n}" for n in range(1, 7)
}
_BREAKS = _KEPT - {"a", "td", "th"}
LONGEST_HTML = 100_000  # characters: tags nested without end take ever longer to read
DEEPEST_QUOTE = 9  # marks before a line
_PICTURE = re.compile(r"data:image/[^\"'\s>]{200,}")
_BLANK_LINES = re.compile(r"\n{3,}")


def text_of_html(html: str) -> str:
    """Return the text of a page or fragment. Scripts, styles and comments are left out."""
    writer = _Writer()
    writer.feed(nh3.clean(_lighter(html), tags=_KEPT, clean_content_tags={"script", "style", "title"}, link_rel=None))
    writer.close()
    lines = (" ".join(each.split()) for each in "".join(writer.out).split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def _lighter(html: str) -> str:
    """Return what of the page may be text, as much as is read: styles and pictures often weigh more than all words.

    What follows a comment that is never closed may be all of them, and stays.
    """
    for begin, end in (("<!--", "-->"), ("<style", "</style>"), ("<head>", "</head>")):
        html = _without(html, begin, end)
    return _PICTURE.sub("data:", html.replace("<!--", ""))[:LONGEST_HTML]


def _without(html: str, begin: str, end: str) -> str:
    """Return the page without what stands between such marks, case aside; one that is not closed stays."""
    small, kept, at = html.lower(), [], 0
    if len(small) != len(html):  # some capitals are two letters when small
        return html
    while (start := small.find(begin, at)) >= 0 and (stop := small.find(end, start + 2)) >= 0:
        kept.append(html[at:start])
        at = stop + len(end)
    return "".join(kept) + html[at:]


class _Writer(HTMLParser):
    """Writes text; it is fed only what nh3 has made well-formed."""

    def __init__(self) -> None:
        super().__init__()
        self.out: list[str] = []
        self.depth = 0  # of quotations

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.depth += tag == "blockquote"
        if tag in _BREAKS:
            self._line("- " if tag == "li" else "")

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "blockquote"
        if tag in _BREAKS and tag not in ("br", "li", "hr"):
            self._line("")

    def handle_data(self, data: str) -> None:
        self.out.append(data.replace("\n", " "))

    def _line(self, mark: str) -> None:
        self.out.append("\n" + "> " * min(self.depth, DEEPEST_QUOTE) + mark)
