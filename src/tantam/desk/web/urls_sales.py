"""The addresses of what happens before the sale."""

from django.urls import path

from tantam.desk.web.views import sales

urlpatterns = [
    path("sales/", sales.show, name="sales"),
    path("cases/<int:pk>/quote/", sales.quote_it, name="quote"),
    path("cases/<int:pk>/quotes/<str:number>/accept/", sales.accept_it, name="accept_quote"),
    path("cases/<int:pk>/won/", sales.win_it, name="win"),
    path("cases/<int:pk>/lost/", sales.lose_it, name="lose"),
]
