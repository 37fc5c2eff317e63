"""A small log of a help desk in every form that can be imported, with the plan and the mapping that read it."""

from __future__ import annotations

import csv
import gzip
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import quoteattr

import duckdb
import openpyxl

from tantam.history.imports.mapping import read_mapping
from tantam.history.imports.run import Imported, import_history

PLAN = """\
tantam: 1
company: {name: Works, languages: [en], timezone: Europe/Lisbon, currency: EUR}
mission: We help.
channels: {phone: {}, mail: {}}
levels:
  desk: {handles: [minor, normal], escalates_to: expert}
  expert: {handles: [urgent]}
terms:
  severity: {one_of: [minor, normal, urgent], from: case.severity}
  topic: {one_of: [printer, network], from: case.topic}
  impact: {one_of: [low, high], ask: How many?}
  on_site: {yes_no: any}
  price: {money: 0..}
  people: {number: 1..}
  owned: {duration: 0 days.., since: purchase.handed_over}
  dear: price > 100 EUR
groups:
  crowd: {when: impact = high}
  owners: {when: owned > 10 days}
hours: {office: {mon-fri: "09:00-17:00"}}
promises:
  clock: office
  table: |
    promise | severity => within
    resolve | -        => 8 h
"""
COLUMNS = (
    *("number", "state", "updated", "version", "opened", "reopened", "moved", "team", "owner", "by", "caller"),
    *("way", "about", "priority", "impact", "visit", "cost", "staff", "bought", "in_time"),
)
MAPPING = """\
mapping: 1
source: works
plan: plan.yaml
zone: Europe/Lisbon
case: number
instant: updated
order: version
missing: ["", "?"]
formats: {instant: "%d/%m/%Y %H:%M", decimal: ",", yes: [yes, true, "1"], no: [no, false, "0"]}
reject:
  - {column: state, values: "-100", because: no state at all}
drop:
  - {column: state, values: Test}
events:
  opened: {at: opened}
  asked: {column: state, values: Waiting}
  resolved: {column: state, values: [Done, Closed]}
  reopened: {rises: reopened}
  handed_over: {rises: moved}
  escalated: {column: priority, values: ["1"], reason: authority}
promises:
  resolve: {kept: in_time, clock: office}
head:
  customer: {column: caller}
  person: {column: by}
  owner: {column: owner}
  level: {column: team, values: {A: desk, B: expert}, otherwise: unknown}
  channel: {column: way, values: {Call: phone, Letter: mail}, otherwise: unknown}
  topic: {column: about}
  stage: {constant: after}
  severity: {column: priority, values: {"1": urgent, "2": normal, "3": minor}, row: last}
  language: {constant: en}
  groups: {by: plan}
  purchase: unknown
facts:
  impact: {column: impact}
  on_site: {column: visit}
  price: {column: cost, unit: EUR}
  people: unknown
  owned: {column: bought}
"""
# Three cases: 7 is asked, answered, settled, reopened and settled again; 8 is handed on; 9 stays open.
ROWS = """\
7|New|01/06/2020 09:00|0|01/06/2020 08:55|0|0|A|?|u1|anna|Call|printer|2|high|yes|1.200,50|3|01/01/2020 00:00|yes
7|Waiting|01/06/2020 09:30|1|01/06/2020 08:55|0|0|A|kim|u1|anna|Call|printer|2|high|yes|1.200,50|3|01/01/2020 00:00|yes
7|Active|02/06/2020 10:00|2|01/06/2020 08:55|0|0|A|kim|u2|anna|Call|printer|2|high|yes|1.200,50|3|01/01/2020 00:00|yes
7|Done|02/06/2020 11:00|3|01/06/2020 08:55|0|0|A|kim|u1|anna|Call|printer|2|high|yes|1.200,50|3|01/01/2020 00:00|yes
7|Active|03/06/2020 08:00|4|01/06/2020 08:55|1|0|A|kim|u2|anna|Call|printer|3|high|yes|1.200,50|3|01/01/2020 00:00|yes
7|Closed|03/06/2020 09:00|5|01/06/2020 08:55|1|0|A|kim|u1|anna|Call|printer|3|high|yes|1.200,50|3|01/01/2020 00:00|no
8|New|05/01/2020 09:00|0|05/01/2020 09:00|0|0|A|?|u1|ben|Letter|network|2|low|no|5|1|?|yes
8|Active|05/01/2020 09:05|1|05/01/2020 09:00|0|2|B|lee|u1|ben|Letter|network|1|low|no|5|1|?|yes
8|Done|05/01/2020 10:00|2|05/01/2020 09:00|0|2|B|lee|u3|ben|Letter|network|1|low|no|5|1|?|yes
9|New|06/01/2020 09:00|0|06/01/2020 09:00|0|0|?|?|u1|cleo|Fax|network|3|?|?|?|?|?|?
"""


