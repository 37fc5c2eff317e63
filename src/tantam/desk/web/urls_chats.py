"""The addresses of chats."""

from django.urls import path

from tantam.desk.web.views import chat_claims, chats

urlpatterns = [
    path("chats/", chats.index, name="chats"),
    path("chats/rows/", chats.rows, name="chats_rows"),
    path("chats/stream", chats.stream, name="chats_stream"),
    path("chats/seat/", chats.seat, name="chats_seat"),
    path("chats/<int:pk>/", chats.show, name="chat"),
    path("chats/<int:pk>/said/", chats.part, name="chat_said"),
    path("chats/<int:pk>/say/", chats.say, name="chat_say"),
    path("chats/<int:pk>/take/", chats.take, name="chat_take"),
    path("chats/<int:pk>/hand-over/", chats.hand_over, name="chat_hand_over"),
    path("chats/<int:pk>/mail/", chats.mail_on, name="chat_mail"),
    path("chats/<int:pk>/resolve/", chats.resolve, name="chat_resolve"),
    path("chats/<int:pk>/claim/", chat_claims.claim, name="chat_claim"),
    path("chats/<int:pk>/claim/ask/", chat_claims.ask, name="chat_claim_ask"),
    path("chats/<int:pk>/typing/", chats.typing, name="chat_typing"),
    path("chats/<int:pk>/read/", chats.read, name="chat_read"),
]
