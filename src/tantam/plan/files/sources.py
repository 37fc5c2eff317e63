"""The texts of a plan's files, as they lie on the disk: a missing or unreadable file is a finding, never a crash."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tantam.plan.errors import Finding, Place, PlanUnreadable, Severity

ENDINGS = (".yaml", ".yml")
LARGEST = 4_000_000  # bytes a file; a plan of a hundred policies has some 200,000


@dataclass(frozen=True, slots=True)
class Source:
    """One file: its name as findings show it, and its text."""

    name: str
    text: str


def read_sources(path: Path | str) -> tuple[Source, ...]:
    """Return the sources of a plan: one file, or every YAML file of a folder, in the order of their names.

    A folder's files whose names begin with `cases` or `.` belong to its tests and are left out.
    Raises PlanUnreadable.
    """
    sources, findings = open_sources(path)
    if findings:
        raise PlanUnreadable(findings)
    return sources


def open_sources(path: Path | str) -> tuple[tuple[Source, ...], tuple[Finding, ...]]:
    """Return the sources that can be opened and, for each file that cannot, the finding that says why.

    Raises PlanUnreadable if there is no file at all.
    """
    path = Path(path)
    if path.is_dir():
        files = _plan_files(path)
    elif path.is_file():
        files = [path]
    else:
        raise PlanUnreadable([trouble("F01", str(path))])
    found = [_read(each) for each in files]
    findings = tuple(each for each in found if isinstance(each, Finding))
    return tuple(each for each in found if isinstance(each, Source)), findings


def belongs(name: str) -> bool:
    """Return whether a file of this name in a plan's folder is part of the plan: YAML, and none of its tests."""
    return name.endswith(ENDINGS) and not name.startswith(("cases", "."))


def decoded(name: str, raw: bytes) -> Source | Finding:
    """Return the bytes of a file as a source, or the finding that says why they are none."""
    if len(raw) > LARGEST:
        return trouble("F14", name, most=LARGEST)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw.count(b"\n", 0, problem.start) + 1
        column = problem.start - (raw.rfind(b"\n", 0, problem.start) + 1) + 1
        return trouble("F03", name, line, column, byte=f"{raw[problem.start]:#04x}")
    return Source(name, text.replace("\r\n", "\n").replace("\r", "\n"))


def trouble(code: str, file: str, line: int = 1, column: int = 1, /, **args: object) -> Finding:
    """Return an error finding about a file."""
    return Finding(code, Severity.ERROR, Place(file, line, column), args={"file": file, **args})


def _plan_files(folder: Path) -> list[Path]:
    files = sorted(each for each in folder.iterdir() if each.is_file() and belongs(each.name))
    if not files:
        raise PlanUnreadable([trouble("F04", str(folder))])
    return files


def _read(file: Path) -> Source | Finding:
    name = str(file)
    try:
        raw = file.read_bytes()
    except OSError as problem:
        return trouble("F02", name, problem=problem.strerror or type(problem).__name__)
    return decoded(name, raw)
