"""What a search finds: words of a message, with and without marks, in parts and phrases, and only what one may see."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from tantam.desk import plans
from tantam.desk.cases import actions
from tantam.desk.cases.models import Attachment, Case
from tantam.desk.cases.vows import Vow
from tantam.desk.common.clock import now
from tantam.desk.search.added import index_what_was_added
from tantam.desk.search.finding import Searcher, SearchFound, find, find_so_far
from tantam.desk.search.keeping import index_again, index_what_is_new
from tantam.desk.search.models import Thing
from tests.support.desk import customer, opened, purchase

QUERIES = {"sqlite": 10, "postgresql": 14}  # the latter asks its index after the walk


def _find(text: str, person: Any, **options: Any) -> SearchFound:
    index_what_is_new()
    look = find_so_far if options.get("typing") else find
    return look(text, Searcher(person, plans.in_force(), "vi", options.get("only", Q())))


def _subjects(found: SearchFound) -> list[str]:
    return [each.case.subject for each in found.cases]


@pytest.mark.parametrize("typed", ["hoàn tiền", "hoan tien", "HOÀN TIỀN", "hoan   tiền", "hoàn ti"])
def test_vietnamese_is_found_with_and_without_marks(typed: str, hoa: Any, staff: Any) -> None:
    opened(hoa, body="Tôi muốn hoàn tiền cho đơn hàng này.")
    opened(hoa, body="Máy giặt kêu to.")
    assert _subjects(_find(typed, staff.agent, typing=True)) == ["Tôi muốn hoàn tiền cho đơn hàng này."]


def test_letter_d_with_a_stroke_is_a_d(hoa: Any, staff: Any) -> None:
    opened(hoa, body="Đồ điện bị hỏng")
    assert _subjects(_find("do dien", staff.agent)) == ["Đồ điện bị hỏng"]


def test_what_is_written_with_the_marks_asked_for_comes_first(hoa: Any, staff: Any) -> None:
    opened(hoa, body="Máy sấy bị hỏng, xin sửa.")
    opened(hoa, body="May quá, cửa hàng còn mở.")
    assert _subjects(_find("máy", staff.agent))[0].startswith("Máy sấy")
    assert len(_find("máy", staff.agent).cases) == 2


@pytest.mark.parametrize(
    ("typed", "finds"),
    [
        ("Müller", True),
        ("Mueller", True),
        ("Muller", True),
        ("strasse", True),
        ("Straße", True),
        ("filter", True),
        ("Maschinen", True),
        ("waschm*", True),
        ("Trockner", False),
        ("asch", False),
    ],
)
def test_german_umlauts_sharp_s_and_compounds(typed: str, finds: bool, hoa: Any, staff: Any) -> None:
    opened(hoa, body="Herr Müller, Lange Straße 5: der Waschmaschinenfilter klemmt.", language="de")
    assert bool(_find(typed, staff.agent).cases) is finds


def test_phrase_wants_its_words_in_order(hoa: Any, staff: Any) -> None:
    opened(hoa, body="Giao hàng chậm quá")
    assert _find('"giao hàng chậm"', staff.agent).cases
    assert not _find('"hàng giao"', staff.agent).cases


def test_word_that_must_not_be_there(hoa: Any, staff: Any) -> None:
    opened(hoa, body="Tủ lạnh kêu to")
    opened(hoa, body="Máy giặt kêu to")
    assert _subjects(_find("kêu -giặt", staff.agent)) == ["Tủ lạnh kêu to"]


def test_customers_name_and_words_of_the_message_together(hoa: Any, staff: Any) -> None:
    opened(hoa, body="Lò vi sóng không nóng")
    opened(customer("Trần Văn Minh", "minh@example.com"), body="Lò vi sóng không nóng")
    found = _find("Hoa lò vi sóng", staff.agent)
    assert [each.case.customer.name for each in found.cases] == ["Nguyễn Thị Hoa"]


def test_reference_leads_to_the_case(hoa: Any, staff: Any) -> None:
    case = opened(hoa)
    written = case.reference.replace("-", "").lower()
    assert _find(written, staff.agent).exact == case


def test_customer_by_name_mail_and_purchase(hoa: Any, staff: Any) -> None:
    purchase(hoa, number="BX-7788")
    for typed in ("nguyen hoa", "hoa@example.com", "BX-7788"):
        assert [each.target for each in _find(typed, staff.agent).customers] == [str(hoa.pk)], typed


def test_product_and_clause_by_name(hoa: Any, staff: Any) -> None:
    purchase(hoa)
    found = _find("máy giặt", staff.agent)
    assert [each.target for each in found.products] == ["MG-9"]
    assert "policies.refund" in [each.target for each in _find("hoàn tiền", staff.agent).clauses]


def test_excerpt_marks_the_words_in_the_original(hoa: Any, staff: Any) -> None:
    opened(hoa, body="Chào shop. " * 30 + "Tôi cần hoàn tiền gấp.")
    found = _find("hoan tien", staff.agent).cases[0]
    assert [words for words, asked in found.excerpt if asked] == ["hoàn", "tiền"]
    assert found.excerpt[0][0] == "…"


def test_what_a_colleague_noted_is_found_too(hoa: Any, staff: Any) -> None:
    case = opened(hoa)
    actions.add_note(case, staff.agent, "Khách dùng ổ cắm kéo dài.")
    found = _find("ổ cắm", staff.agent)
    assert [(each.case, each.direction) for each in found.cases] == [(case, "note")]


def test_outsider_finds_nothing(hoa: Any, staff: Any) -> None:
    case = opened(hoa)
    purchase(hoa)
    found = _find("máy giặt hoa", staff.outsider)
    assert not found.cases and not found.customers
    assert _find(case.reference, staff.outsider).exact is None


def test_filter_narrows(hoa: Any, staff: Any) -> None:
    first, second = opened(hoa), opened(hoa)
    actions.take(second, staff.agent)
    found = _find("máy giặt", staff.agent, only=Q(owner=staff.agent))
    assert [each.case for each in found.cases] == [second] and first != second


def test_changed_name_is_found_by_the_new_one_alone(hoa: Any, staff: Any) -> None:
    assert _find("Nguyễn", staff.agent).customers
    hoa.name = "Lê Thị Cúc"
    hoa.save()
    index_again(Thing.Kind.CUSTOMER, hoa.pk)
    assert not _find("Nguyễn", staff.agent).customers
    assert _find("cuc", staff.agent).customers


def test_indexing_twice_changes_nothing(hoa: Any, staff: Any) -> None:
    opened(hoa, body="Tủ đông không lạnh")
    assert index_what_is_new() > 0
    assert index_what_is_new() == 0
    assert len(_find("tủ đông", staff.agent).cases) == 1


@pytest.mark.parametrize(
    "typed", ["", "   ", '"', "-", "*", "-máy", "' OR 1=1 --", "a" * 5000, "x AND (", "\x00", "🎉", "NEAR(a b)"]
)
def test_nothing_that_can_be_typed_is_an_error(typed: str, hoa: Any, staff: Any) -> None:
    opened(hoa)
    assert isinstance(_find(typed, staff.agent, typing=True), SearchFound)


def test_number_of_queries_does_not_grow(hoa: Any, staff: Any) -> None:
    for _ in range(3):
        opened(hoa)
    few = _count(staff.agent)
    for _ in range(20):
        opened(hoa)
    assert _count(staff.agent) == few <= QUERIES[connection.vendor]
    assert Case.objects.count() == 23


def _count(person: Any) -> int:
    index_what_is_new()
    with CaptureQueriesContext(connection) as asked:
        assert find("máy giặt", Searcher(person, plans.in_force(), "vi")).cases
    return len(asked)


def test_the_name_of_a_file_and_a_word_that_was_given_find_their_case(hoa: Any, staff: Any, clock: Any) -> None:
    named, vowed = opened(hoa, body="Máy kêu."), opened(hoa, body="Tủ lạnh rò nước.")
    index_what_is_new()
    Attachment.objects.create(case=named, name="hoa-don-tivi.pdf", at=now())
    actions.promise(vowed, staff.agent, Vow(words="Gọi lại sau khi hỏi xưởng", due=now() + timedelta(hours=4)))
    assert not _find("hoa-don-tivi", staff.agent).cases
    clock.forward(minutes=2)
    index_what_was_added()
    assert [each.case for each in _find("hoa don tivi", staff.agent).cases] == [named]
    assert [each.case for each in _find("hoi xuong", staff.agent).cases] == [vowed]
    assert index_what_was_added() == 0


def test_a_product_finds_the_cases_about_it(hoa: Any, staff: Any) -> None:
    bought = purchase(hoa)
    case = opened(hoa, body="Nó không chạy nữa.", purchase=bought)
    assert [each.case for each in _find(bought.product.sku, staff.agent).cases] == [case]
