"""Names this room to Django."""

from django.apps import AppConfig


class Common(AppConfig):
    """What every room shares."""

    name = "tantam.desk.common"
    label = "common"
