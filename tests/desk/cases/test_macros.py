"""Ready texts: places are filled in for the customer, and what a text does is done with it or not at all."""

from __future__ import annotations

from typing import Any

import pytest

from tantam.desk.cases import macros
from tantam.desk.cases.actions import delete_macro, keep_macro, use_macro
from tantam.desk.cases.macros import WrittenMacro
from tantam.desk.cases.models import Draft, Macro
from tantam.desk.common.errors import Refused
from tantam.desk.plans import in_force
from tests.support.desk import codes, customer, opened

pytestmark = pytest.mark.django_db


def kept(person: Any, texts: dict[str, str] | None = None, **fields: Any) -> Macro:
    return keep_macro(person, WrittenMacro("Chào", {"vi": "Chào."} if texts is None else texts, **fields))


def said(macro: Macro, case: Any, person: Any) -> macros.Filled:
    return macros.filled(macro, case, person, in_force())


@pytest.mark.parametrize(
    ("language", "address", "name", "wanted"),
    [
        ("vi", "chi", "Nguyễn Thị Hoa", "Kính gửi chị Nguyễn Thị Hoa,|chị Hoa|chị"),
        ("vi", "", "Nguyễn Thị Hoa", "Kính gửi anh/chị Nguyễn Thị Hoa,|anh/chị Hoa|anh/chị"),
        ("de", "frau", "Kim Weber", "Sehr geehrte Frau Weber,|Frau Weber|Frau"),
        ("de", "", "Kim Weber", "Guten Tag Kim Weber,|Kim Weber|"),
        ("en", "", "Sarah Miller", "Dear Sarah Miller,|Sarah Miller|"),
    ],
)
def test_places_speak_to_the_customer(staff: Any, language: str, address: str, name: str, wanted: str) -> None:
    case = opened(customer(name, language=language, address=address))
    macro = kept(staff.agent, {language: "{greeting}|{name}|{address}"})
    assert said(macro, case, staff.agent).text == wanted


def test_every_place_is_filled_in_or_stays_to_be_seen(staff: Any, hoa: Any) -> None:
    case = opened(hoa)
    macro = kept(staff.agent, {"vi": " ".join(f"{{{each}}}" for each in macros.PLACES)})
    found = said(macro, case, staff.agent)
    assert found.missing == ("product",)
    assert "{product}" in found.text
    assert case.reference in found.text and case.link_key in found.text


def test_a_name_opens_a_sentence_with_a_capital(staff: Any, hoa: Any) -> None:
    case = opened(customer("Trần Thị Hoa", address="chi"))
    macro = kept(staff.agent, {"vi": "Xin lỗi. {name} gọi nhé, {name}. {address} ơi\n{link}"})
    text = said(macro, case, staff.agent).text
    assert text.startswith("Xin lỗi. Chị Hoa gọi nhé, chị Hoa. Chị ơi\nhttp")


def test_braces_may_be_written(staff: Any, hoa: Any) -> None:
    macro = kept(staff.agent, {"vi": "{{name}} {reference}"})
    case = opened(hoa)
    assert said(macro, case, staff.agent).text == f"{{name}} {case.reference}"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{nmae}", "macro_place"),
        ("{Name}", "macro_place"),
        ("{zzzzzz}", "macro_place_unknown"),
        ("{name", "macro_brace"),
        ("name}", "macro_brace"),
        ("{}", "macro_place_unknown"),
        ("{0.__class__}", "macro_place_unknown"),
    ],
)
def test_wrong_places_are_refused(staff: Any, text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        kept(staff.agent, {"vi": text})
    assert refused.value.code == code
    assert refused.value.sentence()


def test_a_missing_language_falls_back_and_says_so(staff: Any) -> None:
    case = opened(customer("Kim Weber", language="de"))
    found = said(kept(staff.agent, {"vi": "Chào {name}."}), case, staff.agent)
    assert (found.text, found.lang, found.wanted) == ("Chào anh/chị Kim.", "vi", "de")


def test_what_it_does_is_done_in_one_go(staff: Any, hoa: Any) -> None:
    case = opened(hoa)
    does = [{"do": "ask"}, {"do": "tag", "tag": "gấp"}, {"do": "take"}]
    use_macro(case, staff.agent, kept(staff.agent, does=does))
    case.refresh_from_db()
    assert case.owner == staff.agent
    assert [each.tag.name for each in case.tags.all()] == ["gấp"]
    assert Draft.objects.get().mode == "ask"
    assert case.status == "open"  # nothing is sent by it


def test_one_step_refused_undoes_all(staff: Any, hoa: Any) -> None:
    case = opened(hoa)
    macro = kept(staff.agent, does=[{"do": "tag", "tag": "gấp"}, {"do": "level", "level": "manager"}])
    before = codes(case)
    Macro.objects.filter(pk=macro.pk).update(does=[{"do": "tag", "tag": "gấp"}, {"do": "level", "level": "gone"}])
    macro.refresh_from_db()
    with pytest.raises(Refused, match="unknown_level"):
        use_macro(case, staff.agent, macro, body="Dạ.")
    assert codes(case) == before
    assert not Draft.objects.exists()
    macro.refresh_from_db()
    assert macro.used == 0


def test_settling_texts_make_an_answer_that_settles(staff: Any, hoa: Any) -> None:
    case = opened(hoa)
    use_macro(case, staff.agent, kept(staff.agent, does=[{"do": "settle"}]))
    assert Draft.objects.get().settles
    assert case.status == "open"


def test_steps_that_the_plan_does_not_know_are_refused(staff: Any) -> None:
    for step in ({"do": "level", "level": "boss"}, {"do": "fill", "term": "x", "value": "1"}, {"do": "shout"}):
        with pytest.raises(Refused, match="macro_step"):
            kept(staff.agent, does=[step])


def test_a_personal_text_is_its_owners(staff: Any) -> None:
    own = kept(staff.agent, personal=True)
    assert own not in macros.macros_for(staff.colleague)
    with pytest.raises(Refused, match="macro_not_yours"):
        delete_macro(own, staff.colleague)
    with pytest.raises(Refused, match="not_allowed"):
        kept(staff.outsider)
