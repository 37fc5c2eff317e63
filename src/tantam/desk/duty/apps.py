"""Names this room to Django, and hears who signs in."""

from django.apps import AppConfig


class Duty(AppConfig):
    """Who is on duty, who is away, and who stands in for whom."""

    name = "tantam.desk.duty"
    label = "duty"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from tantam.desk.duty.at_desk import see_in

        user_logged_in.connect(see_in, dispatch_uid="duty.see_in")
