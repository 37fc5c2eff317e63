"""A letter of each kind for the style guide, to nobody: by the plan, by a colleague, with links, asking how it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tantam.desk.cases import letters
from tantam.desk.cases.models import Case
from tantam.desk.channels.email import styles
from tantam.desk.channels.email.dress import shown
from tantam.desk.channels.email.letter import PAGE, Letter, Quote
from tantam.desk.channels.email.letter import STOP as STOP_WORDS
from tantam.desk.common import clock, specimens, spoken
from tantam.desk.common.specimens import Specimen
from tantam.desk.customers import address
from tantam.desk.customers.models import Customer

COMPANY = "Bến Xuân"
REFERENCE = "K7M2-P9X"
STOP = "https://desk.example/letters/816867547549683914-survey.kQ3vX9/"
LINK = "https://desk.example/c/4xk9s2mvq7wz1n5b/"
ENTRY = "https://desk.example/mine/in/OTEyMzc3:1xVAJj:aQ0NdVPA9sh/"
ASKED = {"vi": "Anh/chị có hài lòng không ạ?", "de": "Sind Sie zufrieden?", "en": "Are you pleased?"}
READERS = {"vi": ("Nguyễn Thị Hoa", "chi"), "de": ("Jana Weber", "frau"), "en": ("Kim Weber", "")}
ANSWERS = {
    "vi": "Thợ của chúng tôi đến nhà chị lúc 8 giờ sáng mai và mang theo bơm xả mới.\n\n"
    "Chị chỉ cần khóa nước và để trống chỗ trước máy. Cách khóa nước: https://ben-xuan.example/khoa-nuoc",
    "de": "Unser Techniker kommt morgen um 8 Uhr zu Ihnen und bringt eine neue Pumpe mit.\n\n"
    "Drehen Sie bitte nur das Wasser ab. So geht es: https://ben-xuan.example/wasser",
    "en": "Our technician comes to you tomorrow at 8 and brings a new pump.\n\n"
    "Please only turn the water off. This is how: https://ben-xuan.example/water",
}
QUESTIONS = {
    "vi": "Việc sửa máy giặt đã xong từ tuần trước. Máy chạy tốt chứ ạ?\n\nChị chỉ cần trả lời thư này bằng một câu.",
    "de": "Ihre Waschmaschine ist seit einer Woche repariert. Läuft sie gut?\n\nEin Satz als Antwort genügt.",
    "en": "Your washing machine was repaired a week ago. Does it run well?\n\nOne sentence in reply is enough.",
}
WORDS = {
    "vi": "Máy giặt kêu to khi vắt, từ hôm qua thì không xả nước nữa.\nKhi nào có người đến xem?",
    "de": "Die Waschmaschine ist beim Schleudern laut, und seit gestern pumpt sie nicht mehr ab.\nWann kommt jemand?",
    "en": "The washing machine is loud when it spins, and since yesterday it does not drain.\nWhen does somebody come?",
}


def register() -> None:
    """Let the style guide show a letter of each kind."""
    specimens.dress(styles.sheet)
    specimens.show(Specimen("by-plan", gettext_lazy("By the plan"), _page(by_plan)))
    specimens.show(Specimen("by-colleague", gettext_lazy("By a colleague"), _page(by_colleague)))
    specimens.show(Specimen("survey", gettext_lazy("No service: a question"), _page(survey)))
    specimens.show(Specimen("links", gettext_lazy("Lost links"), _page(lost_links)))
    specimens.show(Specimen("entry", gettext_lazy("All requests of a customer"), _page(entry)))
    specimens.show(Specimen("rating", gettext_lazy("How it was"), _page(rating)))


def by_plan(lang: str) -> Letter:
    """Return the confirmation of a message that arrived."""
    due = letters.moment(clock.now() + timedelta(hours=20))
    words = _rendered("cases/letters/opened.txt", lang, {"case": Case(reference=REFERENCE), "reply_due": due})
    return _letter(lang, words, by_plan=True)


def by_colleague(lang: str) -> Letter:
    """Return an answer, with what it answers."""
    said = _("Your message, %(when)s:") % {"when": letters.moment(clock.now())}
    quote = Quote(address.spoken_to(_reader(lang), said, lang), WORDS[lang])
    return replace(_letter(lang, ANSWERS[lang]), quote=quote)


def survey(lang: str) -> Letter:
    """Return what goes only to who agreed, and how they end it."""
    ends = address.spoken_to(_reader(lang), _(STOP_WORDS), lang)
    return replace(_letter(lang, QUESTIONS[lang], by_plan=True), where="", page="", stop=STOP, stop_words=ends)


def lost_links(lang: str) -> Letter:
    """Return what somebody gets who lost their links."""
    now = clock.now()
    words = _rendered("email/links.txt", lang, {"pages": [(REFERENCE, spoken.day(now, now), LINK)]})
    return replace(_letter(lang, words, by_plan=True), where="", page="")


def entry(lang: str) -> Letter:
    """Return what somebody gets who wants to see all their requests."""
    words = _rendered("email/entry.txt", lang, {"page": ENTRY})
    return replace(_letter(lang, words, by_plan=True), where="", page="")


def rating(lang: str) -> Letter:
    """Return the question how it was, and how such letters end."""
    ends = address.spoken_to(_reader(lang), _(STOP_WORDS), lang)
    asked = {"case": Case(reference=REFERENCE), "question": ASKED[lang], "link": f"{LINK}rating/"}
    words = _rendered("feedback/letters/how_was_it.txt", lang, asked)
    return replace(_letter(lang, words, by_plan=True), where="", page="", stop=STOP, stop_words=ends)


def _page(made: Callable[[str], Letter]) -> Callable[[str], str]:
    def page(lang: str) -> str:
        with translation.override(lang):
            return shown(made(lang))

    return page


def _letter(lang: str, words: str, *, by_plan: bool = False) -> Letter:
    reader = _reader(lang)
    return Letter(
        lang=lang,
        company=COMPANY,
        words=words,
        greeting=address.greeting(reader, lang),
        signed=f"{address.closing(lang)}\n" + (COMPANY if by_plan else f"Mai\n{COMPANY}"),
        where=address.spoken_to(reader, _(PAGE), lang),
        button=address.spoken_to(reader, _("Open your page"), lang),
        page=LINK,
        by_plan=by_plan,
    )


def _reader(lang: str) -> Customer:
    name, form = READERS[lang]
    return Customer(name=name, address=form, language=lang)


def _rendered(template: str, lang: str, context: dict[str, Any]) -> str:
    return address.spoken_to(_reader(lang), letters.tidy(render_to_string(template, context)), lang)
