"""The addresses of the plan's groups and profile against the customers."""

from django.urls import path

from tantam.desk.web.views import groups

urlpatterns = [
    path("groups/", groups.index, name="groups"),
    path("groups/profile/", groups.profile, name="customer_profile"),
    path("groups/of/<str:name>/", groups.show, name="group"),
    path("customers/<int:pk>/told/", groups.fill_in, name="customer_told"),
]
