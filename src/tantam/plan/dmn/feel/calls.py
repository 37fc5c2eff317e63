"""Calling functions, by position or by name; a call that does not fit is null."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tantam.plan.dmn.feel import syntax
from tantam.plan.dmn.feel.frames import DEEPEST_CALLS, Frame, Run, Step
from tantam.plan.dmn.feel.trouble import Trouble
from tantam.plan.dmn.feel.types import coerced
from tantam.plan.dmn.feel.values import Function


def call(function: Any, args: Sequence[Any], names: Sequence[str] | None, run: Run) -> Any:
    """Return what the function yields, None if it is none or does not take these arguments."""
    run.step()
    if not isinstance(function, Function):
        return None
    if names is not None:
        placed = _placed(function, dict(zip(names, args, strict=True)))
        if placed is None:
            return None
        args = placed
    if not function.fits(len(args)):
        return None
    run.calls += 1
    if run.calls > DEEPEST_CALLS:
        raise Trouble("D15", limit=DEEPEST_CALLS)
    try:
        value = function.call(*args)
        run.step(len(value) if isinstance(value, list) else len(value) // 100 if isinstance(value, str) else 1)
        return value
    finally:
        run.calls -= 1


def _placed(function: Function, given: dict[str, Any]) -> list[Any] | None:
    """Return named arguments in the order of the smallest form that has them all; what is not given is null."""
    fitting = [form for form in function.forms if given.keys() <= set(form)]
    if not fitting:
        return None
    form = min(fitting, key=len)
    count = len(form)
    while count and form[count - 1] not in given and function.fits(count - 1):
        count -= 1
    return [given.get(name) for name in form[:count]]


def compile_function(node: syntax.FunctionOf, body: Step | None) -> Step:
    """Return a step that yields the function, closed over its frame."""
    names = tuple(name for name, _ in node.params)

    def step(frame: Frame) -> Function:
        def run_body(*args: Any) -> Any:
            if body is None:
                return None
            bound = {}
            for (name, kind), value in zip(node.params, args, strict=True):
                bound[name], fits = coerced(value, kind, frame.run.types)
                if not fits:
                    return None
            value, _ = coerced(body(frame.within(bound)), node.result, frame.run.types)
            return value

        return Function((names,), run_body, lambda count: count == len(names))

    return step
