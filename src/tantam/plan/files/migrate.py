"""A plan's files in the newest form: only what a step changes is written anew; comments and layout stay."""

from __future__ import annotations

from typing import cast

from tantam.plan.errors import NotEditable
from tantam.plan.files.edit import edited, removed, renamed
from tantam.plan.files.forms import FORMS, OLDEST, Forms, form_of, renewed
from tantam.plan.files.nodes import Mapping, Node
from tantam.plan.files.rendered import Value
from tantam.plan.files.sources import Source
from tantam.plan.files.yaml import parse

Path = tuple[str | int, ...]


def oldest_form(sources: tuple[Source, ...]) -> int | None:
    """Return the oldest form that any of the files says it is written in, or None if none says it."""
    roots = [root for each in sources if isinstance(root := parse(each)[0], Mapping)]
    return min((form for root in roots if (form := form_of(root)) is not None), default=None)


def migrated(source: Source, form: int, forms: Forms = FORMS) -> Source:
    """Return one file of a plan written in `form` in the newest one. Raises NotEditable where that needs a hand."""
    root, _ = parse(source)
    if not isinstance(root, Mapping) or not OLDEST <= form <= forms.newest:
        raise NotEditable(source.name, ())
    new = renewed(root, form, forms)
    source = _rewritten(source, root, new, ())
    after, _ = parse(source)
    if after is None or after.plain() != new.plain():
        raise NotEditable(source.name, ())
    return source


def _rewritten(source: Source, old: Node, new: Node, path: Path) -> Source:
    if old.plain() == new.plain():
        return source
    if not (isinstance(old, Mapping) and isinstance(new, Mapping)):
        return edited(source, path, _value(new))
    was = {each.key: each for each in old.entries}
    by_place = {each.key_place: each for each in old.entries}
    origin = {
        each.key: known.key
        for each in new.entries
        if (known := was.get(each.key) or by_place.get(each.key_place)) is not None
    }
    for key in was.keys() - set(origin.values()):
        source = removed(source, (*path, key))
    for key, before in origin.items():
        source = renamed(source, (*path, before), key) if key != before else source
    for each in new.entries:
        if each.key in origin:
            source = _rewritten(source, was[origin[each.key]].value, each.value, (*path, each.key))
        else:
            source = edited(source, (*path, each.key), _value(each.value))
    return source


def _value(node: Node) -> Value:
    return cast(Value, node.plain())
