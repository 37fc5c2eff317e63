"""Whatever a command is given, it ends with 0, 1 or 2 and a sentence, never with a traceback and never late."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import pytest

from tantam.cli import command

ROOT = Path(__file__).parents[2]
SHOP = ROOT / "tests" / "plan" / "samples" / "shop.yaml"
HEAD = "tantam: 1\ncompany: {name: X, languages: [en], timezone: Europe/Berlin, currency: EUR}\n"
DECIDES = HEAD + "terms: {a: {yes_no: any}}\npolicies:\n  p:\n    decides: |\n"

UNREADABLE: dict[str, tuple[str, str]] = {  # what: the text, and what is said of it
    "nothing": ("", "F05"),
    "a list": ("- a\n", "F15"),
    "a null byte": (HEAD + "mission: a\0b\n", "U+0000"),
    "half a character": (HEAD + 'mission: "\\ud800"\n', "U+D800"),
    "half a character in a key": (HEAD + 'profile: {"\\ud800": 1}\n', "U+D800"),
    "five megabytes": (HEAD + "mission: " + "x" * 5_000_000, "F14"),
    "a deep nest": (HEAD + "profile: " + "{a: " * 50_000, "nested too deeply"),
    "a billion laughs": (
        HEAD
        + "profile:\n  a: &a [x,x,x,x,x,x,x,x,x,x]\n"
        + "".join(f"  {chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 10)}]\n" for n in range(9)),
        "F14",
    ),
    "an alias of itself": (HEAD + "profile: &a [*a]\n", "F13"),
    "terms in a circle": (HEAD + "terms: {a: b + 1, b: a + 1}\n", "a → b → a"),
    "three thousand terms in a circle": (
        HEAD + "terms:\n" + "".join(f"  t{n}: t{(n + 1) % 3000} + 1\n" for n in range(3000)),
        "T2",
    ),
    "records in a circle": (HEAD + "records: {a: {x: {list: b}}, b: {y: {record: a}}}\n", "a → b → a"),
    "a folded table": (DECIDES.replace("|", ">") + "      a => outcome\n      yes | x\n", "F17"),
    "a key twice": (HEAD + "mission: a\nmission: b\n", "F07"),
    "no code of a language": (HEAD.replace("[en]", "[english]"), "languages.0"),
    "no language": (HEAD.replace("[en]", "[]"), "codes of languages"),
    "a wrong language": (HEAD + "mission: {english: a}\n", "english"),
    "a zone that is a path": (HEAD.replace("Europe/Berlin", "../../etc/passwd"), "S11"),
    "another form": (HEAD.replace("tantam: 1", "tantam: 2"), "F31"),
    "not a number": (HEAD + "terms: {a: {number: 0.., default: nan}}\n", "“nan”"),
    "a number of 400 digits": (HEAD + "terms: {a: {number: 0..1" + "0" * 400 + "}}\n", "T52"),
    "a number of 5000 digits": (HEAD + "terms: {a: {number: any}, b: a * 1" + "0" * 5000 + "}\n", "T52"),
    "a number that takes for ever": (HEAD + "terms: {a: {number: 0.., default: 1e999999999}}\n", "1e999999999"),
    "a negative duration": (HEAD + "terms: {a: {duration: 0 days.., default: -3 days}}\n", "-3 days"),
    "a promise before it is made": (HEAD + "promises: |\n  promise => within\n  x | -5 min\n", "S15"),
    "a promise of ages": (HEAD + "promises: |\n  promise => within\n  x | 99999999999 days\n", "S15"),
    "a reminder without a pause": (HEAD + "promises: |\n  promise => within\n  x | every 0 min\n", "S15"),
    "a table without rows": (DECIDES + "      a => outcome\n", "T01"),
    "a table without a head": (DECIDES + "      yes | x\n", "must be a table"),
}
READABLE = {
    "one row": DECIDES + "      a => outcome\n      yes | x\n",
    "windows' line ends": HEAD.replace("\n", "\r\n"),
    "a byte order mark": "\ufeff" + HEAD,
}


class Run(Protocol):
    def __call__(self, name: str, *arguments: str | Path) -> tuple[int, str]: ...


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return what runs a command in this process; an exception that it lets through fails the test."""

    def run(name: str, *arguments: str | Path) -> tuple[int, str]:
        with pytest.raises(SystemExit) as ended:
            command(name)([*map(str, arguments)], prog_name=f"tantam {name}")
        said = capsys.readouterr()
        assert ended.value.code in (0, 1, 2)
        return int(ended.value.code), said.out + said.err

    return run


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return tmp_path / "plan.yaml"


@pytest.mark.parametrize("what", UNREADABLE)
def test_what_is_no_plan_ends_with_2_its_place_and_a_sentence(run: Run, what: str, plan: Path) -> None:
    text, said = UNREADABLE[what]
    plan.write_text(text, encoding="utf-8")
    for name, more in (("check", []), ("decide", ["p"]), ("test", [])):
        code, out = run(name, plan, *more)
        assert code == 2 and f"{plan}:" in out and said in out, (name, out[:400])


@pytest.mark.parametrize("what", READABLE)
def test_what_is_unusual_can_still_be_a_plan(run: Run, what: str, plan: Path) -> None:
    plan.write_text(READABLE[what], encoding="utf-8", newline="")
    assert run("check", plan)[0] in (0, 1)


