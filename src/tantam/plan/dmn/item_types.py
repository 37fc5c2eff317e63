"""Item definitions as types: structures, collections, allowed values."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Protocol

from tantam.plan.dmn.elements import Element
from tantam.plan.dmn.feel.compiled import compile_test, compile_tests
from tantam.plan.dmn.feel.frames import Frame, Run
from tantam.plan.dmn.feel.functions import BUILTINS
from tantam.plan.dmn.feel.names import Names
from tantam.plan.dmn.feel.syntax import Tests
from tantam.plan.dmn.feel.type_names import type_called
from tantam.plan.dmn.feel.types import Allowed, ContextType, FunctionType, ListType, Type

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class ReadsTests(Protocol):
    """What reads the unary tests of allowed values, and knows the names behind a point."""

    members: Names

    def tests(self, text: Element | None, names: Names, owner: Element) -> Tests: ...

    def own(self, kind: Type) -> Type: ...


def read_types(root: Element, reading: ReadsTests) -> dict[str, Type]:
    """Return a file's types by name, those of components as `type.component`; make the components' names known."""
    found: dict[str, Type] = {}
    for each in root.walk():
        if each.tag == "itemComponent":
            reading.members.add(each.get("name"))
    for each in root.all("itemDefinition"):
        found[each.get("name")] = _type(each, reading)
        found |= _components(each.get("name"), each, reading)
    return found


def type_ref(element: Element | None) -> Type | None:
    """Return the type that an element's `typeRef` names, None if it names none."""
    written = element.get("typeRef") or _old_type(element) if element else ""
    return type_called(written.rpartition(":")[2]) if written else None


def _old_type(element: Element) -> str:
    child = element.one("typeRef")
    return child.text.strip() if child else ""


def _components(name: str, element: Element, reading: ReadsTests) -> dict[str, Type]:
    found: dict[str, Type] = {}
    for each in element.all("itemComponent"):
        path = f"{name}.{each.get('name')}"
        found[path] = _type(each, reading)
        found |= _components(path, each, reading)
    return found


def _type(element: Element, reading: ReadsTests) -> Type:
    components = element.all("itemComponent")
    function = element.one("functionItem")
    if components:
        found: Type = ContextType({each.get("name"): _type(each, reading) for each in components})
    elif function:
        params = tuple(type_ref(each) or type_called("") for each in function.all("parameters"))
        found = reading.own(FunctionType(params, type_called(function.get("outputTypeRef"))))
    else:
        found = reading.own(type_ref(element) or type_called(""))
    found = _narrowed(found, element, "allowedValues", reading)
    if element.get("isCollection") == "true":
        found = ListType(found)
    return _narrowed(found, element, "typeConstraint", reading)


def _narrowed(kind: Type, element: Element, tag: str, reading: ReadsTests) -> Type:
    text = element.text_of(tag)
    if text is None or not text.text.strip():
        return kind
    tests = reading.tests(text, Names(), element)
    return Allowed(kind, tuple(map(compile_test, tests.tests)), _test(tests), text.text.strip())


def _test(tests: Tests) -> Callable[[Any], Any]:
    step = compile_tests(tests)

    def test(value: Any) -> Any:
        run = Run(EPOCH, {})
        return step(Frame({"?": value}, Frame(BUILTINS, None, run), run))

    return test
