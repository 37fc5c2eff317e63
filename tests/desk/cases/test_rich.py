"""HTML that is small to send and large to read: its words stay, the page is quick."""

from __future__ import annotations

import pytest

from tantam.desk.cases.rich import LONGEST, MOST_TAGS, safe_html


def shown(html: str) -> str:
    return safe_html(html, {}, remote=lambda address: None)


@pytest.mark.parametrize("tag", ["div", "blockquote", "unknown"])
def test_nest_of_tags_is_read_as_plain_words(tag: str) -> None:
    said = shown(f"Xin chào {f'<{tag}>' * (MOST_TAGS + 1)}bạn<script>alert(1)</script>")
    assert "Xin chào" in said and "bạn" in said and "<" not in said


def test_unclosed_lettering_is_not_opened_anew_in_every_paragraph() -> None:
    many = "".join(f"<font size={each}><!-- </font> -->" for each in range(1_500))
    said = shown(f"<p>{many}</p>" + "<p>x" * 1_500)
    assert said.count("<p>") == 1_501 and len(said) < LONGEST


def test_ordinary_letter_keeps_its_lettering() -> None:
    assert shown("<p><b>Hoa</b> <font color='red'>!</font></p>") == '<p><b>Hoa</b> <font color="red">!</font></p>'
