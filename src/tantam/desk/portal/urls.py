"""The addresses of the customers' pages."""

from django.urls import path

from tantam.desk.portal.views import (
    answers,
    appointments,
    ask,
    before,
    decide,
    follow,
    home,
    lost,
    mine,
    quote,
    rating,
    received,
    stop,
    well,
)

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("plan/", home.published, name="plan"),
    path("answers/", answers.search, name="answers"),
    path("answers/offered/", answers.offered, name="offered"),
    path("help/<slug:code>/", ask.help_with, name="help"),
    path("call-me/", before.call_me, name="call_me"),
    path("quote/", before.ask_quote, name="ask_quote"),
    path("lost/", lost.lost, name="lost"),
    path("lost/asked/", lost.asked, name="lost_asked"),
    path("received/<str:key>/", received.received, name="received"),
    path("mine/", mine.mine, name="mine"),
    path("mine/asked/", mine.asked, name="mine_asked"),
    path("mine/in/<str:token>/", mine.come_in, name="come_in"),
    path("mine/out/", mine.go, name="go"),
    path("well/<str:key>/", well.well, name="follow_up"),
    path("letters/<str:key>/", stop.stop, name="stop"),
    path("c/<str:key>/", follow.case, name="case"),
    path("c/<str:key>/write/", follow.write, name="write"),
    path("c/<str:key>/higher/", follow.higher, name="higher"),
    path("c/<str:key>/files/<int:pk>/", follow.file, name="file"),
    path("c/<str:key>/files/<int:pk>/small/", follow.small, name="small"),
    path("c/<str:key>/appointments/<int:promise>/appointment.ics", appointments.calendar, name="appointment"),
    path("c/<str:key>/settled/", follow.settled, name="settled"),
    path("c/<str:key>/accept/", decide.accept, name="accept"),
    path("c/<str:key>/dispute/", decide.dispute, name="dispute"),
    path("c/<str:key>/quotes/<str:number>/accept/", quote.accept, name="accept_quote"),
    path("c/<str:key>/quotes/<str:number>/decline/", quote.decline, name="decline_quote"),
    path("c/<str:key>/take-back/", decide.take_back, name="take_back"),
    path("c/<str:key>/confirm/", follow.confirm, name="confirm"),
    path("c/<str:key>/rating/", rating.rating, name="rating"),
]
