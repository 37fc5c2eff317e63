"""The addresses of the demo's mail reader."""

from django.urls import path

from tantam.desk.channels.email import views

app_name = "mail"
urlpatterns = [
    path("", views.boxes, name="boxes"),
    path("box/<path:recipient>/", views.box, name="box"),
    path("<int:pk>/", views.letter, name="letter"),
]
