"""Drafts: read by the plan's own reader whatever was brought, refused with all findings, kept once, never changed."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from tantam.desk.common.errors import Refused
from tantam.desk.plans import PlanHasFindings, PlanUnreadable, drafts, in_force
from tantam.desk.plans.actions import NewDraft, keep_draft
from tantam.desk.plans.bringing import MOST_BYTES, MOST_NAMES, MOST_ROWS, Brought, plan_of, sources_of
from tantam.desk.plans.models import Draft
from tantam.plan.sections import read
from tests.support.drafts import HURRIED, REPLY, files, hurried, kept, packed
from tests.support.sources import ROOT
from tests.support.together import together

pytestmark = pytest.mark.django_db
SMALL = "tantam: 1\ncompany: {name: Bến, languages: [vi], timezone: Asia/Ho_Chi_Minh, currency: VND}\n"


def bring(staff: Any, raw: bytes, name: str = "plan.zip") -> Draft:
    return keep_draft(staff.manager, NewDraft("Thử", "", Brought(name, raw)))


def refusal(staff: Any, raw: bytes, name: str = "plan.zip") -> str:
    with pytest.raises(Refused) as refused:
        bring(staff, raw, name)
    assert refused.value.sentence()
    assert not Draft.objects.exists()
    return refused.value.code


def zip_of(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", method) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name) if method == zipfile.ZIP_STORED else name, content)
    return whole.getvalue()


def test_folder_as_zip_is_read_as_the_folder_itself(staff: Any) -> None:
    draft = bring(staff, packed(files()))
    assert draft.hash == in_force().row.hash


@pytest.mark.parametrize("folder", ["", "ben-xuan/", "a/b/ben-xuan/"])
def test_the_folder_may_lie_anywhere_in_the_zip(staff: Any, folder: str) -> None:
    assert bring(staff, packed(files(), folder)).hash == in_force().row.hash


def test_what_computers_add_to_a_zip_is_left_out(staff: Any) -> None:
    members = {f"ben-xuan/{name}": content for name, content in files().items()}
    added = {"__MACOSX/ben-xuan/._plan.yaml": b"\x00\x05", "ben-xuan/.hidden.yaml": b"a: 1", "ben-xuan/note.txt": b"x"}
    assert bring(staff, packed(members | added, "")).hash == in_force().row.hash


def long_levels(count: int) -> bytes:
    return (SMALL + "levels:\n" + "".join(f"  l{n}: {{handles: []}}\n" for n in range(count))).encode()


def long_table(count: int) -> bytes:
    rows = "".join(f"    row{n} | resolution | {n}..{n} => 1 h\n" for n in range(count))
    table = "promises:\n  clock: all\n  table: |\n    row | promise | size => within\n" + rows
    return (SMALL + "terms:\n  size: {number: 0..}\nhours:\n  all: {mon-fri: 08:00-17:00}\n" + table).encode()


@pytest.mark.parametrize(("raw", "code"), [(long_levels(20_000), "F20"), (long_table(15_000), "F19")])
def test_draft_too_long_to_wait_for_is_told_where_and_what_to_do(staff: Any, raw: bytes, code: str) -> None:
    began = time.process_time()
    with pytest.raises(PlanUnreadable) as wrong:
        bring(staff, raw, "plan.yaml")
    assert time.process_time() - began < 15
    [finding] = wrong.value.findings
    assert finding.code == code
    assert finding.args["key"] in finding.sentence("vi") and "tantam check" in finding.sentence("en")
    assert not Draft.objects.exists()


@pytest.mark.parametrize("raw", [long_levels(MOST_NAMES), long_table(MOST_ROWS - 2)])
def test_draft_as_long_as_may_be_is_read_while_somebody_waits(staff: Any, raw: bytes) -> None:
    began, codes = time.process_time(), set()
    try:
        bring(staff, raw, "plan.yaml")
    except (PlanUnreadable, PlanHasFindings) as wrong:
        codes = {each.code for each in wrong.findings}
    assert time.process_time() - began < 15
    assert {"F19", "F20"}.isdisjoint(codes)


def test_one_file_and_pasted_text_are_drafts_too(staff: Any) -> None:
    for brought in (Brought("mini.yaml", SMALL.encode()), Brought.typed(SMALL)):
        assert keep_draft(staff.manager, NewDraft("Nhỏ", "", brought)).frozen


def test_errors_refuse_the_draft_with_all_findings(staff: Any) -> None:
    broken = files(plan=(REPLY, REPLY.replace("4 h", "four")), policies=("| > 365 days  |", "| > years  |"))
    with pytest.raises((PlanUnreadable, PlanHasFindings)) as wrong:
        bring(staff, packed(broken))
    where = {each.place.file for each in wrong.value.findings}
    assert {"plan.yaml", "policies.yaml"} <= where
    assert not Draft.objects.exists()


def test_gap_that_only_the_check_finds_refuses_the_draft(staff: Any) -> None:
    doubled = files(policies=("aged           | ours      | > 365 days ", "aged           | ours      | > 300 days "))
    with pytest.raises(PlanHasFindings) as wrong:
        bring(staff, packed(doubled))
    assert any(each.severity == "error" for each in wrong.value.findings)
    assert not Draft.objects.exists()


def test_warnings_are_kept_with_the_draft(staff: Any) -> None:
    unused = files(terms=("terms:\n", "terms:\n  never_used: {number: 0..10}\n"))
    draft = bring(staff, packed(unused))
    for lang in ("vi", "de", "en"):
        said = drafts.warnings(draft, lang)
        assert len(said) == len(draft.findings)
        assert all(each.weight == "warning" and each.sentence for each in said)


def test_text_that_is_not_utf8_is_told_with_its_place(staff: Any) -> None:
    with pytest.raises(PlanUnreadable) as wrong:
        bring(staff, "tantam: 1\nname: Käse\n".encode("latin-1"), "plan.yaml")
    [finding] = wrong.value.findings
    assert (finding.code, finding.place.line) == ("F03", 2)


def test_what_is_no_plan_is_refused(staff: Any) -> None:
    assert refusal(staff, b"%PDF-1.7", "plan.pdf") == "draft_not_a_plan"
    assert refusal(staff, b"hello", "plan.zip") == "draft_no_zip"
    assert refusal(staff, hurried()[:200]) == "draft_broken_zip"
    assert refusal(staff, b"a" * (MOST_BYTES + 1), "plan.yaml") == "draft_too_large"


def test_zip_without_a_plan_is_told(staff: Any) -> None:
    with pytest.raises(PlanUnreadable) as wrong:
        bring(staff, zip_of(("readme.txt", b"x")))
    assert wrong.value.findings[0].code == "F04"


def test_zip_bomb_is_never_unpacked(staff: Any) -> None:
    bomb = zip_of(("plan.yaml", b"a" * 60_000_000))
    assert len(bomb) < MOST_BYTES
    began = time.process_time()
    assert refusal(staff, bomb) == "draft_too_large"
    assert time.process_time() - began < 2


def test_many_small_members_are_bounded_together(staff: Any) -> None:
    assert refusal(staff, zip_of(*((f"{n:03}.yaml", b"#" * 20_000) for n in range(100)))) == "draft_too_large"
    assert refusal(staff, zip_of(*((f"{n:03}.yaml", b"#") for n in range(300)))) == "draft_too_large"


@pytest.mark.parametrize("name", ["../plan.yaml", "/etc/plan.yaml", "a/../../plan.yaml", "..\\plan.yaml"])
def test_path_out_of_the_folder_is_refused(staff: Any, name: str) -> None:
    assert refusal(staff, zip_of((name, SMALL.encode()), method=zipfile.ZIP_STORED)) == "draft_path_outside"


BRANCH = b"overlay: ../base\ncompany: {name: Chi nh\xc3\xa1nh}\n"
BASE = f"{SMALL}mission: Giao nhanh.\n".encode()


@pytest.mark.parametrize("top", ["", "plans/", "a/b/"])
@pytest.mark.parametrize("name", ["a-branch", "z-branch"])
def test_a_plan_laid_over_another_comes_with_its_base_beside_it(staff: Any, top: str, name: str) -> None:
    both = zip_of((f"{top}base/plan.yaml", BASE), (f"{top}{name}/plan.yaml", BRANCH))
    plan = plan_of(*sources_of(Brought("plan.zip", both)))
    assert (plan.company_name, plan.mission) == ({"vi": "Chi nhánh"}, {"vi": "Giao nhanh."})
    assert bring(staff, both).hash == plan.hash


def test_a_branch_in_a_zip_is_the_plan_that_its_folder_is() -> None:
    members = [(f"{each.parent.name}/{each.name}", each.read_bytes()) for each in _with_branch()]
    assert plan_of(*sources_of(Brought("plan.zip", zip_of(*members)))).hash == read(ROOT / "plans/ben-xuan-branch").hash


def _with_branch() -> list[Path]:
    return [each for name in ("ben-xuan", "ben-xuan-branch") for each in sorted((ROOT / "plans" / name).glob("*.yaml"))]


@pytest.mark.parametrize(
    "members",
    [
        {"base/plan.yaml": BASE, "b/plan.yaml": BRANCH, "c/plan.yaml": BRANCH},
        {"base/plan.yaml": BASE, "b/plan.yaml": BRANCH, "other/plan.yaml": BASE},
        {"a/plan.yaml": b"overlay: ../b\n", "b/plan.yaml": b"overlay: ../a\n"},
    ],
)
def test_where_several_plans_may_be_meant_none_is_guessed(staff: Any, members: dict[str, bytes]) -> None:
    assert refusal(staff, zip_of(*members.items())) == "draft_many_folders"


@pytest.mark.parametrize(("raw", "name"), [(zip_of(("b/plan.yaml", BRANCH)), "plan.zip"), (BRANCH, "plan.yaml")])
def test_a_branch_without_its_base_says_to_bring_both(staff: Any, raw: bytes, name: str) -> None:
    assert refusal(staff, raw, name) == "draft_without_base"


def test_a_branch_that_is_no_yaml_is_told_with_its_folder(staff: Any) -> None:
    both = zip_of(("base/plan.yaml", BASE), ("b/plan.yaml", b"overlay: ../base\ncompany: {name: [\n"))
    with pytest.raises(PlanUnreadable) as caught:
        bring(staff, both)
    assert "b/plan.yaml" in {each.place.file for each in caught.value.findings if each.code == "F06"}


def test_two_folders_with_plans_are_no_plan(staff: Any) -> None:
    two = zip_of(("a/plan.yaml", SMALL.encode()), ("b/plan.yaml", SMALL.encode()))
    assert refusal(staff, two) == "draft_many_folders"


def test_unusual_packing_is_refused(staff: Any) -> None:
    assert refusal(staff, zip_of(("plan.yaml", SMALL.encode()), method=zipfile.ZIP_LZMA)) == "draft_broken_zip"


def test_aliases_that_unfold_without_end_are_refused_in_time(staff: Any) -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    bomb += "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12))
    began = time.process_time()
    with pytest.raises(PlanUnreadable) as wrong:
        bring(staff, bomb.encode(), "plan.yaml")
    assert "F14" in {each.code for each in wrong.value.findings}
    assert time.process_time() - began < 10


@pytest.mark.parametrize("long", [b"x" * 20_000, b"[" + b"[]," * 900 + b"]"])
def test_aliases_of_many_files_are_bounded_together(staff: Any, long: bytes) -> None:
    many = b"\n".join(b"  t%d: *long" % n for n in range(190))
    members = [(f"{n:03}.yaml", b"s%d:\n  t: &long %b\n%b\n" % (n, long, many)) for n in range(40)]
    began = time.process_time()
    assert refusal(staff, zip_of(*members)) == "draft_too_large"
    assert time.process_time() - began < 10


def test_nothing_in_a_plan_is_executed(staff: Any) -> None:
    with pytest.raises(PlanUnreadable):
        bring(staff, b'tantam: !!python/object/apply:os.system ["touch pwned"]\n', "plan.yaml")


def test_only_who_manages_keeps_drafts(staff: Any) -> None:
    with pytest.raises(Refused) as refused:
        keep_draft(staff.agent, NewDraft("Thử", "", Brought("plan.zip", hurried())))
    assert refused.value.code == "not_allowed"


def test_kept_twice_it_is_one_draft(staff: Any) -> None:
    assert kept(staff.manager) == kept(staff.manager)
    assert kept(staff.manager, "Khác") != kept(staff.manager)


@pytest.mark.django_db(transaction=True)
def test_kept_twice_at_once_it_is_one_draft(staff: Any) -> None:
    raw = hurried()
    one, other = together(lambda: kept(staff.manager, raw=raw), lambda: kept(staff.manager, raw=raw))
    assert one == other
    assert Draft.objects.count() == 1


def test_a_draft_never_changes(staff: Any) -> None:
    draft = kept(staff.manager)
    draft.title = "Khác"
    with pytest.raises(ValueError, match="never changes"):
        draft.save()


def test_changed_cells_are_told_by_clause(staff: Any) -> None:
    [change] = drafts.changes(kept(staff.manager), in_force()).shown
    assert (change.clause, change.how) == ("promises#reply_normal", "changed")
    [cell] = change.cells
    assert cell.name == "within"
    assert "".join(words for what, words in cell.parts if what != "new").split() == ["4", "h"]
    assert "".join(words for what, words in cell.parts if what != "old").split() == ["3", "min"]


def test_a_change_is_said_in_the_language_of_the_page_with_whom_it_touches(staff: Any) -> None:
    [change] = drafts.changes(kept(staff.manager), in_force()).shown
    for lang, words in (("vi", "4 giờ → 3 phút"), ("de", "4 Stunden → 3 Minuten"), ("en", "4 hours → 3 minutes")):
        with translation.override(lang):
            assert words in change.sentence
            assert words.partition(" → ")[0] in change.whom


def test_new_and_gone_rows_and_texts_are_told(staff: Any) -> None:
    row = next(line for line in files()["plan.yaml"].decode().split("\n") if "resolution_minor" in line)
    changed = files(plan=(f"{row}\n", ""), policies=("exchanged at once", "exchanged within a day"))
    found = {each.clause: each.how for each in drafts.changes(bring(staff, packed(changed)), in_force()).shown}
    assert found == {
        "promises#resolution_minor": "gone",
        "policies.exchange.commitment.en": "changed",
    }


def test_same_plan_changes_nothing(staff: Any) -> None:
    assert drafts.changes(bring(staff, packed(files())), in_force()).shown == ()
    assert HURRIED != REPLY
