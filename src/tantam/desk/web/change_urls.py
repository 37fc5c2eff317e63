"""The addresses of what changes in the plan: its versions, directives, and cases that move."""

from django.urls import path

from tantam.desk.web.views import directives, moving

urlpatterns = [
    path("plan/versions/", moving.index, name="versions"),
    path("plan/versions/move/", moving.many, name="moving"),
    path("plan/versions/<int:number>/", moving.news, name="plan_news"),
    path("plan/versions/<int:number>/read/", moving.read, name="plan_read"),
    path("plan/moves/<int:pk>/", moving.show, name="move"),
    path("cases/<int:pk>/version/", moving.one, name="move_one"),
    path("plan/directives/", directives.index, name="directives"),
    path("plan/directives/new/", directives.new, name="directive_new"),
    path("plan/directives/<int:number>/", directives.show, name="directive"),
    path("plan/directives/<int:number>/read/", directives.read, name="directive_read"),
    path("plan/directives/<int:number>/withdraw/", directives.withdraw, name="directive_withdraw"),
]
