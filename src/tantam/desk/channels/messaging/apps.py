"""Names this room to Django, and registers how messages of networks are read, answered and fetched."""

from django.apps import AppConfig


class Messaging(AppConfig):
    """Messages of networks, in and out."""

    name = "tantam.desk.channels.messaging"
    label = "messaging"

    def ready(self) -> None:
        """Register the networks, the readers of what they bring, and the way back."""
        from tantam.desk.cases import carriers
        from tantam.desk.channels.messaging import (  # noqa: F401
            fetching,
            forgetting,
            incoming,
            lines,
            naming,
            networks,
            outgoing,
            public,
            wordings,
        )
        from tantam.desk.channels.messaging.messenger import Messenger
        from tantam.desk.channels.messaging.whatsapp import WhatsApp
        from tantam.desk.channels.messaging.zalo import Zalo
        from tantam.desk.privacy import taking

        taking.with_person(forgetting.LINES)
        taking.with_cases(forgetting.PARTS)
        networks.MAKERS |= {"whatsapp": WhatsApp, "messenger": Messenger, "zalo": Zalo}
        carriers.register(lines.way_back)
        carriers.register(public.way_back)
        wordings.register()
