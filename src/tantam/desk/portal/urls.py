"""The addresses of the customers' pages."""

from django.urls import path

from tantam.desk.portal.views import appointments, ask, follow, home, lost, received, stop

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("plan/", home.published, name="plan"),
    path("help/<slug:code>/", ask.help_with, name="help"),
    path("lost/", lost.lost, name="lost"),
    path("lost/asked/", lost.asked, name="lost_asked"),
    path("received/<str:key>/", received.received, name="received"),
    path("letters/<str:key>/", stop.stop, name="stop"),
    path("c/<str:key>/", follow.case, name="case"),
    path("c/<str:key>/write/", follow.write, name="write"),
    path("c/<str:key>/higher/", follow.higher, name="higher"),
    path("c/<str:key>/files/<int:pk>/", follow.file, name="file"),
    path("c/<str:key>/files/<int:pk>/small/", follow.small, name="small"),
    path("c/<str:key>/appointments/<int:promise>/appointment.ics", appointments.calendar, name="appointment"),
    path("c/<str:key>/settled/", follow.settled, name="settled"),
]
