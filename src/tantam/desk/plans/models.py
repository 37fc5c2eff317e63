"""The versions of the plan that were enacted. A row never changes."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models


class PlanVersion(models.Model):
    """One enacted plan: its number, 12 hex digits of its hash, the frozen text that it is thawed from."""

    number = models.PositiveIntegerField(primary_key=True)
    hash = models.CharField(max_length=12)
    frozen = models.TextField()
    in_force_from = models.DateTimeField(db_index=True)
    enacted_at = models.DateTimeField()
    enacted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)

    def __str__(self) -> str:
        return f"{self.number} · {self.hash}"

    def save(self, *args: Any, **options: Any) -> None:
        """Keep the version. Raises ValueError when it was enacted before."""
        if not self._state.adding:
            raise ValueError("An enacted plan never changes; enact another one.")
        super().save(*args, **options)
