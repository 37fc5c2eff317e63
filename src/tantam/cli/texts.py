"""`tantam texts`: a plan's texts to translators and back. Exit 0 all done, 1 some left out, 2 unreadable."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Protocol

import typer

from tantam.cli.ends import UNREADABLE, brought_by, language, refused, stop
from tantam.cli.findings import print_findings
from tantam.plan.errors import Finding, NotEditable, PlanUnreadable, UnknownName
from tantam.plan.files import Source, gather, open_sources
from tantam.plan.files.archive import Archived, Row, Text, brought, rows, texts_of
from tantam.plan.files.merge import own_sources
from tantam.plan.files.nodes import Items, Mapping, Scalar, at
from tantam.plan.files.sources import encoded, too_large
from tantam.plan.words import say

LEFT_OUT = 1
LARGEST = 20_000_000  # bytes of an archive
PO, XLSX = ".po", ".xlsx"


@dataclass(frozen=True, slots=True)
class _Job:
    """What is worked on. own: the company's language; into: those to translate into."""

    sources: tuple[Source, ...]
    texts: dict[str, Text]
    own: str
    into: tuple[str, ...]
    file: Path
    lang: str


class _Format(Protocol):
    """A module that writes archives of one kind, and reads them."""

    def written(self, rows: Sequence[Row], languages: Sequence[str]) -> bytes: ...

    def read(self, name: str, raw: bytes, own: str) -> tuple[list[Archived], list[Finding]]: ...


def texts(
    plan: Annotated[Path, typer.Argument(help="A plan's file or folder.")],
    to: Annotated[Path | None, typer.Option("--to", help="Write the texts to this FILE.xlsx or FILE.po.")] = None,
    from_: Annotated[Path | None, typer.Option("--from", help="Bring the translations of this file back.")] = None,
    into: Annotated[str, typer.Option("--lang", help="Only this language of the plan; a .po has one.")] = "",
) -> None:
    """Take a plan's texts to translators, as a spreadsheet or a gettext file, and bring the translations back."""
    lang = language("")
    file = to or from_
    if file is None or (to and from_) or file.suffix.casefold() not in (PO, XLSX):
        raise refused(say("TEXTS_usage", lang))
    job = _job(plan, file, into, lang)
    try:
        if to:
            _export(job)
        else:
            _import(job)
    except PlanUnreadable as unreadable:
        print_findings(unreadable.findings, lang, sys.stderr)
        raise typer.Exit(UNREADABLE) from unreadable
    except NotEditable as problem:
        raise stop(problem, lang) from problem
    except OSError as problem:
        raise refused(f"{problem.filename or file}: {problem.strerror or problem}") from problem


def _job(plan: Path, file: Path, into: str, lang: str) -> _Job:
    """Return what to do, if the plan's files can be read and the language is one of the plan's."""
    try:
        sources, unopened = open_sources(plan)
        gathered = gather(sources, unopened)
        if gathered.findings:
            raise PlanUnreadable(gathered.findings)
    except PlanUnreadable as unreadable:
        print_findings(unreadable.findings, lang, sys.stderr)
        raise typer.Exit(UNREADABLE) from unreadable
    languages = _languages(gathered.root)
    if into and into not in languages:
        raise stop(UnknownName("language", into, languages), lang)
    own = own_sources(sources)
    wanted = (into,) if into else tuple(each for each in languages if each != languages[0])
    if file.suffix.casefold() == PO and len(wanted) != 1:
        raise refused(say("TEXTS_one", lang, languages=", ".join(wanted) or "–"))
    return _Job(own, texts_of(own, languages), languages[0], wanted, file, lang)


def _languages(root: Mapping) -> tuple[str, ...]:
    match at(root, ["company", "languages"]):
        case Items(nodes=nodes):
            found = tuple(each.text for each in nodes if isinstance(each, Scalar))
        case Scalar(text=text):
            found = tuple(each.strip() for each in text.split(",") if each.strip())
        case _:
            found = ()
    return found or ("en",)


def _export(job: _Job) -> None:
    earlier, _ = _read(job) if job.file.is_file() else ([], [])
    known = {each.clause: each for each in earlier}
    columns = job.into if job.into == (job.own,) else (job.own, *job.into)
    found = rows(job.texts, job.own, columns, known)
    content = _format(job).written(found, columns)
    if not (job.file.is_file() and _as_it_is(job, content, earlier)):
        job.file.write_bytes(content)
    missing = sum(not cell.words for row in found for cell in row.cells.values())
    stale = sum(cell.stale for row in found for cell in row.cells.values())
    print(say("TEXTS_out", job.lang, file=job.file, count=len(found), missing=missing, stale=stale))


def _as_it_is(job: _Job, content: bytes, earlier: Sequence[Archived]) -> bool:
    """Return whether the file already says the same; a workbook written again would still be another file."""
    then, _ = _format(job).read(str(job.file), content, job.own)
    return [_said(each) for each in then] == [_said(each) for each in earlier]


def _said(row: Archived) -> tuple[Any, ...]:
    return row.clause, row.words, {language: (cell.words, cell.stale) for language, (cell, _) in row.into.items()}


def _import(job: _Job) -> None:
    archive, wrong = _read(job)
    kept = [Archived(each.clause, each.words, _wanted(job, each), each.doubtful) for each in archive]
    result = brought(job.sources, job.texts, job.own, kept)
    files = {each.name: each for each in job.sources}
    for source in result.sources:
        file = Path(source.name)
        before = file.read_bytes() if source.name in files else b""
        file.write_bytes(encoded(source.text, before))
        print(source.name)
    findings = (*wrong, *result.findings)
    if findings:
        print_findings(findings, job.lang, sys.stderr)
    print(say("TEXTS_in", job.lang, count=result.taken, left=len(findings)))
    raise typer.Exit(LEFT_OUT if findings else 0)


def _wanted(job: _Job, row: Archived) -> dict[str, Any]:
    """Return a row's translations into the languages asked for, and what they are translated from."""
    text = job.texts.get(row.clause)
    source = text.source(job.own)[0] if text else job.own
    return {name: cell for name, cell in row.into.items() if name in (*job.into, source, job.own)}


def _read(job: _Job) -> tuple[list[Archived], list[Finding]]:
    """Return what the archive says. Raises PlanUnreadable, OSError."""
    name = str(job.file)
    if job.file.stat().st_size > LARGEST:
        raise PlanUnreadable([too_large(name, LARGEST)])
    return _format(job).read(name, job.file.read_bytes(), job.own)


def _format(job: _Job) -> _Format:
    """Return the module that reads and writes such files; its packages come with an extra."""
    with brought_by("translate", job.lang):
        if job.file.suffix.casefold() == XLSX:
            from tantam.plan.files.archive import xlsx

            return xlsx
        from tantam.plan.files.archive import po

        return po
