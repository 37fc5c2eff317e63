"""The howtos do what they say: their files are written, their commands are run, what they show is compared."""

from __future__ import annotations

import contextlib
import doctest
import io
import re
import shlex
import shutil
import sys
from pathlib import Path

import pytest

from tantam.cli import main

HOME = Path(__file__).parents[2]
HOWTOS = HOME / "docs" / "howto"
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HASH = re.compile(r"\b[0-9a-f]{12}\b")
NEEDS_MORE = (
    "pip",
    "tantam enact",
    "tantam publish",
)  # an installation of its own; a desk; minutes, and a test of its own
REDIRECTED = re.compile(r" > (\S+)$")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder beside whose `plans` is the example company, in which the commands run."""
    shutil.copytree(HOME / "plans" / "ben-xuan", tmp_path / "plans" / "ben-xuan")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", ["change-a-rule", "decide-in-a-database", "use-in-an-editor"])
def test_a_howto_is_followed_as_written(name: str, folder: Path) -> None:
    for kind, text in blocks(name):
        first, _, rest = text.partition("\n")
        if kind in ("yaml", "csv") and re.fullmatch(r"# \S+\.(yaml|csv)", first):
            write(folder / first.removeprefix("# "), rest)
        if kind == "console":
            for command, shown in commands(text):
                stands(command, shown, run(folder, command))


def test_the_draft_of_the_howto_is_compared_as_it_says(folder: Path) -> None:
    shutil.copytree(folder / "plans" / "ben-xuan", folder / "draft")
    for file, before, after in (
        ("policies.yaml", "<= 365 days", "<= 730 days"),
        ("plan.yaml", "refund: 500_000 VND", "refund: 1_000_000 VND"),
    ):
        plan = folder / "draft" / file
        text = plan.read_text(encoding="utf-8")
        assert before in text, f"{file} no longer says {before}"
        plan.write_text(text.replace(before, after, 1), encoding="utf-8")
    for kind, text in blocks("compare-two-plans"):
        if kind == "console":
            for command, shown in commands(text):
                stands(command, shown, run(folder, command))


def test_a_plan_is_started_as_the_howto_says(folder: Path) -> None:
    (plain, without, *_) = (text for kind, text in blocks("start-a-plan") if not kind)
    (answers,) = (text for kind, text in blocks("start-a-plan") if kind == "yaml")
    write(folder / "answers.yaml", answers)
    assert plain.strip() == "tantam new"
    for command in without.splitlines():
        run(folder, command.partition("#")[0].strip())
        run(folder, "tantam check pine")
        shutil.rmtree(folder / "pine")


def test_examples_of_a_program_say_what_they_show() -> None:
    for page in HOWTOS.glob("*.md"):
        for kind, text in blocks(page.stem):
            if kind == "python" and text.startswith(">>>"):
                example = doctest.DocTestParser().get_doctest(text, {}, page.name, str(page), 0)
                assert not doctest.DocTestRunner().run(example).failed


def test_orders_are_decided_where_they_lie(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    duckdb = pytest.importorskip("duckdb")
    (_, view, *_) = (text for kind, text in blocks("decide-in-a-database") if kind == "sql")
    (program, *_) = (text for kind, text in blocks("decide-in-a-database") if kind == "python")
    with duckdb.connect("shop.duckdb") as base:
        base.sql("CREATE TABLE orders AS SELECT 1 order_id, 'ours' reported_fault, CURRENT_DATE - 12 AS bought_on")
        base.sql(view)
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:/usr/bin:/bin")
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(program, "decide-in-a-database.md", "exec"), {})  # noqa: S102 - our own page
    assert "replace" in said.getvalue()


def blocks(name: str) -> list[tuple[str, str]]:
    """Return the blocks of a howto, (language, text)."""
    return BLOCK.findall((HOWTOS / f"{name}.md").read_text(encoding="utf-8"))


def commands(text: str) -> list[tuple[str, str]]:
    """Return each command that can be run here with what is shown of its answer."""
    steps = [step.partition("\n") for step in ("\n" + text).split("\n$ ")[1:]]
    return [(command, shown) for command, _, shown in steps if not command.startswith(NEEDS_MORE)]


def write(file: Path, text: str) -> None:
    """Write the file; what comes for one that is there is added to it."""
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    file.write_text(before + text, encoding="utf-8")


def run(folder: Path, command: str) -> str:
    """Run `tantam …` in the folder; return what it says, or "" for what went into a file."""
    redirected = REDIRECTED.search(command)
    said = io.StringIO()
    before, sys.argv = sys.argv, shlex.split(REDIRECTED.sub("", command))
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said), pytest.raises(SystemExit) as ended:
            main()
    finally:
        sys.argv = before
    assert ended.value.code in (0, 1, 2), command
    if not redirected:
        return said.getvalue()
    assert not ended.value.code, said.getvalue()
    (folder / redirected[1]).write_text(said.getvalue(), encoding="utf-8")
    return ""


def stands(command: str, shown: str, said: str) -> None:
    """Each line that a page shows stands in what was said, in its order; `…` leaves out lines, or the rest of one."""
    rest = HASH.sub("#", said)
    for line in filter(None, shown.splitlines()):
        words = HASH.sub("#", line).removesuffix("…").rstrip()
        assert words in rest, f"{command}\n{words}\n\n{said}"
        rest = rest[rest.index(words) + len(words) :]
    if not shown.strip():
        assert "rror" not in said.partition("\n")[0], f"{command}\n{said}"
