"""Which names of a plan may stand where, and what a name at a place means: the address of its clause."""

from __future__ import annotations

from tantam.editor.cursor import Cursor
from tantam.plan.files import Items, Mapping, Scalar, at

# The key in front of a name, or the column above it, and the sections whose names may stand there.
SECTIONS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("granted_by", "escalates_to", "by", "level", "levels", "nothing_left"), ("levels",)),
    **dict.fromkeys(("who", "owner", "owners"), ("levels", "company.teams", "internal")),
    **dict.fromkeys(("on", "clock", "hours", "answered", "working_days"), ("hours",)),
    **dict.fromkeys(("fallback", "channel", "channels"), ("channels",)),
    **dict.fromkeys(("group", "groups", "exclusive"), ("groups",)),
    **dict.fromkeys(("say", "remind"), ("texts",)),
    **dict.fromkeys(("policy", "policies", "decide"), ("policies",)),
    **dict.fromkeys(("measure", "measures", "judged_by", "cost_measure"), ("measures",)),
    **dict.fromkeys(("term", "asks", "goal"), ("terms",)),
    **dict.fromkeys(("team", "teams"), ("company.teams",)),
    "needs": ("requirements",),
    "answers_pain": ("needs",),
    "answers_need": ("needs",),
    "list": ("records",),
    "record": ("records",),
    "does": ("actions",),
    "action": ("actions",),
    "survey": ("surveys",),
    "procedure": ("procedures",),
    "site": ("company.sites",),
    "total": ("outputs",),
}
# Where a name is looked for if what stands before it does not tell.
EVERYWHERE = (
    *("terms", "levels", "policies", "hours", "groups", "outputs", "texts", "requirements", "actions", "channels"),
    *("needs", "measures", "records", "procedures", "goals", "surveys", "providers", "company.teams", "company.sites"),
)


def names_of(root: Mapping, section: str) -> list[str]:
    """Return the names that a section gives, in order; `company.teams` is a part of a section."""
    node = at(root, section.split("."))
    return [each.key for each in node.entries] if isinstance(node, Mapping) else []


def may_stand(root: Mapping, cursor: Cursor) -> list[tuple[str, str]]:
    """Return the names that may stand at the cursor, each with the section that it is from."""
    if cursor.cell is not None:
        return _in_cell(root, cursor)
    return _of_key(root, cursor.path[-1]) if cursor.path else []


def meaning(root: Mapping, cursor: Cursor) -> tuple[str, ...] | None:
    """Return the path of the clause that the word at the cursor names, None if it names none."""
    if not cursor.word:
        return None
    own = (*cursor.path, cursor.word)
    if not cursor.value and at(root, own) is not None:
        return own
    for name, section in may_stand(root, cursor):
        if name == cursor.word and (path := _path(root, section, name)):
            return path
    return next((path for section in EVERYWHERE if (path := _path(root, section, cursor.word))), None)


def values_of(root: Mapping, term: str) -> list[str]:
    """Return the values of a one-of or some-of term; yes and no of a yes-no term."""
    for kind in ("one_of", "some_of"):
        match at(root, ["terms", term, kind]):
            case Mapping(entries=entries):
                return [each.key for each in entries]
            case Items(nodes=nodes):
                return [each.text for each in nodes if isinstance(each, Scalar)]
    return ["yes", "no"] if at(root, ["terms", term, "yes_no"]) is not None else []


def _path(root: Mapping, section: str, name: str) -> tuple[str, ...] | None:
    path = (*section.split("."), name)
    return path if at(root, path) is not None else None


def _of_key(root: Mapping, key: str) -> list[tuple[str, str]]:
    """Return the names that may stand behind a key, or below a column of that name, each with its section."""
    return [(name, section) for section in SECTIONS.get(key, ()) for name in names_of(root, section)]


def _in_cell(root: Mapping, cursor: Cursor) -> list[tuple[str, str]]:
    cell = cursor.cell
    assert cell is not None
    if not cell.column:
        section = "outputs" if cell.result else "terms"
        return [(name, section) for name in names_of(root, section)]
    if cell.result:
        return _results(root, cursor, cell.column)
    if cell.column in ("when", "must"):
        return [(name, "terms") for name in names_of(root, "terms")]
    if cell.column in SECTIONS:
        return _of_key(root, cell.column)
    return [(value, f"terms.{cell.column}") for value in values_of(root, cell.column)]


def _results(root: Mapping, cursor: Cursor, column: str) -> list[tuple[str, str]]:
    if column == "outcome" and cursor.path[:1] == ("policies",):
        section = ".".join((*cursor.path[:2], "outcomes"))
        return [(name, section) for name in names_of(root, section)]
    if column in ("severity", "stage"):
        return [(value, f"terms.{column}") for value in values_of(root, column)]
    return _of_key(root, column) or [(name, "terms") for name in names_of(root, "terms")]
