"""The operator's view of who works at the desk, with the levels of the plan in force to choose from."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db.models import CharField, Field
from django.http import HttpRequest
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tantam.desk import plans
from tantam.desk.accounts.models import Person


@admin.register(Person)
class Staff(UserAdmin):
    """Makes accounts and gives them a role and a level; nobody is deleted, who leaves is made inactive."""

    list_display = ("name", "email", "role", "level", "is_active")
    list_filter = ("role", "level", "is_active")
    search_fields = ("name", "email")
    ordering = ("name",)
    filter_horizontal = ()
    readonly_fields = ("last_login", "joined_at")
    fieldsets = (
        (None, {"fields": ("email", "password", "name")}),
        (_("At the desk"), {"fields": ("role", "level", "language", "is_active")}),
        (_("As operator"), {"fields": ("is_staff", "is_superuser", "last_login", "joined_at")}),
    )
    add_fieldsets = (
        (None, {"fields": ("email", "name", "role", "level", "language", "usable_password", "password1", "password2")}),
    )

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **options: Any) -> Any:
        """Return the field; a level is one that the plan in force has, with its name in the reader's language."""
        if db_field.name == "level" and isinstance(db_field, CharField):
            return forms.ChoiceField(choices=_levels, required=False, label=_("Level"))
        return super().formfield_for_dbfield(db_field, request, **options)

    def has_delete_permission(self, request: HttpRequest, obj: Person | None = None) -> bool:
        return False


def _levels() -> list[tuple[str, str]]:
    nobody = ("", str(pgettext_lazy("level", "none: answers no customer")))
    try:
        plan = plans.in_force()
    except plans.NoPlan:
        return [nobody]
    return [nobody, *((level, plan.level_label(level, get_language() or "en")) for level in plan.levels())]
