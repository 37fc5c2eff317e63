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
_BLANK_LINES = re.compile(r"\n{3,}")


def text_of_html(html: str) -> str:
    """Return the text of a page or fragment. Scripts, styles and comments are left out."""
    writer = _Writer()
    writer.feed(
        nh3.clean(html[:LONGEST_HTML], tags=_KEPT, clean_content_tags={"script", "style", "title"}, link_rel=None)
    )
    writer.close()
    lines = (" ".join(each.split()) for each in "".join(writer.out).split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


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
