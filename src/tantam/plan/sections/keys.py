"""Which keys may stand at a path of what a model reads."""

from __future__ import annotations

from collections.abc import Sequence
from types import NoneType
from typing import Any, get_args

from pydantic import BaseModel


def keys_at(model: type[BaseModel], path: Sequence[str | int]) -> list[str]:
    """Return the keys as they are written; none where any may stand, or where no model reads what is there."""
    found: Any = model
    for step in path:
        found = _below(found, str(step))
    return list(_fields(found)) if _is_model(found) else []


def _below(found: Any, step: str) -> Any:
    """Return what reads the value under a key of a model, or any value of a mapping or a list."""
    if _is_model(found):
        fields = _fields(found)
        return _unwrapped(fields[step].annotation) if step in fields else None
    values = [each for each in get_args(found) if each is not Ellipsis]
    return _unwrapped(values[-1]) if values else None


def _fields(model: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _is_model(found: Any) -> bool:
    return isinstance(found, type) and issubclass(found, BaseModel)


def _unwrapped(annotation: Any) -> Any:
    """Return the annotation without `| None`."""
    several = get_args(annotation)
    given = [each for each in several if each is not NoneType]
    return _unwrapped(given[0]) if given and len(given) < len(several) else annotation
