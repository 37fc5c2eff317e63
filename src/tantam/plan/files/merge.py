"""Several files to one document: merged by their top-level keys, texts of one language a file put in their places."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import PurePath

from tantam.plan.errors import Finding, Place, PlanUnreadable
from tantam.plan.files.calendars import CALENDAR, with_calendars
from tantam.plan.files.forms import FORMS, Forms, current, form_of
from tantam.plan.files.layers import layers
from tantam.plan.files.links import links_of, normal, unlinked
from tantam.plan.files.nodes import Entry, Items, Mapping, Scalar, at
from tantam.plan.files.overlay import misplaced, overlaid
from tantam.plan.files.sources import Source, trouble
from tantam.plan.files.yaml import parse

TEXTS_FILE = re.compile(r"^texts\.([a-z]{2,3}(?:-[A-Za-z]{2,4})?)\.ya?ml$")


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the files say, as far as they can be read.

    findings: what is wrong with the files. lost: those of which nothing was read, with their texts, "" if unknown.
    """

    root: Mapping
    findings: tuple[Finding, ...]
    lost: tuple[Source, ...]


def document(sources: tuple[Source, ...]) -> Mapping:
    """Return the plan's document. Raises PlanUnreadable with all that is wrong in any file."""
    gathered = gather(sources, ())
    if gathered.findings:
        raise PlanUnreadable(gathered.findings)
    return gathered.root


def own_sources(sources: tuple[Source, ...]) -> tuple[Source, ...]:
    """Return the sources that a plan itself consists of, without those that it is laid over."""
    roots = {normal(each.name): root for each in sources if isinstance(root := parse(each)[0], Mapping)}
    found = layers({name: links_of(root) for name, root in roots.items()})
    return tuple(each for each in sources if found.names and normal(each.name) in found.names[0])


def gather(sources: tuple[Source, ...], unopened: tuple[Finding, ...], forms: Forms = FORMS) -> Gathered:
    """Return all that can be read of the files, in the newest form.

    unopened: for each file that could not be opened, why. forms: in which plans may be written.
    """
    findings: list[Finding] = list(unopened)
    parts: dict[str, tuple[Source, Mapping]] = {}
    lost = [Source(each.place.file, "") for each in unopened]
    for source in sources:
        if source.name.endswith(CALENDAR):
            continue
        root, wrong = parse(source)
        findings += wrong
        if isinstance(root, Mapping):
            parts[normal(source.name)] = source, root
            # What stands under a key that is no word is lost, and nobody knows what it was.
            lost += [Source(source.name, "")] if any(each.code == "F09" for each in wrong) else []
            continue
        lost.append(source)
        if root is not None:
            findings.append(trouble("F15", source.name, root.place.line, root.place.column))
    whole = with_calendars(_layered(parts, findings, forms), sources)
    told = {each.place for each in unopened}
    findings = [each for each in findings if each in unopened or each.place not in told]
    return Gathered(whole, tuple(sorted(findings, key=lambda each: each.place)), tuple(lost))


def _layered(parts: dict[str, tuple[Source, Mapping]], findings: list[Finding], forms: Forms) -> Mapping:
    """Return all parts as one document, those that are laid over others last."""
    linked = {name: links_of(root) for name, (_, root) in parts.items()}
    for links in linked.values():
        findings += links.findings
    found = layers(linked)
    findings += found.findings
    whole: Mapping | None = None
    form: int | None = None
    for names in reversed(found.names):
        layer = [(parts[name][0], unlinked(parts[name][1])) for name in names]
        language = _first_language(layer) or (_first_language([(layer[0][0], whole)]) if whole else "")
        written = _together(layer, language, findings)
        over, wrong = current(written, form, forms)
        findings += wrong
        form = form_of(written) or form
        findings += misplaced(whole, over) if whole else ()
        whole = overlaid(whole, over) if whole else over
    return whole or Mapping(Place("", 1, 1), ())


def _together(parts: list[tuple[Source, Mapping]], own_language: str, findings: list[Finding]) -> Mapping:
    """Return the parts of one layer as one document. own_language: the company's, "" if nobody says it."""
    entries: dict[str, Entry] = {}
    languages = {
        source.name: match[1] for source, _ in parts if (match := TEXTS_FILE.match(PurePath(source.name).name))
    }
    first_language = own_language if languages else ""
    for source, root in parts:
        language = languages.get(source.name)
        own = (_as_texts(root, language),) if language else _spelled_out(root, first_language)
        for entry in own:
            if entry.key in entries:
                entry = _merged(entries[entry.key], entry, findings)
            entries[entry.key] = entry
    return Mapping(parts[0][1].place, tuple(entries.values()))


def _first_language(parts: list[tuple[Source, Mapping]]) -> str:
    """Return the company's own language, "" if no part says it."""
    for _, root in parts:
        match at(root, ["company", "languages", 0]):
            case Scalar(text=text):
                return text
    return ""


def _spelled_out(root: Mapping, language: str) -> tuple[Entry, ...]:
    """Return the entries; beside files of other languages, plain texts are in the company's own one."""
    texts = root.entry("texts")
    if not language or texts is None or not isinstance(texts.value, Mapping):
        return root.entries
    spelled = tuple(
        replace(each, value=Mapping(each.value.place, (Entry(language, each.key_place, each.value),)))
        if isinstance(each.value, Scalar)
        else each
        for each in texts.value.entries
    )
    own = replace(texts, value=replace(texts.value, entries=spelled))
    return tuple(own if each.key == "texts" else each for each in root.entries)


def _as_texts(root: Mapping, language: str) -> Entry:
    """Return the file's texts as `texts: {key: {language: text}}`; a file may repeat the head `texts:`."""
    if len(root.entries) == 1 and root.entries[0].key == "texts" and isinstance(root.entries[0].value, Mapping):
        root = root.entries[0].value
    texts = tuple(
        Entry(each.key, each.key_place, Mapping(each.value.place, (Entry(language, each.key_place, each.value),)))
        for each in root.entries
    )
    return Entry("texts", root.place, Mapping(root.place, texts))


def _merged(one: Entry, two: Entry, findings: list[Finding]) -> Entry:
    match one.value, two.value:
        case Mapping() as left, Mapping() as right:
            entries = {each.key: each for each in left.entries}
            for each in right.entries:
                known = entries.get(each.key)
                entries[each.key] = _merged(known, each, findings) if known else each
            return Entry(one.key, one.key_place, Mapping(left.place, tuple(entries.values())))
        case Items() as left, Items() as right:
            return Entry(one.key, one.key_place, Items(left.place, left.nodes + right.nodes))
        case Scalar() as left, Scalar() as right if left.plain() == right.plain():
            return one
        case _:
            place = two.key_place
            findings.append(trouble("F16", place.file, place.line, place.column, key=two.key, first=str(one.key_place)))
            return one
