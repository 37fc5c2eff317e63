"""Makes the window's one file of its parts: one script, without the remarks and the indentation of its authors."""

from __future__ import annotations

import json
import re
from pathlib import Path

FOLDER = Path(__file__).parent / "widget"
LOOK = "look.css"
# In this order; they share one scope, and the last one begins.
PARTS = (
    "known.js",
    "desk.js",
    "hearing.js",
    "asking.js",
    "sending.js",
    "elements.js",
    "colours.js",
    "frame.js",
    "doing.js",
    "drawing.js",
    "begin.js",
)
HEAD = """\
// A company's chat on any page: one script tag, a conversation in a shadow tree, nothing of the page touched.
//   <script src="https://desk.example/static/chat/widget.js" defer data-corner="left" data-accent="#7a1fa2"></script>
// Every word comes from the desk (/chat/hello). The browser keeps a token; the tab keeps what was not sent yet.
"use strict";
(() => {
const NAME = "tantam-chat", tag = document.currentScript;
if (!tag || document.querySelector(NAME)) return;
"""
_REMARK = re.compile(r"(^|  )// .*$")  # beside a line two blanks stand before one: no address in a text has them


def widget() -> str:
    """Return the script that a page loads."""
    look = re.sub(r"/\*.*?\*/\n?", "", _read(LOOK), flags=re.DOTALL)
    lines = [f"const CSS_TEXT = {json.dumps(look, ensure_ascii=False)};"]
    for name in PARTS:
        lines += [line for each in _read(name).splitlines() if (line := _REMARK.sub("", each.strip()))]
    return f"{HEAD}{chr(10).join(lines)}\n}})();\n"


def changed_at() -> float:
    """Return when a part, or how they are put together, was changed last, as the file system says it."""
    return max(each.stat().st_mtime for each in (*FOLDER.iterdir(), Path(__file__)))


def _read(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")
