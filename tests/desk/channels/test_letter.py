"""A letter: complete as plain text, the same as HTML that mail programs show, with what it answers below."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from html import unescape
from typing import Any

import pytest

from tantam.desk.cases.actions import receive, reply
from tantam.desk.cases.links import private_link
from tantam.desk.channels.email import dress, letter, outgoing
from tantam.desk.channels.email.letter import Letter, Quote
from tantam.desk.visitors.proving import mailed_link
from tests.support import desk

LETTER = Letter(
    lang="vi",
    company="Bến Xuân",
    words="Dòng một\ndòng hai <b>&\n\nXem https://ben-xuan.example/a?b=1&c=2.",
    greeting="Kính gửi chị Hoa,",
    signed="Trân trọng,\nMai",
    where="Trang riêng:",
    button="Mở trang",
    page="https://desk.example/c/abc/",
    quote=Quote("Tin nhắn của chị:", "Máy <kêu>\nhttps://evil.example"),
)


def both(mail: Any) -> tuple[str, str]:
    whole: Any = message_from_bytes(mail.as_bytes(), policy=policy.default)
    return whole.get_body(("plain",)).get_content(), whole.get_body(("html",)).get_content()


def words_of(html: str) -> list[str]:
    body = html.partition("<body")[2].partition(">")[2]
    return unescape(re.sub(r"<[^>]+>", "", body.replace("<br>", " "))).split()


def test_mail_is_an_alternative_of_text_and_html(hoa: Any) -> None:
    case = desk.opened(hoa)
    mail = outgoing.compose(case.messages.get(direction="outgoing"))
    assert mail.get_content_type() == "multipart/alternative"
    assert [each.get_content_type() for each in mail.iter_parts()] == ["text/plain", "text/html"]
    text, html = both(mail)
    link = mailed_link(case, "hoa@example.com")
    assert link.startswith(private_link(case)) and link in text
    assert html.count(f'href="{link}"') == 2 and f">{link}</a>" in html


def test_both_forms_say_the_same_words() -> None:
    html = words_of(dress.html_of(LETTER))
    assert set(re.sub(r"^> ", "", LETTER.text, flags=re.M).split()) <= set(html)


def test_what_is_written_stays_words() -> None:
    html = dress.html_of(LETTER)
    assert "<b>" not in html and "<kêu>" not in html
    assert 'href="https://ben-xuan.example/a?b=1&amp;c=2">https://ben-xuan.example/a?b=1&amp;c=2</a>.' in html


def test_what_a_customer_wrote_is_never_a_link() -> None:
    assert 'href="https://evil' not in dress.html_of(LETTER)


def test_html_has_no_tables_no_images_and_a_dark_form() -> None:
    html = dress.html_of(LETTER)
    assert not re.search(r"<(?:table|img|script|link)\b", html)
    assert '<meta name="color-scheme" content="light dark">' in html and "prefers-color-scheme: dark" in html


def test_the_plan_speaks_in_serif_and_a_colleague_in_sans(hoa: Any, staff: desk.Staff) -> None:
    case = desk.opened(hoa)
    _, by_plan = both(outgoing.compose(case.messages.get(direction="outgoing")))
    _, by_hand = both(outgoing.compose(reply(case, staff.agent, "Thợ đến lúc 8 giờ.")))
    assert ("Noto Serif" in by_plan, "Noto Serif" in by_hand) == (True, False)


def test_answer_repeats_what_it_answers_below_the_link(hoa: Any, staff: desk.Staff) -> None:
    case = desk.opened(hoa, body="Máy giặt kêu to.")
    receive(case, "Khi nào thợ đến?\n\nTôi ở nhà cả ngày.", channel="mail")
    text, html = both(outgoing.compose(reply(case, staff.agent, "8 giờ sáng mai.")))
    assert text.rstrip().endswith("> Khi nào thợ đến?\n>\n> Tôi ở nhà cả ngày.")
    assert text.index(private_link(case)) < text.index("> Khi nào")
    assert "<blockquote" in html and "Máy giặt kêu to." not in text


def test_what_nobody_wrote_by_hand_repeats_nobodys_words(hoa: Any) -> None:
    case = desk.opened(hoa, body="Máy giặt kêu to.")
    assert "Máy giặt kêu to." not in outgoing.compose(case.messages.get(direction="outgoing")).as_string()


@pytest.mark.parametrize("said", ["a\n" * 500, "một hai ba " * 500, "x" * 3_000])
def test_what_is_repeated_is_bounded(hoa: Any, staff: desk.Staff, said: str) -> None:
    case = desk.opened(hoa, body=said)
    quote = letter.answered_by(reply(case, staff.agent, "Vâng."))
    assert quote is not None and quote.words.endswith(" …")
    assert len(quote.words) <= letter.MOST_QUOTED + 2 and quote.words.count("\n") < letter.MOST_LINES


def test_longest_letter_is_shown_whole_by_mail_programs(hoa: Any, staff: desk.Staff) -> None:
    longest = outgoing.compose(reply(desk.opened(hoa), staff.agent, "Một dòng chữ bình thường\n" * 799))
    assert len(both(longest)[1].encode()) < 102_000  # where Gmail cuts
