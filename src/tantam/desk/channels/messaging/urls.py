"""The addresses that networks deliver to."""

from django.urls import path

from tantam.desk.channels.messaging import views

app_name = "messaging"
urlpatterns = [path("<slug:name>/", views.delivered, name="delivered")]
