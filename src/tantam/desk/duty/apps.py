"""Names this room to Django."""

from django.apps import AppConfig


class Duty(AppConfig):
    """Who is on duty, who is away, and who stands in for whom."""

    name = "tantam.desk.duty"
    label = "duty"
