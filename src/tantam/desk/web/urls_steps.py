"""The addresses of a case's procedure; part of the staff's pages."""

from django.urls import path

from tantam.desk.web.views import steps

urlpatterns = [
    path("cases/<int:pk>/procedure/", steps.show, name="procedure"),
    path("cases/<int:pk>/procedure/begin/", steps.begin_one, name="begin_procedure"),
    path("cases/<int:pk>/procedure/stop/", steps.stop_it, name="stop_procedure"),
    path("cases/<int:pk>/procedure/<int:step>/do/", steps.do_it, name="do_step"),
    path("cases/<int:pk>/procedure/<int:step>/skip/", steps.skip_it, name="skip_step"),
    path("cases/<int:pk>/procedure/<int:step>/back/", steps.go_back_to, name="back_to_step"),
]
