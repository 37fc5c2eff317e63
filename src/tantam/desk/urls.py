"""The addresses: customers at /, staff at /desk/, the interface at /api/v1/."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

handler403 = "tantam.desk.web.views.missing.not_yours"
handler404 = "tantam.desk.web.views.missing.show"

admin.site.site_header = admin.site.site_title = _("Tantam: for the operator")
admin.site.index_title = _("What is kept")
admin.site.login = secure_admin_login(admin.site.login)  # the staff's own page counts wrong passwords

urlpatterns = [
    path("account/", include("allauth.account.urls")),
    path("desk/tokens/", include("tantam.desk.api.token_urls")),
    path("desk/assistants/", include("tantam.desk.api.assistant_urls")),
    path("desk/webhooks/", include("tantam.desk.api.webhook_urls")),
    path("desk/", include("tantam.desk.web.urls")),
    path("style/", include("tantam.desk.web.style_urls")),
    path("api/", include("tantam.desk.api.reference_urls")),
    path("api/v1/", include("tantam.desk.api.urls")),
    path("mcp/", include("tantam.desk.api.mcp.urls")),
    path("demo/mail/", include("tantam.desk.channels.email.urls")),
    path("hooks/mail/", include("tantam.desk.channels.email.hook_urls")),
    path("hooks/messaging/", include("tantam.desk.channels.messaging.urls")),
    path("hooks/phone/", include("tantam.desk.channels.phone.urls")),
    path("chat/", include("tantam.desk.channels.chat.urls")),
    path("operator/", admin.site.urls),
    path("", include("tantam.desk.portal.urls")),
]
