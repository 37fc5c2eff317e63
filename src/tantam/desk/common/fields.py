"""Field types that several rooms use."""

from __future__ import annotations

from typing import Any

from django.db import models

from tantam.desk.common.ids import new_id


class TimeOrderedId(models.BigIntegerField):
    """A primary key made by `new_id`: 64 bits, sorts by time, known before the row is written."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"primary_key": True, "default": new_id, "editable": False} | options)


MOST_PLAN_NAME = 80  # characters


class PlanName(models.CharField):
    """A name in the plan: of a level, a topic, a kind of promise, an outcome; they all have room for as much."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": MOST_PLAN_NAME} | options)


class ClauseAddress(models.CharField):
    """Where something stands in the plan: `policies.exchange.decides#faulty`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 255} | options)
