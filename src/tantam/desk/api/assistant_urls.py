"""The addresses of the pages about assistants."""

from django.urls import path

from tantam.desk.api import assistant_pages as pages

app_name = "assistants"
urlpatterns = [
    path("", pages.assistants, name="assistants"),
    path("<int:pk>/turn/", pages.turn, name="turn"),
    path("<int:pk>/let-go/", pages.let_go, name="let_go"),
]
