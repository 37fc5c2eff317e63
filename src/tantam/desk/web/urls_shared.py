"""The addresses of what colleagues do with a case together."""

from django.urls import path

from tantam.desk.web.views import errands, joining, sharing

urlpatterns = [
    path("cases/<int:pk>/watch/", sharing.watch_it, name="watch_case"),
    path("cases/<int:pk>/unwatch/", sharing.unwatch_it, name="unwatch_case"),
    path("cases/<int:pk>/contacts/", sharing.reveal_contacts_it, name="reveal_contacts"),
    path("cases/<int:pk>/to-provider/", errands.hand_to_provider_it, name="hand_to_provider"),
    path("cases/<int:pk>/hand-back/", errands.hand_back_it, name="hand_back"),
    path("cases/<int:pk>/pin/", sharing.pin_it, name="pin"),
    path("cases/<int:pk>/pins/<int:pin>/settle/", sharing.settle_it, name="settle_pin"),
    path("cases/<int:pk>/pins/<int:pin>/off/", sharing.unpin_it, name="unpin"),
    path("cases/<int:pk>/sleep/", sharing.snooze_it, name="snooze"),
    path("cases/<int:pk>/wake/", sharing.wake_it, name="wake"),
    path("cases/<int:pk>/tag/", sharing.tag_it, name="tag"),
    path("cases/<int:pk>/tags/<int:tag>/off/", sharing.untag_it, name="untag"),
    path("cases/<int:pk>/link/", sharing.link_it, name="link"),
    path("cases/<int:pk>/links/<int:link>/off/", sharing.unlink_it, name="unlink"),
    path("cases/<int:pk>/fill-in/", sharing.fill_in_it, name="fill_in"),
    path("cases/<int:pk>/join/", joining.join, name="join"),
    path("cases/<int:pk>/joined/<int:joined>/undo/", sharing.unmerge_it, name="unmerge"),
    path("cases/<int:pk>/part/", joining.part, name="part"),
    path("cases/<int:pk>/parted/<int:parting>/undo/", sharing.unpart_it, name="unpart"),
    path("tags/", sharing.tags, name="tags"),
    path("mentions/", sharing.named_me, name="mentions"),
]
