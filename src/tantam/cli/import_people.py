"""`tantam import customers`, `purchases`, `contracts`, `units`, `deliveries`: what the page does, without a worker.

Exit 0 done, 2 unreadable, 130 stopped.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from tantam.cli import ready
from tantam.cli.ends import STOPPED, language, refused
from tantam.cli.findings import print_findings
from tantam.plan.errors import PlanUnreadable

if TYPE_CHECKING:
    from tantam.desk.imports.meaning.form import Mapping
    from tantam.desk.imports.models import Import
    from tantam.desk.imports.preview import Preview
    from tantam.desk.imports.reading.table import How

FIRST = 10  # rejected rows that are told


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line says. rows: of form.FIELDS. source, dates: "" unless said."""

    rows: str
    file: Path
    mapping: Path | None
    source: str = ""
    dates: str = ""
    rejects: Path | None = None
    dry: bool = False
    as_json: bool = False
    lang: str = ""


def take_in(asked: Asked) -> None:
    """Take a file in, or with `dry` only look at it. What a killed run left undone is gone on with."""
    lang = language(asked.lang)
    ready.set_up()
    from django.utils import translation

    with translation.override(lang):
        ready.prepare()
        _take_in(asked, lang)


def _take_in(asked: Asked, lang: str) -> None:
    from tantam.desk.common.errors import Refused
    from tantam.desk.imports.meaning.file_wrong import file_sentence
    from tantam.desk.imports.preview import preview, refuse_unclear
    from tantam.desk.imports.reading.table import Unreadable
    from tantam.desk.plans import NoPlan

    try:
        how, mapping = _meant(asked)
        found = preview(asked.file, how, mapping)
        refuse_unclear(found)
        if asked.dry:
            return _tell_preview(found, mapping, asked)
        held = _run(asked, how, mapping, found)
    except PlanUnreadable as problem:
        print_findings(problem.findings, lang, sys.stderr)
        raise typer.Exit(2) from problem
    except Unreadable as wrong:
        raise refused(f"{asked.file}: {file_sentence(wrong.code, wrong.said)}") from wrong
    except OSError as problem:
        raise refused(f"{asked.file}: {problem.strerror}") from problem
    except Refused as unclear:
        hint = " (--dates day|month)" if unclear.code == "import_dates" else ""
        raise refused(f"{unclear.sentence()}{hint}") from unclear
    except NoPlan as none:
        raise refused(Refused("no_plan").sentence()) from none
    _tell(held, asked)


def _meant(asked: Asked) -> tuple[How, Mapping]:
    """Return how the file is written and what its columns mean: as the mapping says, else as is seen."""
    from tantam.desk import plans
    from tantam.desk.imports.meaning.recognising import look, source_of, suggested
    from tantam.desk.imports.reading.sniffing import sniffed

    read = None
    if asked.mapping is not None:
        from tantam.cli.import_mapping import read as read_mapping

        read = read_mapping(asked.mapping, asked.rows)
    how = sniffed(asked.file, plans.in_force().languages[0])
    if read is not None:
        said = {name: value for name, value in read.file.model_dump().items() if value}
        how, mapping = replace(how, **said), read
    else:
        looked = look(asked.file, how)
        mapping = suggested(looked, asked.rows, asked.source or looked.form or source_of(asked.file.name))
    if asked.dates:
        formats = mapping.formats.model_copy(update={"dates": asked.dates})
        mapping = mapping.model_copy(update={"formats": formats})
    return how, mapping.model_copy(update={"source": asked.source}) if asked.source else mapping


def _run(asked: Asked, how: How, mapping: Mapping, found: Preview) -> Import:
    """Return the import at its end. Ends the command with STOPPED where somebody interrupts it."""
    from tantam.desk.imports.models import Import
    from tantam.desk.imports.running import begin, run

    held = _begun(asked, how, mapping, found)
    begun = begin(held.pk)
    assert begun is not None
    try:
        with _shown() as told:
            run(begun, asked.file, told)
    except KeyboardInterrupt:
        Import.objects.filter(pk=held.pk, state=Import.State.RUNNING).update(state=Import.State.STOPPED)
        raise typer.Exit(STOPPED) from None
    held.refresh_from_db()
    return held


def _begun(asked: Asked, how: How, mapping: Mapping, found: Preview) -> Import:
    """Return the import of this very file that was left in the middle, else a new one; it waits to be run."""
    from tantam.desk.common import clock
    from tantam.desk.imports.actions.keep_file import fingerprint
    from tantam.desk.imports.models import Import

    digest, plain = fingerprint(asked.file), mapping.plain()
    left = Import.objects.filter(
        fingerprint=digest, rows=mapping.rows, source=mapping.source, made_by=None, mapping=plain
    ).filter(state__in=(Import.State.RUNNING, Import.State.STOPPED, Import.State.WAITING))
    if (held := left.order_by("-id").first()) is not None:
        Import.objects.filter(pk=held.pk).update(state=Import.State.WAITING, attempts=0)
        return held
    return Import.objects.create(
        rows=mapping.rows,
        source=mapping.source,
        name=asked.file.name[:200],
        form=found.looked.form,
        kind=how.kind,
        how=asdict(how),
        mapping=plain,
        size=asked.file.stat().st_size,
        fingerprint=digest,
        state=Import.State.WAITING,
        made_at=clock.now(),
    )


def _tell(held: Import, asked: Asked) -> None:
    """Print what it came to; write the rows that were not taken where `--rejects` says."""
    from itertools import islice

    from tantam.desk.imports import store
    from tantam.desk.web import import_page, import_words

    if asked.rejects is not None:
        with asked.rejects.open("w", encoding="utf-8", newline="") as file:
            file.writelines(import_page.rejected_lines(held, _lang(asked), asked.file))
    if asked.as_json:
        names = ("new", "matched", "changed", "same", "rejected")
        print(json.dumps({"source": held.source, **{name: getattr(held, name) for name in names}}, indent=2))
        return
    print(f"{held.name}: " + ", ".join(words for _code, _count, words in import_words.came_to(held)))
    for wrong, _cells in islice(store.Rejected(held).read(), FIRST):
        print(f"  {wrong.row}: {import_page.reason(wrong.code, wrong.field, wrong.args)}")


def _tell_preview(found: Preview, mapping: Mapping, asked: Asked) -> None:
    """Print what the first rows would become."""
    from tantam.desk.web import import_page

    if asked.as_json:
        print(json.dumps({"source": mapping.source, "tried": found.tried, **found.counts}, indent=2))
        return
    shown: dict[str, Any] = import_page.preview_context(found)
    print(f"{asked.file.name} ({found.tried}): " + ", ".join(words for _code, _count, words in shown["counts"]))
    for row in shown["rows"]:
        print("  " + " · ".join(str(part) for part in (row["row"], row["becomes"], row["who"], row["why"]) if part))


def _lang(asked: Asked) -> str:
    return language(asked.lang)


@contextmanager
def _shown() -> Iterator[Callable[[float], None]]:
    """Yield what shows progress: a bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda share: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("", total=1.0)
        yield lambda share: progress.update(bar, completed=share)
