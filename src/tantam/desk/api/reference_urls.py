"""The addresses of the pages about the interface for programs."""

from django.urls import path

from tantam.desk.api import reference_pages

app_name = "reference"
urlpatterns = [
    path("", reference_pages.everything, name="everything"),
    path("about/<slug:slug>/", reference_pages.about, name="about"),
]
