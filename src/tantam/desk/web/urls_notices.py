"""The addresses of what a colleague is told, and how."""

from django.urls import path

from tantam.desk.web.views import notices

urlpatterns = [
    path("notices/", notices.show, name="notices"),
    path("notices/count/", notices.count, name="notice_count"),
    path("notices/read/", notices.read_them, name="notices_read"),
    path("notices/<int:pk>/", notices.go, name="notice"),
    path("notices/ways/", notices.ways, name="notice_ways"),
    path("notices/hook/", notices.hook, name="notice_hook"),
    path("notices/push/", notices.push_here, name="notice_push"),
    path("push.js", notices.service_worker, name="service_worker"),
]
