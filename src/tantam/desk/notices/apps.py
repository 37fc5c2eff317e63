"""Names this room to Django."""

from django.apps import AppConfig


class Notices(AppConfig):
    """Tells colleagues what concerns them, when they are on duty."""

    name = "tantam.desk.notices"
    label = "notices"
