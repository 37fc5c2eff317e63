"""Cutting what a reply quotes: the writer's words stay, in doubt everything stays."""

from __future__ import annotations

import time

import pytest

from tantam.desk.channels.email.quotes import MOST_BELOW, without_quotes
from tantam.desk.channels.email.reading import LONGEST_BODY

ATTRIBUTIONS = [
    "On Mon, 3 Feb 2025 at 10:00, Bến Xuân <desk@example.org> wrote:",
    "On Mon, 3 Feb 2025 at 10:00, Bến Xuân\n<desk@example.org> wrote:",
    "Am 03.02.2025 um 10:00 schrieb Bến Xuân:",
    "Vào Th 2, 3 thg 2, 2025 vào lúc 10:00 Bến Xuân <desk@example.org> đã viết:",
    "-----Original Message-----",
    "-----Ursprüngliche Nachricht-----",
    "________________________________",
    "From: Bến Xuân\nSent: Monday\nTo: Hoa\nSubject: Re: x",
    "Von: Bến Xuân\nGesendet: Montag\nAn: Hoa\nBetreff: AW: x",
    "Từ: Bến Xuân\nĐã gửi: Thứ Hai\nTới: Hoa\nChủ đề: x",
]


@pytest.mark.parametrize("attribution", ATTRIBUTIONS)
def test_what_stands_below_an_attribution_is_cut(attribution: str) -> None:
    assert without_quotes(f"Cảm ơn chị.\n\n{attribution}\n> cũ\n> cũ nữa\n") == "Cảm ơn chị."


def test_answers_between_quoted_lines_stay() -> None:
    text = "On Monday she wrote:\n> First question?\nYes.\n> Second?\nNo."
    assert without_quotes(text) == text


def test_quote_alone_stays() -> None:
    assert without_quotes("> only this") == "> only this"


def test_signature_and_device_line_are_cut() -> None:
    assert without_quotes("Hello\n\nSent from my iPhone") == "Hello"
    assert without_quotes("Hello\n-- \nHoa\n0903") == "Hello"


def test_dashes_inside_a_text_cut_nothing() -> None:
    assert without_quotes("one -- two\n- three") == "one -- two\n- three"


def test_a_line_of_a_million_letters_costs_no_time() -> None:
    began = time.process_time()
    without_quotes("On " + "x " * 500_000 + "\n" + ">" * 100_000)
    assert time.process_time() - began < 1


def test_five_thousand_attributions_cost_no_time() -> None:
    text = "> On Monday she wrote:\n> x\n" * 5_000 + "No.\n> y"
    began = time.process_time()
    assert without_quotes(text).startswith("> On Monday")
    assert time.process_time() - began < 3


def test_few_words_below_a_quotation_stay_without_it_and_many_keep_it() -> None:
    said = "Thanks.\n\nOn Monday she wrote:\n> x\n"
    assert without_quotes(said + "one\n" * MOST_BELOW) == "Thanks.\n\n" + "\n".join(["one"] * MOST_BELOW)
    assert without_quotes(said + "one\n" * (MOST_BELOW + 1)) == said + "\n".join(["one"] * (MOST_BELOW + 1))


# As mail programs write it, in the languages they are sold in; below it somebody is quoted.
SAID = {
    "chinese": "张三 <a@example.org> 于2017年11月17日周五 上午11:38写道：",
    "czech": "pá 17. 11. 2017 v 11:38 odesílatel Jan Novák <a@example.org> napsal:",
    "danish": "Den fre. 17. nov. 2017 kl. 11.38 skrev Søren <a@example.org>:",
    "dutch": "Op vr 17 nov. 2017 om 11:38 schreef Piet\n<a@example.org>:",
    "english, Outlook for iOS": "____________\nFrom: Ann <a@example.org>\nSent: Friday\nSubject: Re: x",
    "english, Zoho": "---- On Fri, 17 Nov 2017 11:38:00 +0100 Ann <a@example.org> wrote ----",
    "english, over five lines": "On Fri, Nov 17, 2017 at 11:38 AM Ann\n\n<\nmailto:Ann <a@example.org>\n> wrote:",
    "finnish": "pe 17. marrask. 2017 klo 11.38 Aino <a@example.org> kirjoitti:",
    "french": "Le ven. 17 nov. 2017 à 11:38, Zoé\n<a@example.org>\na écrit :",
    "french, Outlook": "De : Zoé [mailto:a@example.org]\nEnvoyé : vendredi 11:38\nÀ : Luc\nObjet : RE: x",
    "german": "Max Muster <a@example.org> schrieb am Fr., 17.\nNov. 2017 um 11:38 Uhr:",
    "german, Tobit": "Original Message processed by david®\nWG: x (17-Nov-2017 11:38)\nVon: Max\nAn: Anna",
    "german, GMX": "Gesendet: Freitag, 17. November 2017 um 11:38 Uhr\nVon: Max <a@example.org>\nAn: b@example.org",
    "german, Outlook": "Von: Max <a@example.org>\nGesendet: Freitag, 17. November 2017\nAn: Anna\nBetreff: AW: x",
    "greek": "Στις Παρ, 17 Νοε 2017 στις 11:38 π.μ., Νίκος <a@example.org> έγραψε:",
    "hungarian": "Anna <a@example.org> ezt írta (időpont: 2017. nov. 17., P, 11:38):",
    "indonesian": "Pada Jum, 17 Nov 2017 pukul 11.38 Budi <a@example.org> menulis:",
    "italian": "Il giorno ven 17 nov 2017 alle ore 11:38 Ugo <a@example.org> ha scritto:",
    "japanese": "2017年11月17日(金) 11:38 田中 <a@example.org>:",
    "korean": "2017년 11월 17일 (금) 오전 11:38, 김 <a@example.org>님이 작성:",
    "norwegian": "fre. 17. nov. 2017 kl. 11:38 skrev Kari <a@example.org>:",
    "polish": "pt., 17 lis 2017 o 11:38 Ola <a@example.org> napisał(a):",
    "portuguese": "Em sex, 17 de nov de 2017 às 11:38, Rui <a@example.org> escreveu:",
    "romanian": "vin., 17 nov. 2017 la 11:38, Ana <a@example.org> a scris:",
    "russian": "пт, 17 нояб. 2017 г. в 11:38, Анна <a@example.org>:",
    "spanish": "El vie., 17 nov. 2017 a las 11:38, Eva (<a@example.org>) escribió:",
    "swedish": "Den fre 17 nov. 2017 kl 11:38 skrev Åsa <a@example.org>:",
    "thai": "ในวันที่ ศ. 17 พ.ย. 2017 เวลา 11:38 Nok <a@example.org> เขียนว่า:",
    "turkish": "Ali <a@example.org>, 17 Kas 2017 Cum, 11:38 tarihinde şunu yazdı:",
    "ukrainian": "пт, 17 лист. 2017 р. о 11:38 Олена <a@example.org> пише:",
    "vietnamese": "Vào Th 6, 17 thg 11, 2017 vào lúc 11:38 Hoa\n<a@example.org> đã viết:",
    "vietnamese, Outlook": "Từ: Hoa <a@example.org>\nĐã gửi: Thứ Sáu, 17 tháng 11, 2017\nĐến: Lan\nChủ đề: Re: x",
}


