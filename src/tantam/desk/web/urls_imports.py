"""The addresses of the pages that take in files of other systems."""

from django.urls import path

from tantam.desk.web.views import imports

urlpatterns = [
    path("imports/", imports.index, name="imports"),
    path("imports/<int:pk>/", imports.show, name="import"),
    path("imports/<int:pk>/columns/", imports.columns, name="import_columns"),
    path("imports/<int:pk>/start/", imports.start, name="import_start"),
    path("imports/<int:pk>/stop/", imports.stop, name="import_stop"),
    path("imports/<int:pk>/throw-away/", imports.throw_away, name="import_throw"),
    path("imports/<int:pk>/not-taken.csv", imports.rejected, name="import_rejected"),
]
