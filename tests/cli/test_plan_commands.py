"""The plan's commands: what they print, and how they end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import tantam

ROOT = Path(__file__).parents[2]
SHOP = ROOT / "tests" / "plan" / "samples" / "shop.yaml"
FORM = ROOT.parent / "shared" / "plan-form" / "form.yaml"
FACTS = ["order=W1", "price=100000 VND", "seal=no", 'items=[{"name": "x"}]', "fault=ours", "owned=12 days"]


class Ended:
    """How a command ended."""

    def __init__(self, done: subprocess.CompletedProcess[str]) -> None:
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr

    def json(self) -> Any:
        return json.loads(self.out)


def run(*arguments: str | Path, lang: str = "en_US.UTF-8") -> Ended:
    """Run the command line as a person does."""
    code = "from tantam.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True, text=True, check=False, encoding="utf-8",
        env={"LANG": lang, "PATH": "/usr/bin:/bin", "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return Ended(done)


def test_decide_says_when_it_is_due_and_which_open_time_is_counted(tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    written = SHOP.read_text(encoding="utf-8")
    file.write_text(written.replace("repair  | 7 working days", "repair  | 7 h"), encoding="utf-8")
    asked = ("decide", file, "exchange", "fault=ours", "owned=500 days", "seal=no", "price=100000", "order=A1",
             "items=[{}]", "--now", "2026-03-06T16:00+07:00")  # fmt: skip
    due = run(*asked, "--json").json()["due"]
    assert due["at"].startswith("2026-03-09T") and due["counted"].endswith("; not Sat–Sun (closed).")
    assert f"Due 9 March 2026, {due['at'][11:16]}. {due['counted']}" in run(*asked).out
    at_once = ("decide", SHOP, "exchange", "fault=ours", "owned=5 days", "--json")
    assert "due" not in run(*at_once).json()


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    file = tmp_path / "plan.yaml"
    file.write_text(SHOP.read_text(encoding="utf-8").replace("by: specialist}", "by: specalist}"), encoding="utf-8")
    return file


def test_an_unreadable_plan_ends_with_2_and_says_where(broken: Path, tmp_path: Path) -> None:
    ended = run("check", broken)
    assert ended.code == 2
    assert f"{broken}:" in ended.out and "specialist" in ended.out
    assert run("check", tmp_path / "nowhere").code == 2
    assert run("decide", broken, "exchange").code == 2
    assert run("test", broken).code == 2


def test_findings_come_as_json_and_sarif(broken: Path) -> None:
    (finding,) = run("check", broken, "--format", "json").json()
    assert (finding["severity"], finding["code"], finding["file"]) == ("error", "S05", str(broken))
    sarif = run("check", broken, "--format", "sarif").json()
    (result,) = sarif["runs"][0]["results"]
    assert (sarif["version"], result["ruleId"], result["level"]) == ("2.1.0", "S05", "error")
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"]) == (finding["line"], finding["column"])


def test_findings_are_in_the_language_asked_or_the_terminals(broken: Path) -> None:
    assert "Có phải ý là" in run("check", broken, "--lang", "vi").out
    assert "Meinten Sie" in run("check", broken, lang="de_DE.UTF-8").out


def test_the_form_is_read() -> None:
    if not FORM.is_file():
        pytest.skip("the form of plans lies beside this repository, and is not here")
    assert run("check", FORM).code in (0, 1)


def test_decide_answers_with_its_because_as_json() -> None:
    answer = run("decide", SHOP, "exchange", *FACTS, "--json", "--lang", "vi").json()
    assert answer["outcome"] == {"outcome": "replace", "within": "at once", "say": "replaced"}
    assert set(answer["because"]) == {"version", "clause", "rule", "text"}
    assert answer["because"]["clause"] == "policies.exchange.decides#faulty"
    assert "12 ngày" in answer["because"]["text"]
    assert answer["conditional"] == ["seal", "items", "fault"]


def test_decide_asks_for_what_is_missing() -> None:
    answer = run("decide", SHOP, "exchange", *FACTS[:4], "--json").json()
    assert (answer["outcome"]["outcome"], answer["ask"]) == ("ask", "fault")


def test_decide_takes_the_moment_asked() -> None:
    facts = [each for each in FACTS if not each.startswith("owned")] + ["owned=2025-11-21"]
    young = run("decide", SHOP, "exchange", *facts, "--now", "2026-11-21T09:00+07:00", "--json").json()
    old = run("decide", SHOP, "exchange", *facts, "--now", "2026-11-22T09:00+07:00", "--json").json()
    assert (young["because"]["rule"], old["because"]["rule"]) == ("faulty", "aged")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["exchang"], "exchange"),
        (["exchange", "falt=ours"], "fault"),
        (["exchange", "fault=theirs"], "ours"),
        (["exchange", "fault"], "term=value"),
        (["exchange", "--now", "soon"], "2026-"),
    ],
)
def test_decide_says_what_is_wrong_with_its_input(arguments: list[str], says: str) -> None:
    ended = run("decide", SHOP, *arguments)
    assert ended.code == 2
    assert says in ended.err


def test_test_counts_cases_and_ends_with_1_if_one_fails(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_bytes(SHOP.read_bytes())
    cases = tmp_path / "cases.yaml"
    cases.write_text("cases:\n  - {policy: cover, expect: repair}\n", encoding="utf-8")
    assert run("test", tmp_path).code == 0
    cases.write_text("cases:\n  - {policy: cover, expect: replace}\n", encoding="utf-8")
    ended = run("test", tmp_path)
    assert ended.code == 1
    assert "cases.yaml:2:5" in ended.out and "expected replace, got repair" in ended.out
    told = run("test", tmp_path, "--json").json()
    assert (told["passed"], told["failed"]) == (0, 1)
    other = tmp_path / "more.yaml"
    other.write_text("cases: [{policy: cover, expect: repair}]\n", encoding="utf-8")
    assert run("test", tmp_path / "plan.yaml", "--cases", other).code == 0


def test_a_misspelt_command_is_told_in_the_readers_language() -> None:
    for lang, says in (("vi_VN", "Có phải ý là “check”?"), ("de_DE", "Meinten Sie „check“?"), ("en_US", "“check”?")):
        ended = run("chek", lang=f"{lang}.UTF-8")
        assert ended.code == 2 and says in ended.err


@pytest.mark.parametrize(
    ("written", "here"),
    [
        ("1.000.000", "1_000_000"),
        ("1.000,5 VND", "1_000.5 VND"),
        ("500.000 VND", "500_000 VND"),
        ("1.000", "1_000"),
        ("1,5", "1.5"),
    ],
)
def test_a_number_of_another_countrys_is_refused_with_how_to_write_it(written: str, here: str) -> None:
    for lang, says in (("vi_VN.UTF-8", "Hãy viết"), ("de_DE.UTF-8", "Schreiben Sie"), ("en_US.UTF-8", "Write")):
        ended = run("decide", SHOP, "exchange", f"price={written}", lang=lang)
        assert ended.code == 2 and f"{says} price={here}: " in ended.err


@pytest.mark.parametrize(
    ("lang", "wrong", "count"),
    [("de_DE.UTF-8", "erwartet replace, erhalten repair", "0 von 1 Fällen wie erwartet."),
     ("vi_VN.UTF-8", "mong đợi replace, nhưng là repair", "0 trên 1 trường hợp đúng như mong đợi.")],
)  # fmt: skip
def test_test_counts_cases_in_the_readers_language(tmp_path: Path, lang: str, wrong: str, count: str) -> None:
    (tmp_path / "plan.yaml").write_bytes(SHOP.read_bytes())
    (tmp_path / "cases.yaml").write_text("cases:\n  - {policy: cover, expect: replace}\n", encoding="utf-8")
    told = run("test", tmp_path, lang=lang).out
    assert wrong in told and told.endswith(count + "\n")


def test_test_without_cases_says_what_to_do() -> None:
    ended = run("test", SHOP)
    assert ended.code == 2
    assert "--cases" in ended.err


def test_schema_prints_json() -> None:
    assert run("schema").json()["title"] == "Tantam plan"


def test_an_unknown_command_names_the_nearest() -> None:
    ended = run("chek")
    assert ended.code == 2
    assert "“check”" in ended.err


def test_help_lists_every_command_without_importing_any() -> None:
    code = (
        "import sys; sys.argv = ['tantam', '--help']\n"
        "from tantam.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(sorted(each for each in sys.modules if each.startswith('tantam.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "['tantam.cli']"
    assert "check" in done.stdout and "serve" in done.stdout


def test_the_plans_commands_never_meet_django() -> None:
    code = (
        f"import sys; sys.argv = ['tantam', 'check', {str(SHOP)!r}]\n"
        "from tantam.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print('django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"


def test_the_same_answer_comes_from_python() -> None:
    plan = tantam.load(SHOP)
    facts = dict(each.split("=", 1) for each in FACTS)
    answer = plan.decide("exchange", **facts)
    told = run("decide", SHOP, "exchange", *FACTS, "--json").json()
    assert answer.outcome == told["outcome"]["outcome"]
    assert answer.because.text("en") == told["because"]["text"]
    assert plan.version == told["because"]["version"]


def test_a_terminal_that_cannot_show_a_letter_still_gets_the_answer() -> None:
    code = f"import sys; sys.argv = ['tantam', 'decide', {str(SHOP)!r}, 'cover', '--lang', 'vi']\n"
    code += "from tantam.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=False, env={"PYTHONIOENCODING": "ascii"}
    )
    assert done.returncode == 0, done.stderr
    assert b"repair" in done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full here")
def test_a_full_disk_is_said_in_one_line() -> None:
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "tantam.cli", "schema"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert ended.returncode == 2 and ended.stderr.count(b"\n") == 1


def test_a_closed_output_is_no_crash() -> None:
    ended = subprocess.run(
        f"{sys.executable} -m tantam.cli check {SHOP} >&-", shell=True, stderr=subprocess.PIPE, check=False
    )
    assert ended.returncode in (0, 1) and b"Traceback" not in ended.stderr


@pytest.mark.parametrize("arguments", ["--help", "--version", f"check {SHOP}", "schema"])
def test_who_reads_no_further_ends_it_quietly(arguments: str) -> None:
    reads, writes = os.pipe()
    os.close(reads)
    ended = subprocess.run(
        [sys.executable, "-m", "tantam.cli", *arguments.split()], stdout=writes, stderr=subprocess.PIPE, check=False
    )
    os.close(writes)
    assert ended.returncode in (0, 1) and not ended.stderr


def test_ctrl_c_while_a_command_is_still_being_read_is_no_crash() -> None:
    code = "import signal, sys, time; from tantam import cli; sys.argv = ['tantam', 'check', 'x']\n"
    code += "cli.import_module = lambda name: (signal.raise_signal(signal.SIGINT), time.sleep(60)); cli.main()"
    ended = subprocess.run([sys.executable, "-c", code], stderr=subprocess.PIPE, check=False)
    assert ended.returncode == 130 and not ended.stderr
