"""The addresses of the living style guide and of the published plan's style sheet."""

from django.urls import path

from tantam.desk.web.views import letters, plan, steps, style

app_name = "style"
urlpatterns = [
    path("", style.show, name="guide"),
    path("letters/", letters.show, name="letters"),
    path("letters.css", letters.style, name="letter_style"),
    path("paper.css", plan.paper_style, name="paper"),
    path("diagram.css", steps.diagram_style, name="diagram"),
]
