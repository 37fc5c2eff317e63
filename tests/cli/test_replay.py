"""`tantam replay`: a sentence first, everything as JSON, and an end that says what is wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tantam.plan.whatif import Fate
from tests.cli.test_plan_commands import Ended, run
from tests.plan.whatif.cases import SMALL
from tests.support.log import imported

BROKEN = '{"topic": "broken", "danger": "no", "business": "no"}'


def case(number: int, *, facts: str = BROKEN, hours: float = 5) -> list[dict[str, Any]]:
    """Return a case that came in on a Monday at nine in Saigon, answered and settled so many hours later."""
    began = datetime(2026, 3, 2, 2)  # noqa: DTZ001 - columns are naive UTC
    promise = {"promise": -number, "kind": "first_reply", "clause": "promises#usual"}
    told = [
        ("opened", 0, {"actor": "customer", "reference": f"INC{number}", "facts": facts, "severity": "normal"}),
        ("promised", 0, promise),
        ("replied", hours, {}),
        ("kept", hours, promise),
        ("resolved", hours, {}),
    ]
    return [
        {"id": number * 10 + n, "case_id": -number, "instant": began + timedelta(hours=at), "code": code,
         "actor": "person", "clause": "", **more}
        for n, (code, at, more) in enumerate(told)
    ]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A plan, a hurried draft, and a history of three cases, of which one lacks a fact."""
    (tmp_path / "plan.yaml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "draft.yaml").write_text(SMALL.replace("=> 4 h", "=> 2 h"), encoding="utf-8")
    lacking = case(3, facts='{"topic": "broken", "business": "no"}')
    imported(tmp_path, [*case(1), *case(2, hours=1), *lacking], "helpdesk")
    return tmp_path


def replayed(folder: Path, *more: str, lang: str = "en_US.UTF-8") -> Ended:
    return run("replay", folder / "draft.yaml", "--history", folder / "history", *more, lang=lang)


def test_sentence_comes_first_then_kinds_what_is_lacking_and_cases(folder: Path) -> None:
    done = replayed(folder, "--against", str(folder / "plan.yaml"))
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0] == "1 more promise would have been broken."
    assert "In 1 of 3 cases history lacks a fact that decides: danger." in lines
    assert "  INC1  2 March 2026  first reply: 2 March 2026, 14:00 kept → 2 March 2026, 11:00 broken" in lines
    assert "  danger: in 1 of 3 cases, needed by triage" in lines


@pytest.mark.parametrize(("lang", "first"), [("vi", "Sẽ có thêm 1 cam kết"), ("de", "1 Zusage mehr wäre gebrochen")])
def test_it_speaks_the_readers_language(folder: Path, lang: str, first: str) -> None:
    assert replayed(folder, "--against", str(folder / "plan.yaml"), "--lang", lang).out.startswith(first)


def test_alone_it_is_compared_with_what_history_recorded(folder: Path) -> None:
    done = replayed(folder)
    assert done.out.startswith("1 promise would have been broken; 0 were, as history has it.")
    assert "INC1  2 March 2026  first reply: kept → 2 March 2026, 11:00 broken" in done.out


def test_json_holds_every_case_with_both_sides(folder: Path) -> None:
    told = replayed(folder, "--against", str(folder / "plan.yaml"), "--json").json()
    assert (told["replayed"], told["changed"], told["undecided"]) == (3, [-1, -2], [-3])
    assert told["kinds"]["first_reply"]["newly_broken"] == [-1]
    assert told["summary"][0] == {
        "key": "whatif_more",
        "args": {"count": 1},
        "text": "1 more promise would have been broken.",
    }
    by_key = {each["case"]: each for each in told["cases"]}
    assert by_key[-1]["reference"] == "INC1" and by_key[-1]["recorded"]["severity"] == "normal"
    reply = by_key[-1]["draft"]["promises"][0]
    assert (reply["kind"], reply["due"], reply["fate"]) == ("first_reply", "2026-03-02T04:00:00+00:00", Fate.BROKEN)
    assert by_key[-3]["draft"]["severity"] is None and by_key[-3]["draft"]["lacking"] == ["danger"]


def test_reference_names_every_key_of_the_json(folder: Path) -> None:
    page = (Path(__file__).parents[2] / "docs/reference/replay.md").read_text(encoding="utf-8")
    told = replayed(folder, "--against", str(folder / "plan.yaml"), "--json").json()
    case = told["cases"][-1]
    keys = {*told, *case, *case["draft"], *case["draft"]["promises"][0]}
    keys |= {*told["kinds"]["first_reply"], *told["lacks"][0], *told["summary"][0]}
    assert not sorted(key for key in keys if f"`{key}`" not in page)


