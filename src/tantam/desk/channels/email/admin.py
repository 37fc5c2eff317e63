"""The operator's view of stored mail: what is in the tray, and why."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from tantam.desk.channels.email.models import ReceivedMail
from tantam.desk.channels.email.reading import whole_text


@admin.register(ReceivedMail)
class ReceivedMails(admin.ModelAdmin):
    """Read only: a mail stays as it came."""

    list_display = ("received_at", "message_id", "problem", "case", "read_at")
    list_filter = ("problem",)
    search_fields = ("message_id",)
    fields = ("received_at", "read_at", "message_id", "problem", "case", "text")
    readonly_fields = fields

    @admin.display(description="Text")
    def text(self, mail: ReceivedMail) -> str:
        """Return what the mail says, quotes included."""
        return whole_text(bytes(mail.raw))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: ReceivedMail | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ReceivedMail | None = None) -> bool:
        return False
