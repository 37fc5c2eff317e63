"""The style guide's letters: each kind in each language, shown in a frame that may do nothing but look."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client

from tests.support import desk

KINDS = ("by-plan", "by-colleague", "links")


@pytest.fixture
def mai(client: Client, staff: desk.Staff) -> Client:
    client.force_login(staff.agent)
    return client


def test_every_kind_of_letter_is_shown_in_every_language(mai: Client) -> None:
    html = mai.get("/style/letters/").content.decode()
    for kind in KINDS:
        for lang in ("vi", "de", "en"):
            assert f'src="/style/letters/{kind}/{lang}/"' in html


@pytest.mark.parametrize(
    ("lang", "opens"), [("vi", "Kính gửi chị Nguyễn Thị Hoa,"), ("de", "Sehr geehrte Frau Weber,"), ("en", "Kim Weber")]
)
@pytest.mark.parametrize("kind", KINDS)
def test_each_is_written_in_its_language_whatever_the_page_speaks(
    mai: Client, kind: str, lang: str, opens: str
) -> None:
    html = unescape(mai.get(f"/style/letters/{kind}/{lang}/?lang=en").content.decode())
    assert f'<html lang="{lang}">' in html and opens in html
    assert "anh/chị" not in html


def test_a_letter_may_bring_styles_and_nothing_else_and_stands_in_our_own_frames(mai: Client) -> None:
    answer = mai.get("/style/letters/by-plan/vi/")
    allowed = answer["Content-Security-Policy"]
    assert "default-src 'none'" in allowed and "style-src 'unsafe-inline'" in allowed and "script-src" not in allowed
    assert "frame-ancestors 'self'" in allowed and answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-src 'self'" in mai.get("/style/letters/")["Content-Security-Policy"]


@pytest.mark.parametrize("place", ["nothing/vi", "by-plan/xx"])
def test_what_there_is_not_is_not_found(mai: Client, place: str) -> None:
    assert mai.get(f"/style/letters/{place}/").status_code == 404
