"""Names this room to Django."""

from django.apps import AppConfig

from tantam.desk.common import addresses


class Web(AppConfig):
    """Pages of the staff."""

    name = "tantam.desk.web"
    label = "web"

    def ready(self) -> None:
        """Say where the pages stand that letters lead to."""
        addresses.stands_at("notice", "web:notice")
        addresses.stands_at("notice_ways", "web:notice_ways")
        addresses.stands_at("decide_by_mail", "web:decide_by_mail")
