"""The addresses that telephone systems send to."""

from django.urls import path

from tantam.desk.channels.phone import views

app_name = "phone"
urlpatterns = [
    path("", views.told, name="told"),
    path("twilio/", views.told_by_twilio, name="twilio"),
]
