"""The addresses that the chat's window asks."""

from django.urls import path

from tantam.desk.channels.chat import views

app_name = "chat"
urlpatterns = [
    path("hello", views.hello, name="hello"),
    path("start", views.start, name="start"),
    path("history", views.history, name="history"),
    path("write", views.write, name="write"),
    path("file", views.file, name="file"),
    path("files/<str:ticket>/<str:name>", views.opened, name="opened"),
    path("typing", views.typing, name="typing"),
    path("read", views.read, name="read"),
    path("mail", views.mail, name="mail"),
    path("end", views.end, name="end"),
    path("stream", views.stream, name="stream"),
]
