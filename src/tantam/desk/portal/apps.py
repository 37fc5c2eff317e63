"""Names this room to Django."""

from django.apps import AppConfig

from tantam.desk.common import addresses


class Portal(AppConfig):
    """Pages of the customers."""

    name = "tantam.desk.portal"
    label = "portal"

    def ready(self) -> None:
        """Say where the pages stand that letters lead to; register who reads a form that waited."""
        from tantam.desk.portal import held  # noqa: F401 - it registers itself

        addresses.stands_at("case", "portal:case")
        addresses.stands_at("help", "portal:help")
        addresses.stands_at("plan", "portal:plan")
        addresses.stands_at("tell", "portal:tell")
        addresses.stands_at("enter", "portal:come_in")
        addresses.stands_at("all_requests", "portal:mine")
        addresses.stands_at("rating", "portal:rating")
        addresses.stands_at("follow_up", "portal:follow_up")
        addresses.stands_at("stop_letters", "portal:stop")
