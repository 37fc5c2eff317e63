"""Ready texts: places are filled in for the customer, and what a text does is done with it or not at all."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest

from tantam.desk.cases import actions, macros
from tantam.desk.cases.actions import count, delete_macro, keep_macro, restore_macro, use_macro
from tantam.desk.cases.macros import WrittenMacro
from tantam.desk.cases.models import Case, Draft, Macro
from tantam.desk.common.errors import Refused
from tantam.desk.plans import in_force
from tests.desk.cases.test_every_verb import named
from tests.support.clock import StandingClock
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


def test_a_text_is_kept_tidy(staff: Any, clock: StandingClock) -> None:
    texts = {"vi": " Chào.\r\nDạ. ", "de": "  "}
    written = WrittenMacro(" Chào ", texts, " /xin chao ", topics=("faulty",), stages=("after",))
    macro = keep_macro(staff.agent, written)
    assert (macro.name, macro.texts, macro.shortcut) == ("Chào", {"vi": "Chào.\nDạ."}, "xin-chao")
    assert (macro.topics, macro.stages, macro.does) == (["faulty"], ["after"], [])
    assert (macro.owner, macro.made_by, macro.changed_at) == (None, staff.agent, clock.instant)
    long = keep_macro(staff.agent, WrittenMacro("x" * 81, {"vi": "Chào."}, "y" * 25))
    assert (len(long.name), len(long.shortcut)) == (80, 24)


def test_changing_a_text_keeps_who_made_it(staff: Any, clock: StandingClock) -> None:
    first = keep_macro(staff.agent, WrittenMacro("Chào", {"vi": "Chào."}, personal=False))
    clock.forward(minutes=1)
    changed = keep_macro(staff.colleague, WrittenMacro("Tạm biệt", {"vi": "Vâng."}, personal=True), first)
    assert (changed.pk, changed.name, changed.texts) == (first.pk, "Tạm biệt", {"vi": "Vâng."})
    assert (changed.made_by, changed.owner, changed.changed_at) == (staff.agent, staff.colleague, clock.instant)
    assert Macro.objects.count() == 1


@pytest.mark.parametrize(
    ("written", "code", "told"),
    [
        (WrittenMacro("  ", {"vi": "Chào."}), "macro_unnamed", {}),
        (WrittenMacro("Chào", {"vi": "  "}), "macro_empty", {}),
        (WrittenMacro("Chào", {"vi": "x" * 8001}), "too_long", {"most": 8000}),
        (WrittenMacro("Chào", {}, does=[{"do": "shout"}]), "macro_step", {"got": "shout"}),
        (WrittenMacro("Chào", {}, does=[{"do": "level", "level": "boss"}]), "macro_step", {"got": "boss"}),
        (WrittenMacro("Chào", {}, does=[{"do": "fill", "term": "none"}]), "macro_step", {"got": "none"}),
    ],
)
def test_what_is_no_text_is_refused(written: WrittenMacro, code: str, told: dict[str, Any], staff: Any) -> None:
    with pytest.raises(Refused) as refused:
        keep_macro(staff.agent, written)
    assert (refused.value.code, refused.value.arguments) == (code, told) and refused.value.sentence()
    assert not Macro.objects.exists()


def test_what_it_does_is_kept_in_the_order_of_the_steps(staff: Any) -> None:
    does = [{"do": "snooze"}, {"do": "fill", "term": "condition", "value": "like_new"}, {"do": "ask"}, {"do": "take"}]
    macro = keep_macro(staff.agent, WrittenMacro("Chào", {}, does=does))
    assert [each["do"] for each in macro.does] == [each for each in macros.STEPS if each in {d["do"] for d in does}]
    assert [each for each in macro.does if each["do"] == "fill"] == [does[1]]


def test_a_text_taken_away_comes_back_as_it_was(staff: Any, clock: StandingClock) -> None:
    does = [{"do": "tag", "tag": "gấp"}]
    written = WrittenMacro("Chào", {"vi": "Chào."}, "chao", does, ("faulty",), ("after",), personal=True)
    macro = keep_macro(staff.agent, written)
    count(macro)
    other = kept(staff.agent)
    before = Macro.objects.filter(pk=macro.pk).values().get()
    signed = delete_macro(Macro.objects.get(pk=macro.pk), staff.agent)
    assert list(Macro.objects.all()) == [other] and len(signed) < 500
    restore_macro(staff.agent, signed)
    restore_macro(staff.agent, signed)
    assert Macro.objects.filter(pk=before["id"]).values().get() == before and Macro.objects.count() == 2
    assert before["used"] == 1


@pytest.mark.parametrize("wrong", ["", "x", "forged"])
def test_what_was_not_signed_brings_nothing_back(wrong: str, staff: Any) -> None:
    signed = delete_macro(kept(staff.agent), staff.agent)
    with pytest.raises(Refused) as refused:
        restore_macro(staff.agent, signed[::-1] if wrong == "forged" else wrong)
    assert refused.value.code == named("restore_macro")[0] and not Macro.objects.exists()


def test_a_text_comes_back_within_a_day(staff: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    signed = delete_macro(kept(staff.agent), staff.agent)
    then = time.time()
    monkeypatch.setattr(time, "time", lambda: then + 24 * 3600 + 5)
    with pytest.raises(Refused, match=named("restore_macro")[0]):
        restore_macro(staff.agent, signed)
    monkeypatch.setattr(time, "time", lambda: then + 24 * 3600 - 5)
    assert restore_macro(staff.agent, signed).pk


def test_who_does_not_work_here_touches_no_text(staff: Any) -> None:
    macro = kept(staff.agent)
    signed = delete_macro(kept(staff.agent), staff.agent)
    for deed in (
        lambda: keep_macro(staff.outsider, WrittenMacro("Chào", {"vi": "Chào."})),
        lambda: keep_macro(staff.outsider, WrittenMacro("Chào", {"vi": "Chào."}), macro),
        lambda: delete_macro(macro, staff.outsider),
        lambda: restore_macro(staff.outsider, signed),
    ):
        with pytest.raises(Refused) as refused:
            deed()
        assert refused.value.code == "not_allowed"
    assert list(Macro.objects.all()) == [macro]


def test_anothers_own_text_is_neither_changed_nor_taken_away(staff: Any) -> None:
    own = kept(staff.agent, personal=True)
    for deed in (
        lambda: keep_macro(staff.colleague, WrittenMacro("Chào", {"vi": "Khác."}), own),
        lambda: delete_macro(own, staff.colleague),
    ):
        with pytest.raises(Refused) as refused:
            deed()
        assert (refused.value.code, refused.value.arguments) == ("macro_not_yours", {"owner": "Mai"})
    assert Macro.objects.get().texts == {"vi": "Chào."}


def test_each_step_is_done_and_the_use_is_counted_for_this_text_alone(
    staff: Any, hoa: Any, clock: StandingClock
) -> None:
    case, other = opened(hoa), kept(staff.agent)
    actions.reply(case, staff.colleague, "Đang xem.")
    Case.objects.filter(pk=case.pk).update(owner=None)
    does = [
        {"do": "fill", "term": "condition", "value": "like_new"},
        {"do": "level", "level": "specialist"},
        {"do": "snooze", "days": 2},
    ]
    macro = kept(staff.agent, {"vi": "Vâng ạ."}, does=does)
    said = use_macro(case, staff.agent, macro, body="Dạ. \n", mode="note")
    case.refresh_from_db()
    assert (case.fields, case.level) == ({"condition": "like_new"}, "specialist")
    assert case.snoozed_until == clock.instant + timedelta(days=2)
    draft = Draft.objects.get()
    assert (draft.body, draft.mode, draft.settles, said.text) == ("Dạ.\n\nVâng ạ.", "note", False, "Vâng ạ.")
    used = dict(Macro.objects.values_list("pk", "used"))
    assert used == {macro.pk: 1, other.pk: 0}


def test_it_sleeps_until_the_customers_word_and_what_one_has_is_not_taken_twice(staff: Any, hoa: Any) -> None:
    case = opened(hoa)
    actions.reply(case, staff.agent, "Đang xem.")
    use_macro(case, staff.agent, kept(staff.agent, does=[{"do": "take"}, {"do": "snooze"}]))
    case.refresh_from_db()
    assert (case.owner, case.snoozed_until, case.snoozed_at is not None) == (staff.agent, None, True)
    assert codes(case).count("taken") == 1
    with pytest.raises(Refused, match="has_owner"):
        use_macro(case, staff.colleague, kept(staff.colleague, does=[{"do": "take"}]))


def test_settling_marks_this_draft_alone(staff: Any, hoa: Any) -> None:
    actions.keep_draft(opened(hoa), staff.agent, "Khác")
    use_macro(opened(hoa), staff.agent, kept(staff.agent, does=[{"do": "settle"}]))
    assert sorted(Draft.objects.values_list("body", "settles")) == [("Chào.", True), ("Khác", False)]