@pytest.mark.parametrize("raw", [bytes(range(256)), "tantam: 1".encode("utf-16")])
def test_bytes_that_are_no_text_are_said_with_their_place(run: Run, raw: bytes, plan: Path) -> None:
    plan.write_bytes(raw)
    code, out = run("check", plan)
    assert code == 2 and "F03" in out


@pytest.mark.parametrize(
    ("begin", "ending"), [(b"PK\x03\x04", b"\x14\0"), (b"\xd0\xcf\x11\xe0", b""), (b"%PDF-1.7", b"\n")]
)
def test_a_document_of_an_office_is_called_by_its_name(run: Run, begin: bytes, ending: bytes, plan: Path) -> None:
    plan.write_bytes(begin + ending)
    code, out = run("check", plan)
    assert code == 2 and "F32" in out and "Word" in out


@pytest.mark.parametrize("written", ["Plan.yaml", "paln.yaml", "plan.yml"])
def test_a_name_that_was_written_wrong_is_told_the_right_one(run: Run, written: str, plan: Path) -> None:
    plan.write_text(HEAD, encoding="utf-8")
    for name, more in (("check", []), ("decide", ["p"]), ("test", [])):
        code, out = run(name, plan.with_name(written), *more)
        assert code == 2 and f"“{plan}”" in out, (name, out)


@pytest.mark.parametrize("name", ["", "nowhere.yaml", "two\nlines.yaml"])
def test_what_is_not_there_ends_with_2(run: Run, name: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert run("check", tmp_path / "empty" / name)[0] == 2


@pytest.mark.parametrize(
    "fact",
    [
        "price=1e999999999", "price=nan", "price=inf", "price=1/0", "price=-5", "price=" + "9" * 500, "price=[1]",
        "price=500000 USD", "owned=-3 days", "owned=2026-99-99", "owned=2199-01-01", "owned=" + "9" * 400 + " days",
        "owned=0001-01-01T00:00:00+14:00", "items=" + "[" * 2000, 'items=[{"price": NaN}]', "items=" + "1" * 5000,
        'items=[{"nam": "x"}]', "fault=OURS", "falt=ours", "fault", "=ours",
    ],
)  # fmt: skip
def test_a_bad_fact_ends_with_2_and_is_named(run: Run, fact: str) -> None:
    code, out = run("decide", SHOP, "exchange", fact)
    assert code == 2 and fact.split("=")[0] in out and len(out) < 400


def test_a_fact_given_twice_is_refused(run: Run) -> None:
    code, out = run("decide", SHOP, "exchange", "fault=ours", "fault=none")
    assert code == 2 and "twice" in out and "ours" in out and "none" in out


@pytest.mark.parametrize("moment", ["yesterday", "0001-01-01T00:00+14:00", "9999-12-31T23:59-14:00"])
def test_a_moment_out_of_all_reason_is_refused(run: Run, moment: str) -> None:
    code, out = run("decide", SHOP, "exchange", "--now", moment)
    assert code == 2 and moment in out


@pytest.mark.parametrize("name", ["check", "decide", "test"])
def test_a_language_that_is_not_spoken_is_refused(run: Run, name: str) -> None:
    code, out = run(name, SHOP, *(["exchange"] if name == "decide" else []), "--lang", "xx")
    assert code == 2 and "xx" in out and "vi, de, en" in out


CASES = {
    "nothing": ("", "F05"),
    "no list": ("cases: 5\n", "must be a list"),
    "no cases": ("cases: []\n", "There are no cases"),
    "no mapping": ("cases:\n  - 5\n", "cases.0"),
    "an unknown policy": ("cases:\n  - {policy: exchang, expect: x}\n", "exchange"),
    "no policy": ('cases:\n  - {policy: "", expect: x}\n', "policy"),
    "no expectation": ("cases:\n  - {policy: exchange}\n", "expect"),
    "facts that are none": ("cases:\n  - {policy: exchange, expect: x, facts: 7}\n", "cases.0.facts"),
    "a base that is none": ("base: {exchange: [1]}\ncases:\n  - {policy: exchange, expect: x}\n", "base.exchange"),
    "no moment": ("cases:\n  - {policy: exchange, expect: x, now: yesterday}\n", "cases.0.now"),
    "itself": ("cases: &a\n  - *a\n", "F13"),
}


@pytest.mark.parametrize("what", CASES)
def test_cases_that_cannot_be_read_end_with_2(run: Run, what: str, plan: Path) -> None:
    text, said = CASES[what]
    plan.write_text(text, encoding="utf-8")
    code, out = run("test", SHOP, "--cases", plan)
    assert code == 2 and said in out


def test_a_case_with_an_unknown_term_fails_alone(run: Run, plan: Path) -> None:
    plan.write_text("cases:\n  - {policy: exchange, expect: x, facts: {falt: ours}}\n", encoding="utf-8")
    code, out = run("test", SHOP, "--cases", plan)
    assert code == 1 and "falt" in out and "0 of 1" in out


def test_a_folder_of_cases_is_taken_as_its_case_files(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases.yaml").write_text("cases:\n  - {policy: advice, expect: none}\n", encoding="utf-8")
    assert run("test", SHOP, "--cases", tmp_path) == (0, "1 of 1 cases as expected.\n")
