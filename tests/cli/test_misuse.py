"""Wrong arguments are told of in the terminal's language, with what would have been right, and end with 2."""

from __future__ import annotations

import pytest
import typer

from tantam.cli import USAGE, command, misuse

WRONG: dict[str, tuple[list[str], dict[str, str]]] = {
    "missing": (
        ["decide"],
        {"en": "tantam decide: plan is missing.", "vi": "tantam decide: thiếu plan.", "de": "plan fehlt."},
    ),
    "unknown option": (
        ["decide", "--lan"],
        {"en": "no option --lan. Did you mean --lang?", "vi": "ý là --lang?", "de": "Meinten Sie --lang?"},
    ),
    "option of nothing like it": (
        ["schema", "--zzzzzz"],
        {"en": "no option --zzzzzz. `tantam schema --help`", "vi": "--zzzzzz. `", "de": "--zzzzzz nicht. `"},
    ),
    "no value": (["decide", "a", "b", "--lang"], {"en": "--lang wants", "vi": "Sau --lang", "de": "Nach --lang"}),
    "no number": (
        ["serve", "--port", "abc"],
        {
            "en": "“abc” does not fit. Allowed: a whole number from 1 to 65535.",
            "vi": "từ 1 đến 65535",
            "de": "„abc“ passt",
        },
    ),
    "too large": (["serve", "--port", "70000"], {"en": "“70000”", "vi": "“70000”", "de": "von 1 bis 65535"}),
    "none of these": (
        ["check", "--format", "xx", "p"],
        {"en": "“xx” does not fit. Allowed: text, json, sarif, github.", "vi": "text, json", "de": "Erlaubt: text,"},
    ),
    "too many": (["schema", "x", "y"], {"en": "no place for “x y”", "vi": "“x y” là thừa", "de": "„x y“ ist zu viel"}),
    "no such part": (["receive", "mial"], {"en": "mean “mail”?", "vi": "ý là “mail”?", "de": "Meinten Sie „mail“?"}),
}


@pytest.mark.parametrize("lang", ["en", "vi", "de"])
@pytest.mark.parametrize("what", WRONG)
def test_what_was_wrong_is_said_in_the_terminal_s_language(
    what: str, lang: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LC_ALL", f"{lang}_XX.UTF-8")
    arguments, said = WRONG[what]
    name = f"tantam {arguments[0]}"
    with pytest.raises(SystemExit) as ended:
        misuse.call(command(arguments[0]), arguments[1:], name)
    told = capsys.readouterr()
    assert (ended.value.code, told.out) == (USAGE, "")
    assert said[lang] in told.err and f"`{name} --help`" in told.err and told.err.count("\n") == 1


@pytest.mark.parametrize(("ends", "code"), [(typer.Exit(1), 1), (typer.Exit(0), 0), (None, 0), (typer.Abort(), 1)])
def test_a_command_s_own_end_stays_its_end(ends: BaseException | None, code: int) -> None:
    app = typer.Typer(add_completion=False)

    @app.command()
    def run() -> None:
        if ends is not None:
            raise ends

    with pytest.raises(SystemExit) as ended:
        misuse.call(typer.main.get_command(app), [], "run")
    assert ended.value.code == code
