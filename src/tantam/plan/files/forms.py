"""The forms in which plans have been written: `tantam: 1` is today's; a step leads from each older one to the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from tantam.plan.errors import Finding
from tantam.plan.files.nodes import Entry, Mapping, Scalar, place_of
from tantam.plan.files.sources import trouble

KEY = "tantam"
OLDEST = 1
# What a step does, it does to each file of a plan alone: it gets a root that may have any of the sections and gives
# one that keeps the places of what it leaves, moves or renames. Anything else it says is written as new.
Step = Callable[[Mapping], Mapping]


@dataclass(frozen=True, slots=True)
class Forms:
    """steps: the first leads from form 1 to form 2, and so on; the newest form is the one after the last step."""

    steps: tuple[Step, ...] = ()

    @property
    def newest(self) -> int:
        """The form that is read."""
        return OLDEST + len(self.steps)

    def since(self, form: int) -> tuple[Step, ...]:
        """Return the steps from `form` to the newest."""
        return self.steps[form - OLDEST :]


FORMS = Forms()


def form_of(root: Mapping) -> int | None:
    """Return the form that a document says it has, or None if it says none that there could be."""
    node = root.get(KEY)
    if isinstance(node, Scalar) and node.text.isascii() and node.text.isdecimal() and len(node.text) < 7:
        return int(node.text) if int(node.text) >= OLDEST else None
    return None


def renewed(root: Mapping, form: int, forms: Forms = FORMS) -> Mapping:
    """Return a document, or a file of one, in the newest form; `form`: the one it is written in, at most that."""
    for step in forms.since(form):
        root = step(root)
    return _stated(root, str(forms.newest))


def current(root: Mapping, below: int | None = None, forms: Forms = FORMS) -> tuple[Mapping, tuple[Finding, ...]]:
    """Return a document in the newest form, with a finding if it is made for a newer Tantam.

    below: the form of what it is laid over, which is its own if it says none.
    """
    form = form_of(root) or below
    if form is None or form == forms.newest:
        return root, ()
    if form < forms.newest:
        return renewed(root, form, forms), ()
    place = place_of(root, [KEY])
    finding = trouble("F31", place.file, place.line, place.column, got=form, known=forms.newest)
    return _stated(root, str(forms.newest)), (finding,)


def _stated(root: Mapping, form: str) -> Mapping:
    def stated(entry: Entry) -> Entry:
        if entry.key != KEY or not isinstance(entry.value, Scalar):
            return entry
        return replace(entry, value=replace(entry.value, text=form))

    return replace(root, entries=tuple(map(stated, root.entries)))
