"""`tantam new`: the interview at a terminal, answers without questions, nothing overwritten, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tantam.cli import command
from tantam.cli.interview import Interview
from tantam.plan.start import next_question, taken


def run(capsys: pytest.CaptureFixture[str], name: str, *arguments: object) -> tuple[int, str, str]:
    try:
        code = command(name)([str(each) for each in arguments], standalone_mode=False) or 0
    except SystemExit as ended:
        code = int(ended.code or 0)
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def typing(monkeypatch: pytest.MonkeyPatch, *lines: str, then: type[BaseException] = EOFError) -> None:
    """Type these lines, then press Ctrl+D, or Ctrl+C."""
    rest: Iterator[str] = iter(lines)

    def read(_prompt: str) -> str:
        for line in rest:
            return line
        raise then

    monkeypatch.setattr("builtins.input", read)


def test_all_defaults_give_a_plan_that_checks_clean_and_passes(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "new", "pine", "--trade", "hotel", "--yes", "--lang", "de")
    assert code == 0
    assert "tantam check pine" in out
    assert "tantam enact pine && tantam serve" in out
    assert run(capsys, "check", "pine", "--lang", "de")[:2] == (0, "pine: nichts zu verbessern\n")
    assert run(capsys, "test", "pine")[1] == "77 of 77 cases as expected.\n"


def test_enter_takes_every_default_but_the_name(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    typing(monkeypatch, "", "Tiệm Bà Sáu", *[""] * 30)
    code, out, _ = run(capsys, "new", "--lang", "vi")
    assert code == 0
    assert (tmp_path / "tiem-ba-sau" / "plan.yaml").is_file()
    assert "[Cửa hàng, bán lẻ]" not in out  # the prompt is not printed twice
    assert 'name: "Tiệm Bà Sáu"' in (tmp_path / "tiem-ba-sau" / "plan.yaml").read_text(encoding="utf-8")


def test_the_interview_at_the_terminal_asks_what_the_data_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    interview = Interview({"trade": "telecom"}, {}, "en")
    asked: list[str] = []

    def read(_prompt: str) -> str:
        question = interview.next()
        assert question is not None
        assert question == next_question(interview.answers())
        asked.append(question.key)
        return "" if question.default is not None else "Wire"

    answers = interview.run(read)
    assert next_question(answers) is None
    assert 17 <= len(asked) <= 24
    assert answers == taken(dict(answers)).answers


def test_a_question_mark_explains_and_an_arrow_goes_back(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    typing(monkeypatch, "?", "<", "hotel", "Pine", "<", "<", "software")
    _, out, err = run(capsys, "new", "--lang", "en")
    assert "Take the nearest one" in out
    assert "This is the first question." in out
    assert out.count("What is its name?") == 3
    assert 'trade: "software"' in Path("tantam-answers.yaml").read_text(encoding="utf-8")
    assert "Pine" not in Path("tantam-answers.yaml").read_text(encoding="utf-8")
    assert "tantam new --answers tantam-answers.yaml" in err


def test_wrong_input_says_what_is_allowed_and_asks_again(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    typing(monkeypatch, "hotell", "hotel", "Pine", "DE", "", "", "1.000", "12")
    _, out, _ = run(capsys, "new", "--lang", "de")
    assert "Meinten Sie hotel?" in out
    assert "Erlaubt ist 1 bis 5.000" in out
    assert "size: 12" in Path("tantam-answers.yaml").read_text(encoding="utf-8")


def test_ctrl_c_keeps_the_answers_and_they_go_on(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("tantam-answers.yaml").write_text("mine\n", encoding="utf-8")
    typing(monkeypatch, "hotel", "Pine", then=KeyboardInterrupt)
    code, _, err = run(capsys, "new", "--lang", "en")
    assert code == 130
    assert Path("tantam-answers.yaml").read_text(encoding="utf-8") == "mine\n"
    assert "tantam new --answers tantam-answers1.yaml" in err
    assert run(capsys, "new", "--answers", "tantam-answers1.yaml", "--yes", "--lang", "en")[0] == 0
    assert "saver_no_refund" in Path("pine/texts.en.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("there", ["file", "folder"])
def test_what_is_there_already_is_never_touched(there: str, capsys: pytest.CaptureFixture[str]) -> None:
    kept = Path("pine")
    if there == "folder":
        kept.mkdir()
        kept /= "plan.yaml"
    kept.write_text("mine\n", encoding="utf-8")
    code, out, err = run(capsys, "new", "pine", "--yes", "--lang", "en")
    assert (code, out) == (2, "")
    assert err == "pine is there already, and stays as it is. Name another folder: tantam new FOLDER.\n"
    assert kept.read_text(encoding="utf-8") == "mine\n"


def test_a_folder_that_turns_out_to_be_there_loses_no_answers(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("pine").mkdir()
    Path("pine/mine").write_text("mine\n", encoding="utf-8")
    typing(monkeypatch, "hotel", "Pine", *[""] * 30)
    code, _, err = run(capsys, "new", "--lang", "en")
    assert code == 2
    assert "tantam new --answers tantam-answers.yaml" in err
    assert [each.name for each in Path("pine").iterdir()] == ["mine"]
    assert run(capsys, "new", "other", "--answers", "tantam-answers.yaml", "--yes", "--lang", "en")[0] == 0


def test_an_empty_folder_is_filled(capsys: pytest.CaptureFixture[str]) -> None:
    Path("pine").mkdir()
    assert run(capsys, "new", "pine", "--yes", "--lang", "en")[0] == 0
    assert Path("pine/plan.yaml").is_file()


def test_all_wrong_answers_are_told_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(
        capsys, "new", "pine", "--yes", "--lang", "en", "--set", "size=many", "--set", "sise=3", "--set", "country=XX"
    )
    assert (code, out) == (2, "")
    assert "size: 'many' is no whole number. Allowed is 1 to 5,000" in err
    assert "There is no question “sise”. Did you mean size?" in err
    assert "country: 'XX' is none of these." in err
    assert not Path("pine").exists()


def test_without_a_folder_and_a_name_the_name_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "new", "--yes", "--lang", "en")
    assert (code, err) == (2, "name: An answer is needed here.\n")


@pytest.mark.parametrize(
    "text",
    ["", "- a\n", "a: {b: c}\n", "a: &x [*x]\n", "\x00", "key: [\n", "a: b\n" * 40_000, "x: " + "[" * 5_000],
    ids=["empty", "list", "nested", "itself", "nul", "open", "huge", "deep"],
)
def test_a_file_that_holds_no_answers_is_refused_in_a_sentence(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("answers.yaml").write_text(text, encoding="utf-8")
    code, out, err = run(capsys, "new", "pine", "--answers", "answers.yaml", "--yes", "--lang", "en")
    assert (code, out) == (2, "")
    assert err.startswith("answers.yaml holds no answers: ")
    assert err.count("\n") == 1


def test_an_option_without_an_equals_sign_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "new", "pine", "--yes", "--lang", "en", "--set", "size")[0] == 2


def test_a_place_where_nobody_may_write_loses_no_answers(capsys: pytest.CaptureFixture[str]) -> None:
    Path("file").write_text("", encoding="utf-8")
    code, _, err = run(capsys, "new", "file/pine", "--yes", "--lang", "en")
    assert code == 2
    assert "file/pine cannot be written" in err
    assert Path("tantam-answers.yaml").is_file()


def test_an_arrow_back_shows_the_answer_that_was_given() -> None:
    interview = Interview({"trade": "hotel"}, {}, "en")
    lines, prompts = iter(["Pine", "<"]), []

    def read(prompt: str) -> str:
        prompts.append(prompt)
        for line in lines:
            return line
        raise EOFError

    with pytest.raises(EOFError):
        interview.run(read)
    assert prompts[-1] == "[Pine] > "
