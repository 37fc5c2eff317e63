"""How a built-in function says what it takes; a call that does not fit its types is null."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import DecimalException
from typing import Any

from tantam.plan.dmn.feel.values import (
    BOOLEAN,
    CONTEXT,
    DATE,
    DAYS,
    FUNCTION,
    LIST,
    MOMENT,
    MONTHS,
    NULL,
    NUMBER,
    RANGE,
    STRING,
    TIME,
    Function,
    kind_of,
)  # fmt: skip

SHORT = {
    "text": STRING, "number": NUMBER, "boolean": BOOLEAN, "date": DATE, "time": TIME, "moment": MOMENT, "days": DAYS,
    "months": MONTHS, "list": LIST, "context": CONTEXT, "range": RANGE, "function": FUNCTION, "null": NULL,
}  # fmt: skip
Registry = dict[str, Function]


@dataclass(frozen=True, slots=True)
class Parameter:
    """kinds: what it may be, () for anything."""

    name: str
    kinds: tuple[str, ...]
    optional: bool

    def taken(self, value: Any) -> tuple[Any, bool]:
        """Return the value as the parameter wants it, and whether it fits; a list of one stands for its element."""
        if not self.kinds or kind_of(value) in self.kinds:
            return value, True
        if isinstance(value, list) and len(value) == 1 and kind_of(value[0]) in self.kinds:
            return value[0], True
        if self.kinds == (LIST,) and value is not None:
            return [value], True
        return None, self.optional and value is None


@dataclass(frozen=True, slots=True)
class Form:
    """One way to call a function. more: the last parameter takes all further arguments."""

    params: tuple[Parameter, ...]
    more: bool
    function: Callable[..., Any]

    def fits(self, count: int) -> bool:
        """Return whether so many arguments may be given."""
        least = sum(not each.optional for each in self.params)
        return least <= count and (self.more or count <= len(self.params))

    def bound(self, args: Sequence[Any]) -> list[Any] | None:
        """Return the arguments as the form wants them, None if one does not fit."""
        found = []
        for position, value in enumerate(args):
            taken, fits = self.params[min(position, len(self.params) - 1)].taken(value)
            if not fits:
                return None
            found.append(taken)
        return found


def builtin(registry: Registry, *signatures: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function under its signature: `substring(string: text, start position: number, length?: number)`.

    `a|b` admits two types, no type admits all, `?` may be left out, `*` takes any number."""

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        for signature in signatures:
            name, _, written = signature.removesuffix(")").partition("(")
            known = registry.get(name)
            before = known.call.forms if known and isinstance(known.call, Forms) else ()
            forms = [*before, _form(written, function)]
            registry[name] = _together(forms)
        return function

    return register


class Forms:
    """A function of several forms: the first that takes the arguments answers."""

    def __init__(self, forms: Sequence[Form]) -> None:
        self.forms = tuple(forms)

    def __call__(self, *args: Any) -> Any:
        for form in self.forms:
            if form.fits(len(args)) and (bound := form.bound(args)) is not None:
                try:
                    return form.function(*bound)
                except (DecimalException, ArithmeticError, ValueError):
                    return None
        return None


def _together(forms: Sequence[Form]) -> Function:
    names = tuple(tuple(param.name for param in form.params) for form in forms)
    return Function(names, Forms(forms), lambda count: any(form.fits(count) for form in forms))


def _form(written: str, function: Callable[..., Any]) -> Form:
    params, more = [], False
    for each in filter(None, written.split(", ")):
        name, _, kinds = each.partition(": ")
        more = more or name.endswith("*")
        wanted = tuple(SHORT[kind] for kind in kinds.split("|")) if kinds else ()
        params.append(Parameter(name.rstrip("?*"), wanted, name.endswith("?")))
    return Form(tuple(params), more, function)
