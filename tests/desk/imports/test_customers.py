"""Customers taken in from a file: each once, however often and from wherever they come."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tantam.desk.common import clock
from tantam.desk.customers.models import Change, Contact, Customer, Membership
from tantam.desk.imports.models import ExternalId
from tantam.desk.imports.taking.outcome import Bringer
from tantam.desk.imports.taking.portion import take_in
from tantam.desk.imports.told import CustomerTold
from tests.support import desk
from tests.support.imports import counts, taken, why, written

HEAD = "Mã khách hàng,Họ tên,Email,Điện thoại,Năm sinh,Công ty\n"
HOA = "KH1,Nguyễn Thị Hoa,hoa@mail.example,0903 123 412,1960,Công ty Bến Xuân\n"
NAM = "KH2,Trần Văn Nam,,0912 345 678,,\n"


def test_a_row_becomes_a_customer_with_all_that_it_tells(staff: desk.Staff, tmp_path: Path) -> None:
    held = taken(written(tmp_path, HEAD + HOA + NAM), staff.manager)

    assert (held.state, counts(held)) == ("done", {"new": 2})
    hoa = Customer.objects.get(name="Nguyễn Thị Hoa")
    assert (hoa.language, hoa.birth_year, hoa.address, hoa.kind) == ("vi", 1960, "", "person")
    assert set(hoa.contacts.values_list("kind", "value")) == {("mail", "hoa@mail.example"), ("phone", "+84903123412")}
    assert Membership.objects.get(person=hoa).organisation.name == "Công ty Bến Xuân"
    assert hoa.organisation.kind == "business"
    assert Change.objects.get(customer=hoa).by == staff.manager


def test_a_second_run_changes_nothing(staff: desk.Staff, tmp_path: Path) -> None:
    taken(written(tmp_path, HEAD + HOA + NAM), staff.manager)
    before = _everything()

    again = taken(written(tmp_path, HEAD + HOA + NAM), staff.manager)

    assert counts(again) == {"same": 2}
    assert _everything() == before


def test_what_the_source_changed_is_written_and_nothing_else(staff: desk.Staff, tmp_path: Path) -> None:
    taken(written(tmp_path, HEAD + HOA + NAM), staff.manager)
    hoa = Customer.objects.get(name="Nguyễn Thị Hoa")
    Customer.objects.filter(pk=hoa.pk).update(name="Nguyễn Thị Thu Hoa")  # a colleague knows better

    changed = taken(written(tmp_path, HEAD + HOA.replace("1960", "1961") + NAM), staff.manager)

    hoa.refresh_from_db()
    assert counts(changed) == {"changed": 1, "same": 1}
    assert (hoa.birth_year, hoa.name, hoa.edition) == (1961, "Nguyễn Thị Thu Hoa", 1)


def test_the_same_person_in_three_imports_is_one_customer(staff: desk.Staff, tmp_path: Path) -> None:
    taken(written(tmp_path, HEAD + HOA), staff.manager)
    hubspot = "Record ID,First Name,Last Name,Email,Phone Number\n77,Thị Hoa,Nguyễn,HOA@mail.example,\n"
    taken(written(tmp_path, hubspot, "hubspot.csv"), staff.manager)
    card = "BEGIN:VCARD\nVERSION:4.0\nFN:Hoa Nguyen Thi\nTEL;VALUE=uri:tel:+84-903-123-412\nEND:VCARD\n"
    third = taken(written(tmp_path, card, "cards.vcf"), staff.manager)

    people = Customer.objects.filter(kind="person")
    assert counts(third) == {"matched": 1}
    assert [each.name for each in people] == ["Nguyễn Thị Hoa"]
    assert sorted(ExternalId.objects.filter(customer=people[0]).values_list("source", flat=True)) == [
        "customers",
        "hubspot",
        "vcard",
    ]


@pytest.mark.parametrize(
    ("name", "reached", "known"),
    [
        ("Hoa Nguyễn Thị", "x@mail.example;hoa@mail.example", True),
        ("nguyen thi hoa", ",0903123412", True),
        ("Nguyễn Văn Hoa", ",0903123412", False),  # the husband has the same telephone
        ("Hoa", ",0903123412", False),  # one word is too little where a household shares a number
        ("Hoa", "hoa@mail.example,", True),
        ("Trần Nam", "hoa@mail.example,", False),
    ],
)
def test_who_has_the_contact_must_also_have_a_name_that_fits(
    staff: desk.Staff, tmp_path: Path, name: str, reached: str, known: bool
) -> None:
    taken(written(tmp_path, HEAD + HOA), staff.manager)
    mail, _, phone = reached.partition(",")
    other = f"id,name,email,phone\n9,{name},{mail},{phone}\n"

    held = taken(written(tmp_path, other, "other.csv"), staff.manager)

    assert counts(held) == ({"matched": 1} if known else {"new": 1})


def test_who_only_told_a_contact_is_not_taken_for_a_customer_of_the_shop(staff: desk.Staff, tmp_path: Path) -> None:
    told = desk.customer("Nguyễn Thị Hoa", "hoa@mail.example")  # anybody may type that into a form

    held = taken(written(tmp_path, HEAD + HOA), staff.manager)

    assert counts(held) == {"new": 1}
    Contact.objects.filter(customer=told).update(verified_at=clock.now(), verified_how="called")
    later = taken(written(tmp_path, "id,name,email\n5,Hoa Nguyễn,hoa@mail.example\n", "b.csv"), staff.manager)
    assert (counts(later), ExternalId.objects.get(external="5").customer) == ({"matched": 1}, told)


def test_of_somebody_whom_another_source_knows_only_what_is_empty_is_filled(staff: desk.Staff, tmp_path: Path) -> None:
    taken(written(tmp_path, HEAD + HOA), staff.manager)
    other = "id,name,email,phone,birth year,note\n9,Hoa Nguyễn,hoa@mail.example,0988 777 666,1999,prefers mail\n"

    taken(written(tmp_path, other, "other.csv"), staff.manager)

    hoa = Customer.objects.get(name="Nguyễn Thị Hoa")
    assert (hoa.birth_year, hoa.note) == (1960, "prefers mail")
    assert hoa.contacts.filter(value="+84988777666").exists()


SPELLINGS = (
    "0903123412",
    "0903 123 412",
    "0903.123.412",
    "(+84) 903-123-412",
    "+84903123412",
    "84903123412",
    "0084 903 123 412",
    "'0903123412",
    "903123412",
    "tel:+84-903-123-412",
)


def test_one_telephone_number_in_many_spellings_is_one_contact(staff: desk.Staff, tmp_path: Path) -> None:
    rows = "".join(f"KH{n},Nguyễn Thị Hoa,{each}\n" for n, each in enumerate(SPELLINGS))

    held = taken(written(tmp_path, "id,name,phone\n" + rows), staff.manager)

    assert counts(held) == {"new": 1, "matched": len(SPELLINGS) - 1}
    assert [each.value for each in Contact.objects.all()] == ["+84903123412"]


def test_the_same_id_twice_in_a_file_is_taken_once_every_time(staff: desk.Staff, tmp_path: Path) -> None:
    text = "id,name,email\n1,Hoa Nguyễn,hoa@mail.example\n1,Nam Trần,nam@mail.example\n1,Hoa Nguyễn,hoa@mail.example\n"

    first = taken(written(tmp_path, text), staff.manager)
    second = taken(written(tmp_path, text), staff.manager)

    assert (counts(first), why(first)) == ({"new": 1, "same": 1, "rejected": 1}, [(3, "twice")])
    assert (counts(second), why(second)) == ({"same": 2, "rejected": 1}, [(3, "twice")])
    assert Customer.objects.count() == 1


def test_without_ids_a_row_that_comes_again_is_the_same_and_one_that_tells_more_adds(
    staff: desk.Staff, tmp_path: Path
) -> None:
    text = "name,email,phone\nHoa Nguyễn,hoa@mail.example,\n"
    taken(written(tmp_path, text), staff.manager)
    assert counts(taken(written(tmp_path, text), staff.manager)) == {"same": 1}

    more = taken(written(tmp_path, text.replace("example,", "example,0903 123 412")), staff.manager)

    assert counts(more) == {"matched": 1}
    assert Contact.objects.filter(customer=Customer.objects.get()).count() == 2


def test_two_sources_that_name_one_organisation_mean_the_same(staff: desk.Staff, tmp_path: Path) -> None:
    taken(written(tmp_path, HEAD + HOA), staff.manager)
    other = "id,name,email,company\n4,Nam Trần,nam@mail.example,CÔNG TY BẾN XUÂN\n"

    taken(written(tmp_path, other, "other.csv"), staff.manager)

    assert Customer.objects.filter(kind="business").count() == 1
    assert Membership.objects.count() == 2


def test_our_own_colleagues_are_left_alone(staff: desk.Staff, tmp_path: Path) -> None:
    taken(written(tmp_path, HEAD + HOA), staff.manager)
    Customer.objects.filter(name="Nguyễn Thị Hoa").update(colleague=staff.agent, internal=True)

    held = taken(written(tmp_path, HEAD + HOA.replace("1960", "1970")), staff.manager)

    assert why(held) == [(2, "own")]


def test_a_portion_asks_as_much_for_many_as_for_few(staff: desk.Staff) -> None:
    def told(count: int, begin: int) -> list[CustomerTold]:
        mails = [f"k{n}@x.example" for n in range(count)]
        return [CustomerTold(f"{begin}-{mail}", f"Nguyễn {mail}", contacts=(("mail", "", mail),)) for mail in mails]

    bringer = Bringer("shop")
    for count, begin in ((5, 1), (60, 2)):
        with CaptureQueriesContext(connection) as asked, transaction.atomic():
            outcomes = take_in(bringer, told(count, begin))
        assert len(outcomes) == count
        if begin == 1:
            few = len(asked)
    assert len(asked) <= few + 3, "those who are known already are looked up together"


def _everything() -> list[object]:
    rows = [Customer, Contact, Change, Membership]
    return [list(each.objects.order_by("pk").values()) for each in rows] + [
        list(ExternalId.objects.order_by("pk").values("external", "customer", "seen"))
    ]
