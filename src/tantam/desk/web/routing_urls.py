"""The addresses of approvals, of the list of cases that nobody moves, and of a case's ways up, down and back."""

from django.urls import path

from tantam.desk.web.views import approvals, bought, money, proposals, recalls, routing

urlpatterns = [
    path("approvals/", approvals.show, name="approvals"),
    path("approvals/<int:pk>/", approvals.one, name="approval"),
    path("approvals/<int:pk>/decide/", approvals.decide, name="decide"),
    path("approvals/<int:pk>/withdraw/", approvals.withdraw, name="withdraw_approval"),
    path("approvals/by-mail/<str:ticket>/", approvals.by_mail, name="decide_by_mail"),
    path("cases/<int:pk>/drafts/<int:draft>/approve/", proposals.send_draft, name="send_draft"),
    path("cases/<int:pk>/drafts/<int:draft>/throw/", proposals.throw_draft, name="throw_draft"),
    path("recalls/", recalls.show, name="recalls"),
    path("recalls/new/", recalls.new, name="recall_new"),
    path("recalls/<int:pk>/", recalls.one, name="recall"),
    path("recalls/<int:pk>/begin/", recalls.begin_it, name="recall_begin"),
    path("recalls/<int:pk>/stop/", recalls.stop_it, name="recall_stop"),
    path("money/", money.show, name="money"),
    path("cases/<int:pk>/purchase/", bought.note_it, name="note_purchase"),
    path("cases/<int:pk>/purchase/handed-over/", bought.correct_it, name="correct_purchase"),
    path("cases/<int:pk>/claims/<int:claim>/stands/", bought.let_it_stand, name="let_stand"),
    path("cases/<int:pk>/claims/<int:claim>/choose/", bought.choose_it, name="choose"),
    path("cases/<int:pk>/grants/<int:grant>/pay/", money.pay_it, name="pay"),
    path("cases/<int:pk>/grants/<int:grant>/take-back/", money.take_back_grant, name="take_back_grant"),
    path("watch/", routing.watch, name="watch"),
    path("cases/<int:pk>/claims/<int:claim>/ask/", approvals.ask_it, name="ask_approval"),
    path("cases/<int:pk>/grade/", routing.grade_it, name="grade"),
    path("cases/<int:pk>/down/", routing.deescalate_it, name="deescalate"),
    path("cases/<int:pk>/give-back/", routing.give_it_back, name="give_back"),
]
