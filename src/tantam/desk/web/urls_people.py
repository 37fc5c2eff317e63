"""The addresses of the pages about customers, colleagues and providers."""

from django.urls import path

from tantam.desk.web.views import customer_edits, customers, new_case, people, privacy, providers, same, team

urlpatterns = [
    path("customers/", customers.search, name="customers"),
    path("customers/new/", customer_edits.new, name="customer_new"),
    path("customers/same/", same.index, name="same"),
    path("customers/<int:pk>/erase/", privacy.erase, name="customer_erase"),
    path("customers/<int:pk>/everything/", privacy.everything, name="customer_everything"),
    path("customers/<int:pk>/same/", same.one, name="customer_same"),
    path("customers/<int:pk>/", customers.show, name="customer"),
    path("customers/<int:pk>/change/", customer_edits.change_it, name="customer_change"),
    path("customers/<int:pk>/reach/", customer_edits.reach, name="customer_reach"),
    path("customers/<int:pk>/consent/", customer_edits.consent, name="customer_consent"),
    path("customers/<int:pk>/places/", customer_edits.places, name="customer_places"),
    path("customers/<int:pk>/organisations/", customer_edits.organisations, name="customer_organisations"),
    path("customers/<int:pk>/case/", new_case.show, name="new_case"),
    path("team/", team.show, name="team"),
    path("people/", people.index, name="people"),
    path("people/new/", people.new, name="person_new"),
    path("people/<int:pk>/", people.change, name="person"),
    path("people/<int:pk>/let-go/", people.let_go, name="person_let_go"),
    path("people/<int:pk>/link/", people.send_link, name="person_link"),
    path("team/presence/", team.presence, name="presence"),
    path("team/away/", team.away, name="away"),
    path("team/away/<int:pk>/cancel/", team.cancel, name="away_cancel"),
    path("providers/", providers.show, name="providers"),
]
