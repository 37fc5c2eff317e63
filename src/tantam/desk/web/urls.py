"""The addresses of the staff's pages."""

from django.urls import include, path

from tantam.desk.web.views import (
    case,
    files,
    find,
    history,
    inbox,
    measures,
    plan,
    profile,
    trouble,
    what_if,
    writing,
)

app_name = "web"
urlpatterns = [
    path("", inbox.show, name="inbox"),
    path("cases/<int:pk>/", case.show, name="case"),
    path("cases/<int:pk>/say/", writing.say, name="say"),
    path("cases/<int:pk>/draft/", writing.draft, name="draft"),
    path("cases/<int:pk>/files/", writing.add_files, name="add_files"),
    path("cases/<int:pk>/files/<int:file>/drop/", writing.drop_file, name="drop_file"),
    path("cases/<int:pk>/drafts/<int:draft>/take-over/", writing.take_over, name="take_over"),
    path("cases/<int:pk>/drafts/<int:draft>/discard/", writing.discard, name="discard"),
    path("cases/<int:pk>/drafts/<int:draft>/take-back/", writing.take_back, name="take_back"),
    path("files/<int:pk>/", files.file, name="file"),
    path("files/<int:pk>/small/", files.small, name="small"),
    path("messages/<int:pk>/html/", files.rich, name="rich"),
    path("cases/<int:pk>/take/", case.take_it, name="take"),
    path("cases/<int:pk>/hand-over/", case.hand_it_over, name="hand_over"),
    path("cases/<int:pk>/escalate/", case.escalate_it, name="escalate"),
    path("cases/<int:pk>/resolve/", case.resolve_it, name="resolve"),
    path("cases/<int:pk>/reopen/", case.reopen_it, name="reopen"),
    path("cases/<int:pk>/claims/<int:claim>/grant/", case.grant_it, name="grant"),
    path("cases/<int:pk>/claims/<int:claim>/refuse/", case.refuse_it, name="refuse"),
    path("cases/<int:pk>/claims/<int:claim>/prove/", case.prove_it, name="prove"),
    path("", include("tantam.desk.web.urls_people")),
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