@pytest.mark.parametrize(
    ("asked", "cases"),
    [
        (("--since", "2026-03-03"), 0),
        (("--until", "2026-03-01"), 0),
        (("--since", "2026-03-02", "--until", "2026-03-02"), 3),
        (("--until", "2026-03-02T09:00"), 0),
        (("--source", "helpdesk"), 3),
    ],
)
def test_days_are_the_companys_and_both_count(folder: Path, asked: tuple[str, ...], cases: int) -> None:
    done = replayed(folder, *asked, "--json")
    assert (done.code, done.json()["replayed"]) == (0, cases)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--since", "yesterday"), "“yesterday” is no day. Write it as 2026-11-21"),
        (("--until", "9999-12-31"), "“9999-12-31” is no day."),
        (("--source", "helpdesc"), "History has no source “helpdesc”. It has: helpdesk"),
        (("--against", "nowhere.yaml"), "nowhere.yaml does not exist"),
        (("--lang", "fr"), "fr"),
    ],
)
def test_wrong_input_ends_with_2_and_says_what_to_do(folder: Path, asked: tuple[str, ...], said: str) -> None:
    done = replayed(folder, *asked)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_directory_that_holds_no_history_is_named(folder: Path) -> None:
    for wrong in (folder / "nowhere", folder, folder / "plan.yaml"):
        done = run("replay", folder / "draft.yaml", "--history", wrong)
        assert done.code == 2
        assert f"{wrong} holds no history" in done.err


def test_damaged_or_foreign_history_is_told(folder: Path) -> None:
    (parquet,) = (folder / "history").rglob("*.parquet")
    parquet.write_bytes(b"nothing")
    done = replayed(folder)
    assert done.code == 2 and "helpdesk" in done.err
    (folder / "history" / "manifest.json").write_text("[1, 2]", encoding="utf-8")
    assert replayed(folder).code == 2


def test_plan_with_findings_is_shown_as_check_shows_it(folder: Path) -> None:
    (folder / "draft.yaml").write_text(SMALL.replace("one_of: [broken", "one_off: [broken"), encoding="utf-8")
    done, checked = replayed(folder), run("check", folder / "draft.yaml")
    assert done.code == checked.code == 2
    assert done.err.splitlines()[0] == checked.out.splitlines()[0]


def test_without_duckdb_it_says_what_to_install(folder: Path) -> None:
    code = "import sys; sys.modules['duckdb'] = None; from tantam.cli import main; main()"
    asked = [sys.executable, "-c", code, "replay", str(folder / "draft.yaml"), "--history", str(folder / "history")]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert 'pip install "tantam[history]"' in done.stderr and "Traceback" not in done.stderr


def test_ctrl_c_ends_it_without_a_traceback(folder: Path) -> None:
    code = (
        "import os, signal\nfrom tantam.plan import whatif\nfrom tantam.cli import replay\n"
        "def stopped(*a, **k): os.kill(os.getpid(), signal.SIGINT)\n"
        "replay.replayed = stopped\nfrom tantam.cli import main\nmain()"
    )
    asked = [sys.executable, "-c", code, "replay", str(folder / "draft.yaml"), "--history", str(folder / "history")]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (130, "")
    assert "Traceback" not in done.stderr and done.stderr.strip()


CUPS = """
tantam: 1
company: {name: Cups, languages: [en], timezone: Asia/Ho_Chi_Minh, currency: EUR}
terms:
  owned: {label: {en: Age}, duration: 0 days..}
outputs: {gets: {money: 0..}}
policies:
  back:
    label: {en: Giving back}
    kind: refund
    stage: after
    commitment: Cups may come back.
    decides: |
      owned      => outcome | gets
      <= 30 days |  full    | 10 EUR
      > 30 days  |  no      | -
    outcomes: {full: {label: {en: all of it}}, no: {label: {en: nothing}}}
"""


def test_what_policies_grant_is_a_table_a_sentence_and_lines_of_cases(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(CUPS, encoding="utf-8")
    (tmp_path / "draft.yaml").write_text(CUPS.replace("30 days", "14 days"), encoding="utf-8")
    granted = {"policy": "back", "outcome": "full", "minor": 1000, "currency": "EUR"}
    told = []
    for number, days in ((1, "10 days"), (2, "20 days")):
        first, *_ = case(number, facts=json.dumps({"owned": days}))
        told += [first, {**first, "id": first["id"] + 1, "code": "granted", **granted}]
    imported(tmp_path, told, "shop")
    against = ("--against", str(tmp_path / "plan.yaml"))
    lines = replayed(tmp_path, *against).out.splitlines()
    assert (
        "Giving back: €10.00 less would have been granted; 1 of 2 claims would have been answered otherwise." in lines
    )
    assert "Giving back       2          1   €20.00        €10.00              0        0" in lines
    assert "  INC2  2 March 2026  Giving back: all of it €10.00 → nothing" in lines
    assert not [each for each in lines if each.startswith("promise")]  # nothing was promised
    plain = json.loads(replayed(tmp_path, *against, "--json").out)
    assert plain["claims"]["back"] == {
        "claims": 2, "otherwise": [-2], "undecided": [], "lacking": [], "currency": "EUR",
        "minor_before": 2000, "minor_after": 1000, "to_people": 0,
    }  # fmt: skip
