"""Names this room to Django."""

from django.apps import AppConfig


class Providers(AppConfig):
    """Who serves for the company: its own people and others."""

    name = "tantam.desk.providers"
    label = "providers"