def rows() -> list[list[str]]:
    """Return the log's rows."""
    return [line.split("|") for line in ROWS.splitlines()]


def write_csv(path: Path, lines: list[list[str]] | None = None, *, delimiter: str = ",") -> Path:
    """Write rows with the log's columns as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(COLUMNS)
        writer.writerows(rows() if lines is None else lines)
    return path


def as_gz(folder: Path) -> Path:
    """Write the log as .csv.gz."""
    path = folder / "log.csv.gz"
    path.write_bytes(gzip.compress(write_csv(folder / "plain.csv").read_bytes()))
    return path


def as_zip(folder: Path) -> Path:
    """Write the log as a .zip with one CSV."""
    path = folder / "log.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(write_csv(folder / "plain.csv"), "deep/log.csv")
    return path


def as_xlsx(folder: Path) -> Path:
    """Write the log as a workbook, with real dates and whole numbers."""
    path = folder / "log.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(COLUMNS)
    for row in rows():
        sheet.append([_typed(each) for each in row])
    book.save(path)
    return path


def as_parquet(folder: Path) -> Path:
    """Write the log as Parquet, with real timestamps and truth values."""
    path = folder / "log.parquet"
    stamps = "updated, opened, bought"
    replaced = ", ".join(f"try_strptime({each}, '%d/%m/%Y %H:%M') AS {each}" for each in stamps.split(", "))
    plain = write_csv(folder / "plain.csv")
    source = f"read_csv('{plain}', all_varchar=true, header=true)"
    duckdb.sql(f"COPY (SELECT * REPLACE ({replaced}) FROM {source}) TO '{path}' (FORMAT parquet)")
    return path


def as_xes(folder: Path, *, packed: bool = False) -> Path:
    """Write the log as XES: what a case has stands on its trace."""
    text = ['<?xml version="1.0"?><log xmlns="http://www.xes-standard.org/">']
    traces: dict[str, list[list[str]]] = {}
    for row in rows():
        traces.setdefault(row[0], []).append(row)
    for number, events in traces.items():
        text.append(f'<trace><string key="number" value="{number}"/><string key="caller" value="{events[0][10]}"/>')
        for row in events:
            cells = [pair for pair in zip(COLUMNS, row, strict=True) if pair[0] not in ("number", "caller")]
            text.append("<event>" + "".join(map(_attribute, cells)) + "</event>")
        text.append("</trace>")
    document = "".join([*text, "</log>"]).encode()
    path = folder / ("log.xes.gz" if packed else "log.xes")
    path.write_bytes(gzip.compress(document) if packed else document)
    return path


FORMS: dict[str, Callable[[Path], Path]] = {
    "csv": lambda folder: write_csv(folder / "log.csv"),
    "gz": as_gz,
    "zip": as_zip,
    "xlsx": as_xlsx,
    "parquet": as_parquet,
    "xes": as_xes,
    "xes.gz": lambda folder: as_xes(folder, packed=True),
}


def write_mapping(folder: Path, *changes: tuple[str, str]) -> Path:
    """Write the plan and its mapping with some texts replaced; return the mapping's file."""
    (folder / "plan.yaml").write_text(PLAN, encoding="utf-8")
    text = MAPPING
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    path = folder / "map.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def imported(file: Path, mapping: Path, to: Path) -> Imported:
    """Import a log without a word."""
    return import_history(file, read_mapping(mapping), to, told=lambda step, share: None)


def events(to: Path, select: str = "*") -> list[tuple[object, ...]]:
    """Return the imported events by id."""
    return duckdb.sql(f"SELECT {select} FROM '{to}/events/*/*.parquet' ORDER BY id").fetchall()


def _typed(text: str) -> object:
    if text.isdecimal():
        return int(text)
    if text == "?":
        return None
    return datetime.strptime(text, "%d/%m/%Y %H:%M") if "/" in text else text  # noqa: DTZ007 - its zone is the log's


def _attribute(cell: tuple[str, str]) -> str:
    key, text = cell
    if text == "?":
        return ""
    if "/" in text:
        return f'<date key={quoteattr(key)} value="{datetime.strptime(text, "%d/%m/%Y %H:%M").isoformat()}"/>'  # noqa: DTZ007
    return f"<string key={quoteattr(key)} value={quoteattr(text)}/>"
