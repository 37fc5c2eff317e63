"""Names this room to Django."""

from django.apps import AppConfig


class Plans(AppConfig):
    """The plan in force; the only room that knows the plan's engine."""

    name = "tantam.desk.plans"
    label = "plans"