@pytest.mark.parametrize("said", SAID.values(), ids=SAID)
@pytest.mark.parametrize("old", ["> cũ\n> cũ nữa", "cũ\n\ncũ nữa"])
def test_every_language_is_cut_marked_or_not(said: str, old: str) -> None:
    assert without_quotes(f"Cảm ơn.\n\n{said}\n\n{old}\n") == "Cảm ơn."


@pytest.mark.parametrize(
    "text",
    [
        "Ihr Kollege schrieb mir am 3. Mai 2026 um 10:00 Folgendes:\n\nWir erstatten alles.\n\nBisher kam nichts.",
        "On 3 May your colleague wrote:\n\nWe refund you.\n\nNothing came.",
        "My trip\nFrom: Hanoi\nTo: Huế\nDate: 3 May 2026\n\nThe bus never came.",
        "New request\nFrom: hoa@example.org\nSubject: Fridge\nPhone: 0903\nMessage: It is warm.",
        "Versand am 03.05.2026 um 10:00 an hoa@example.org, und dann:\n\nnichts.",
        "FYI\n\n---------- Forwarded message ---------\nFrom: a@example.org\nSubject: x\n\nYour parcel is lost.",
        "One line\n> of arrows",
        "What I want\n--\n" + "\n".join(f"point {n}" for n in range(30)),
        "- milk\n-Bread",
        "I wrote to you from my phone",
    ],
)
def test_what_a_person_may_have_written_stays(text: str) -> None:
    assert without_quotes(text) == text


def test_answer_below_the_quotation_alone_needs_none() -> None:
    assert without_quotes("On Fri, 17 Nov 2017, 11:38 Ann wrote:\n> When?\n> Where?\n\nToday, here.") == "Today, here."


def test_signature_below_the_quotation_is_cut_with_it() -> None:
    assert without_quotes("Yes.\n\nOn Fri, 17 Nov 2017 Ann wrote:\n> When?\n\n-- \nAnn\n0903") == "Yes."


def test_signature_above_the_quotation_is_cut_with_it() -> None:
    assert without_quotes("Yes.\n\n--\nHoa\n\nVào 17/11/2017 11:38, Lan đã viết:\n> Khi nào?") == "Yes."


@pytest.mark.parametrize(
    "line",
    [
        "Sent from my Samsung Galaxy smartphone.",
        "Sent from my phone, please excuse typos.",
        "Get Outlook for iOS<https://aka.ms/o0ukef>",
        "Von meinem iPhone gesendet",
        "Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.",
        "Gửi từ iPhone của tôi",
        "Được gửi từ Yahoo Mail trên Android",
        "Envoyé de mon iPhone",
        "Enviado desde mi iPad",
        "Отправлено с iPhone",
        "从我的 iPhone 发送",
        "-Anna",
    ],
)
def test_what_names_the_device_or_the_writer_is_cut(line: str) -> None:
    assert without_quotes(f"Xin chào\n\n{line}\n") == "Xin chào"


def test_footer_of_a_list_is_cut() -> None:
    assert without_quotes("Hi\n____________\nnews mailing list\nnews@example.org") == "Hi"


def test_block_of_code_is_not_looked_into() -> None:
    text = "See:\n```\n-- \nFrom: a@example.org\nSubject: x\n```\nThanks"
    assert without_quotes(text) == text


@pytest.mark.parametrize("line", ["> " * 40_000, "*" * 90_000, "-" * 90_000, "From: " * 15_000, "<a@b>" * 15_000])
def test_no_line_takes_long(line: str) -> None:
    began = time.process_time()
    without_quotes(f"x\n{line}\n{line}"[: 4 * LONGEST_BODY])
    without_quotes("\n".join([line[:80]] * 3_000)[: 4 * LONGEST_BODY])
    assert time.process_time() - began < 5
