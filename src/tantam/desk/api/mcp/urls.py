"""The address of assistants."""

from django.urls import path

from tantam.desk.api.mcp import views

app_name = "mcp"
urlpatterns = [path("", views.ask, name="ask")]
