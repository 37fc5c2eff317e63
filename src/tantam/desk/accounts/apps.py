"""Names this room to Django."""

from django.apps import AppConfig


class Accounts(AppConfig):
    """Who works at the desk."""

    name = "tantam.desk.accounts"
    label = "accounts"
