"""Names this room to Django, and registers how answers get to the window, and what closes it."""

from django.apps import AppConfig


class Chats(AppConfig):
    """Chats."""

    name = "tantam.desk.chats"
    label = "chats"

    def ready(self) -> None:
        """Register the way back, the work of delivering and closing, who has room, and what windows are told of."""
        from tantam.desk.cases import carriers
        from tantam.desk.cases.routing import fitting
        from tantam.desk.chats import access, carrying, closing, listening  # noqa: F401 - their work is registered

        carriers.register(carrying.way_back)
        if access.without_room not in fitting.FULL:
            fitting.FULL.append(access.without_room)
