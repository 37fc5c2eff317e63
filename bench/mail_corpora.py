"""Replies of three public collections, each with what its own tests say must remain of it.

They lie beside the project (`../shared/data/mail-replies`) and are read where they lie: the tests of `talon` as syntax,
never run; of `github_email_reply_parser`, which speaks of fragments, the line at which the first hidden one begins.
"""

from __future__ import annotations

import ast
import csv
import gzip
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "shared" / "data" / "mail-replies"
TONGUES = ("chinese", "danish", "dutch", "french", "german", "italian", "norwegian", "polish", "portuguese", "russian")
TONGUES += ("spanish", "swedish", "ukrainian", "vietnamese")
POSTS = ("support-thunderbird-train/questions_2023Q2.csv.gz", "support-thunderbird-train/answers_2023Q2.csv.gz")
POSTS += ("complaints-cfpb/cfpb_6623_sample.csv.gz",)
# The line of each mail with which its first hidden fragment begins; "" where nothing is hidden. What its tests
# leave open (email_long_quote: how long it takes) is not here.
HIDDEN_FROM = {
    "correct_sig": "-- ",
    "email_1_1": "-Abhishek",
    "email_1_2": "> \n> -Abhishek",
    "email_1_3": "-Abhishek",
    "email_1_4": "On Aug 22",
    "email_1_5": "",
    "email_1_6": "On Dec 16",
    "email_1_7": "On Tue",
    "email_1_8": ">\n> -- Tim",
    "email_2_1": " -----",
    "email_2_2": "_____",
    "email_2_3": "From:",
    "email_BlackBerry": "Sent from",
    "email_bullets": "On Fri",
    "email_iPhone": "Sent from",
    "email_multi_word_sent_from_my_mobile_device": "Sent from",
    "email_one_is_not_on": "On Oct",
    "email_sent_from_my_not_signature": "",
    "email_sig_delimiter_in_middle_of_line": "",
    "greedy_on": "On 9 Jan",
    "pathological": "On Dec 8",
}
# Tests that set or replace something within talon.
OF_TALON_ALONE = ("test_bad_html", "test_CRLF", "test_too_many_lines")


@dataclass(frozen=True, slots=True)
class Reply:
    """One mail. text: its plain text, or HTML where `is_html`. left: what must remain of it, in the same form."""

    corpus: str
    tongue: str
    name: str
    text: str
    left: str
    is_html: bool = False


def replies() -> Iterator[Reply]:
    """Yield all of them; none where the collections are not there."""
    if FOLDER.is_dir():
        yield from _trimmer(FOLDER / "email_reply_trimmer")
        yield from _github(FOLDER / "github_email_reply_parser" / "emails")
        yield from _talon(FOLDER / "talon")


def posts() -> Iterator[str]:
    """Yield what people wrote to a forum and to an authority: nobody quotes a mail there, or hardly anybody."""
    csv.field_size_limit(10_000_000)
    for name in POSTS:
        if (FOLDER.parent / name).is_file():
            with gzip.open(FOLDER.parent / name, "rt", encoding="utf-8", errors="replace") as rows:
                for row in csv.DictReader(rows):
                    longest = max((each for each in row.values() if isinstance(each, str)), key=len)
                    lines = re.sub(r"<br ?/?>|</p>", "\n", html.unescape(longest))
                    yield re.sub(r"<(?![^>]*@)[^>]*>", "", lines).strip()


def _trimmer(folder: Path) -> Iterator[Reply]:
    for each in sorted((folder / "emails").glob("*.txt")):
        left = (folder / "trimmed" / each.name).read_text("utf-8").strip()
        yield Reply("email_reply_trimmer", _tongue(each.stem), each.stem, each.read_text("utf-8").strip(), left)


def _github(folder: Path) -> Iterator[Reply]:
    for name, hidden in HIDDEN_FROM.items():
        text = (folder / f"{name}.txt").read_text("utf-8").replace("\r\n", "\n")
        left = text[: text.index(f"\n{hidden}")] if hidden else text
        yield Reply("github_email_reply_parser", "english", name, text, left)


def _talon(folder: Path) -> Iterator[Reply]:
    for file, is_html in (("text_quotations_test.py", False), ("html_quotations_test.py", True)):
        for name, text, left in _expected(folder / file, folder / "fixtures"):
            yield Reply("talon, HTML" if is_html else "talon", _tongue(name), name, text, left, is_html)
    for each in sorted((folder / "fixtures" / "html_replies").glob("*.html")):
        text = each.read_text("utf-8", "replace")
        yield Reply("talon, HTML", "english", each.stem, text, "Hi. I am fine.\n\nThanks,\nAlex", True)
    for each in sorted((folder / "fixtures" / "standard_replies").glob("*.eml")):
        mail = message_from_bytes(each.read_bytes(), policy=policy.default)
        part = mail.get_body(("plain",))
        said = each.with_name(f"{each.stem}_reply_text")
        left = said.read_text("utf-8").strip() if said.is_file() else "Hello"
        yield Reply("talon", "english", each.stem, part.get_content() if part else "", left)


def _tongue(name: str) -> str:
    return next((each for each in TONGUES if each in name), "english")


def _expected(file: Path, fixtures: Path) -> Iterator[tuple[str, str, str]]:
    """Yield name, mail and what must remain, from each `eq_` of the tests that takes a mail apart."""
    constants = {
        "OLK_SRC_BODY_SECTION": (fixtures / "OLK_SRC_BODY_SECTION.html").read_text("utf-8"),
        "REPLY_SEPARATED_BY_HR": (fixtures / "reply-separated-by-hr.html").read_text("utf-8"),
    }
    for function in ast.parse(file.read_text("utf-8")).body:
        if not isinstance(function, ast.FunctionDef) or function.name in OF_TALON_ALONE:
            continue
        if not function.name.startswith("test_"):
            continue
        known = dict(constants)
        for each in function.body:
            if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Name):
                known[each.targets[0].id] = _value(each.value, known)
            call = each.value if isinstance(each, ast.Expr) else None
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name)):
                continue
            if call.func.id == "_check_pattern_original_message":
                yield function.name, f"Test reply\n\n-----{_value(call.args[0], known)}-----\n\nTest", "Test reply"
            taken = _taken_apart(call)
            if call.func.id == "eq_" and taken is not None:
                yield function.name, _value(taken, known), _value(call.args[0], known)


def _taken_apart(call: ast.Call) -> ast.expr | None:
    """Return what the call hands to `extract_from_…`, None if it does not."""
    for each in ast.walk(call):
        called = each.func if isinstance(each, ast.Call) else None
        if isinstance(called, ast.Attribute) and called.attr in ("extract_from_plain", "extract_from_html"):
            return each.args[0]
    return None


def _value(node: ast.expr, known: dict[str, str]) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.Name):
        return known.get(node.id, "")
    if isinstance(node, ast.Call) and node.args and isinstance(node.func, ast.Attribute) and node.func.attr == "sub":
        return _value(node.args[-1], known)
    return ""
