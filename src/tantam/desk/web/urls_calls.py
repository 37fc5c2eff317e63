"""The addresses of calls back, and of what is done of our own accord."""

from django.urls import path

from tantam.desk.web.views import call_log, calling, follow_ups, own_telephone

urlpatterns = [
    path("calls/", calling.index, name="calls"),
    path("calls/new/", call_log.log, name="call_log"),
    path("calls/ringing/", own_telephone.ringing, name="ringing"),
    path("calls/extension/", own_telephone.extension, name="call_extension"),
    path("calls/leave/", calling.leave, name="call_leave"),
    path("calls/<int:pk>/", calling.show, name="call"),
    path("calls/<int:pk>/take/", calling.take, name="call_take"),
    path("calls/<int:pk>/reached/", calling.reached, name="call_reached"),
    path("calls/<int:pk>/not-reached/", calling.not_reached, name="call_not_reached"),
    path("calls/<int:pk>/dropped/", calling.dropped, name="call_dropped"),
    path("follow-ups/", follow_ups.show, name="follow_ups"),
    path("follow-ups/<int:pk>/result/", follow_ups.note, name="follow_up_note"),
]
