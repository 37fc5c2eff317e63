"""The addresses of the living style guide and of the published plan's style sheet."""

from django.urls import path

from tantam.desk.web.views import plan, steps, style

app_name = "style"
urlpatterns = [
    path("", style.show, name="guide"),
    path("paper.css", plan.paper_style, name="paper"),
    path("diagram.css", steps.diagram_style, name="diagram"),
]
