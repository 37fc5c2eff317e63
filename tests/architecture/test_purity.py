"""The plan knows no clock, no environment and no disk but its files; the desk knows one clock."""

from __future__ import annotations

import ast

from tests.support.sources import Module, modules

CLOCKS = (
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "timezone.now",
    "timezone.localdate",
    "timezone.localtime",
)
# With an instant given they only convert it.
CONVERTS = ("localdate", "localtime")
THE_CLOCK = "src/tantam/desk/common/clock.py"
READS_FILES = ("src/tantam/plan/files/", "src/tantam/plan/words/", "src/tantam/plan/publish/")


def test_plan_and_history_know_no_clock() -> None:
    assert not _called(("src/tantam/plan", "src/tantam/history"), CLOCKS)


def test_desk_knows_one_clock() -> None:
    assert not [each for each in _called(("src/tantam/desk",), CLOCKS) if not each.startswith(THE_CLOCK)]


def test_models_take_no_clock_as_default() -> None:
    defaults = [
        f"{module.path}:{keyword.value.lineno}"
        for module in modules("src/tantam/desk")
        for _, call in module.calls()
        for keyword in call.keywords
        if keyword.arg in ("auto_now", "auto_now_add")
    ]
    assert not defaults


def test_plan_knows_no_environment() -> None:
    read = [
        f"{module.path}:{node.lineno}"
        for module in modules("src/tantam/plan")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
    ]
    assert not read


def test_plan_reads_files_only_in_its_own_rooms_for_it() -> None:
    reads = ("open", "Path")
    found = [each for each in _called(("src/tantam/plan",), reads) if not each.startswith(READS_FILES)]
    assert not found


def _called(folders: tuple[str, ...], names: tuple[str, ...]) -> list[str]:
    """Return file:line of every call of one of `names`, also behind a module (`datetime.datetime.now`)."""
    return [
        f"{module.path}:{call.lineno} {name}"
        for module in modules(*folders)
        for name, call in module.calls()
        if _is_one_of(name, names) and not (name.endswith(CONVERTS) and call.args)
    ]


def _is_one_of(called: str, names: tuple[str, ...]) -> bool:
    return any(called == name or called.endswith("." + name) for name in names)


def test_the_reader_sees_a_forbidden_call() -> None:
    names = [name for name, _ in Module("x.py", "import datetime\nx = datetime.datetime.now()\n").calls()]
    assert any(_is_one_of(name, CLOCKS) for name in names)
