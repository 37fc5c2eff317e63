"""The operator's view of what came in: what is in the tray, and why."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from tantam.desk.arrivals.models import Arrival

SHOWN = 200_000  # bytes of one arrival


@admin.register(Arrival)
class Arrivals(admin.ModelAdmin):
    """Read only: what came stays as it came."""

    list_display = ("received_at", "channel", "sender", "subject", "problem", "case", "read_at")
    list_filter = ("channel", "problem")
    search_fields = ("name", "sender")
    fields = ("received_at", "read_at", "channel", "account", "name", "sender", "subject", "problem", "case", "text")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Arrival]:
        return super().get_queryset(request).defer("raw")

    @admin.display(description="Raw")
    def text(self, arrival: Arrival) -> str:
        """Return what came, as it came."""
        return bytes(arrival.raw)[:SHOWN].decode("utf-8", "replace")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Arrival | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Arrival | None = None) -> bool:
        return False
