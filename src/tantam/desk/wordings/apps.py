"""Names this room to Django."""

from django.apps import AppConfig


class Wordings(AppConfig):
    """Texts that networks approved."""

    name = "tantam.desk.wordings"
    label = "wordings"
