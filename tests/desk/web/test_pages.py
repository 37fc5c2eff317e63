"""What holds for every page: no inline code or style, light, escaped, in the reader's language."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.support.desk import opened, purchase
from tests.support.sources import ROOT

TEMPLATES = sorted((ROOT / "src/tantam").rglob("templates/**/*.html"))
MAIL = ROOT / "src/tantam/desk/channels/email/templates/email/mail.html"  # no page: mail programs read no sheet
INLINE = re.compile(r"""\sstyle=|\son[a-z]+=|<style|javascript:|<script(?![^>]*\ssrc=)""")
GIVEN_OUT = ROOT / "src/tantam/desk/privacy/templates/privacy/everything.html"  # no page: a file that one takes home
PAGES = ("/desk/", "/desk/customers/", "/desk/plan/", "/desk/find/", "/desk/profile/", "/style/", "/account/login/")
LIGHT = 100_000


@pytest.mark.parametrize("template", sorted({*TEMPLATES} - {MAIL, GIVEN_OUT}), ids=lambda path: path.stem)
def test_no_style_or_script_stands_in_a_template(template: Path) -> None:
    assert not INLINE.findall(template.read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", PAGES)
def test_pages_answer_with_a_strict_policy_and_nothing_inline(page: str, agent: Client, hoa: Any) -> None:
    opened(hoa)
    answer = (Client() if page.startswith("/account") else agent).get(page)
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert not INLINE.findall(answer.content.decode())


@pytest.mark.parametrize("page", ["/desk/", "/desk/measures/", "/desk/plan/", "case"])
def test_pages_weigh_less_than_100_kilobytes(page: str, manager: Client, hoa: Any) -> None:
    case = opened(hoa, purchase=purchase(hoa))
    answer = manager.get(f"/desk/cases/{case.pk}/" if page == "case" else page)
    parts = [answer.content]
    for name in re.findall(r'(?:href|src)="/static/([^"#]+)', answer.content.decode()):
        parts.append(Path(finders.find(name)).read_bytes())
    assert sum(len(gzip.compress(part)) for part in dict.fromkeys(parts)) < LIGHT


def test_what_a_customer_writes_is_never_markup(agent: Client, hoa: Any) -> None:
    hoa.name = "<b>Hoa</b>"
    hoa.save()
    case = opened(hoa, body="<script>alert(1)</script>", subject="<img src=x onerror=alert(1)>")
    for page in ("/desk/?view=all", f"/desk/cases/{case.pk}/", "/desk/customers/", f"/desk/customers/{hoa.pk}/"):
        said = agent.get(page).content.decode()
        assert "<script>alert" not in said and "<img src=x" not in said and "<b>Hoa</b>" not in said


@pytest.mark.parametrize(("lang", "word"), [("vi", "Hộp việc"), ("de", "Eingang"), ("en", "Inbox")])
def test_pages_speak_the_language_asked_for(lang: str, word: str, agent: Client) -> None:
    answer = agent.get(f"/desk/?lang={lang}")
    assert word in answer.content.decode()
    assert f'<html lang="{lang}"' in answer.content.decode()


def test_without_a_choice_pages_speak_the_persons_language(staff: Any, sign_in: Any) -> None:
    staff.agent.language = "de"
    staff.agent.save()
    browser = sign_in(staff.agent)
    del browser.cookies["tantam_language"]
    assert "Eingang" in browser.get("/desk/").content.decode()


def test_times_stand_in_the_companys_zone(agent: Client, hoa: Any) -> None:
    case = opened(hoa)  # the clock stands at 3:00 UTC, which is 10:00 in Vietnam
    assert "10:00" in agent.get(f"/desk/cases/{case.pk}/").content.decode()
