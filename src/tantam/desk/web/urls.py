"""The addresses of the staff's pages."""

from django.urls import path

from tantam.desk.web.views import case, customers, find, history, inbox, measures, plan, profile, trouble, what_if

app_name = "web"
urlpatterns = [
    path("", inbox.show, name="inbox"),
    path("cases/<int:pk>/", case.show, name="case"),
    path("cases/<int:pk>/say/", case.say, name="say"),
    path("cases/<int:pk>/take/", case.take_it, name="take"),
    path("cases/<int:pk>/hand-over/", case.hand_it_over, name="hand_over"),
    path("cases/<int:pk>/escalate/", case.escalate_it, name="escalate"),
    path("cases/<int:pk>/resolve/", case.resolve_it, name="resolve"),
    path("cases/<int:pk>/reopen/", case.reopen_it, name="reopen"),
    path("cases/<int:pk>/claims/<int:claim>/grant/", case.grant_it, name="grant"),
    path("cases/<int:pk>/claims/<int:claim>/refuse/", case.refuse_it, name="refuse"),
    path("cases/<int:pk>/claims/<int:claim>/prove/", case.prove_it, name="prove"),
    path("customers/", customers.search, name="customers"),
    path("customers/<int:pk>/", customers.show, name="customer"),
    path("plan/", plan.show, name="plan"),
    path("what-if/", what_if.index, name="what_if"),
    path("what-if/<int:pk>/", what_if.show, name="what_if_run"),
    path("what-if/<int:pk>/again/", what_if.again, name="what_if_again"),
    path("measures/", measures.show, name="measures"),
    path("measures/<slug:name>/", measures.measure, name="measure"),
    path("promises/", measures.promises, name="promises"),
    path("history/<slug:source>/<path:reference>/", history.show, name="history"),
    path("trouble/", trouble.show, name="trouble"),
    path("trouble/<int:pk>/retry/", trouble.retry, name="retry"),
    path("find/", find.go, name="find"),
    path("profile/", profile.show, name="profile"),
]
