"""Django's settings of the desk: only secrets, addresses of servers and where things lie; all else is the plan's."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tantam.desk.channels.email.mailboxes import mailboxes_of
from tantam.desk.channels.email.service_settings import keys_of, service_of
from tantam.desk.channels.messaging.accounts import accounts_of
from tantam.desk.channels.phone.signatures import secrets_of
from tantam.desk.common.database import database_of
from tantam.desk.common.keys import secret_of
from tantam.desk.common.surroundings import one_of, pattern, whole

ROOM = Path(__file__).resolve().parent
HOME = Path(os.environ.get("TANTAM_HOME", "var")).resolve()
DEBUG = os.environ.get("TANTAM_DEBUG", "") == "1"

SECRET_KEY = os.environ.get("TANTAM_SECRET_KEY") or secret_of(HOME)
BASE_URL = os.environ.get("TANTAM_BASE_URL", "http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = os.environ.get("TANTAM_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [BASE_URL]
CSRF_FAILURE_VIEW = "tantam.desk.web.away.stale"  # what was typed is never lost with the token

INSTALLED_APPS = [
    "tantam.desk.common",
    "tantam.desk.accounts",  # before allauth: its templates come first
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "csp",
    "tantam.desk.files",
    "tantam.desk.plans",
    "tantam.desk.customers",
    "tantam.desk.duty",
    "tantam.desk.providers",
    "tantam.desk.cases",
    "tantam.desk.claims",
    "tantam.desk.search",
    "tantam.desk.notices",
    "tantam.desk.arrivals",
    "tantam.desk.calls",
    "tantam.desk.chats",
    "tantam.desk.comments",
    "tantam.desk.receipts",
    "tantam.desk.wordings",
    "tantam.desk.imports",
    "tantam.desk.duplicates",
    "tantam.desk.errands",
    "tantam.desk.reviews",
    "tantam.desk.followups",
    "tantam.desk.recalls",
    "tantam.desk.groups",
    "tantam.desk.sales",
    "tantam.desk.deliveries",
    "tantam.desk.spam",
    "tantam.desk.feedback",
    "tantam.desk.visitors",
    "tantam.desk.assistants",
    "tantam.desk.procedures",
    "tantam.desk.reports",
    "tantam.desk.privacy",
    "tantam.desk.channels.email",
    "tantam.desk.channels.phone",
    "tantam.desk.channels.messaging",
    "tantam.desk.channels.chat",
    "tantam.desk.channels.webhooks",
    "tantam.desk.portal",
    "tantam.desk.web",
    "tantam.desk.api",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tantam.desk.common.legible.Utf8Middleware",
    "tantam.desk.common.language.LanguageMiddleware",
    "tantam.desk.common.legible.LegibleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "tantam.desk.urls"
WSGI_APPLICATION = "tantam.desk.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "DIRS": [],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tantam.desk.common.context.desk",
            ],
        },
    }
]

DATABASES = {"default": database_of(os.environ.get("TANTAM_DATABASE_URL", f"sqlite:///{HOME}/tantam.sqlite3"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "tantam.desk.accounts.adapter.StaffAccounts"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("de", "Deutsch"), ("en", "English")]
LOCALE_PATHS = [ROOM.parent / "locale"]
FORMAT_MODULE_PATH = ["tantam.desk.common.formats"]
LANGUAGE_COOKIE_NAME = "tantam_language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "tantam.desk.channels.chat.finder.WidgetFinder",
]
WHITENOISE_USE_FINDERS = DEBUG
MEDIA_ROOT = HOME / "media"

# Mail goes out through the outbox; this is where it is handed over.
SMTP_URL = os.environ.get("TANTAM_SMTP_URL", "smtp://localhost:1025")
MAIL_DOMAIN = os.environ.get("TANTAM_MAIL_DOMAIN", "tantam.localhost")
MAIL_FROM = os.environ.get("TANTAM_MAIL_FROM", f"desk@{MAIL_DOMAIN}")
# Where mail is fetched. Further addresses at which the desk takes mail, with spaces between.
MAILBOXES = mailboxes_of(os.environ.get("TANTAM_MAILBOXES", ""))
MAIL_ALSO = frozenset(os.environ.get("TANTAM_MAIL_ALSO", "").lower().split()) | {
    each.user.lower() for each in MAILBOXES
}
# Where answers to one case are sent, such as desk+{case}@example.com; "" for the desk's one address for all.
MAIL_REPLY_TO = pattern("TANTAM_MAIL_REPLY_TO", "desk+{case}@example.com")
# Where the case's reference stands in a subject.
MAIL_REFERENCE = one_of("TANTAM_MAIL_REFERENCE", "end", "front", "none")
# The mail service that hands mail over by webhook, "" for none, and how django-anymail knows that it is the service.
MAIL_SERVICE, ANYMAIL = service_of(os.environ), keys_of(os.environ)
# The few mails to colleagues (a forgotten password) go by the same server, at once.
_server = urlsplit(SMTP_URL)
EMAIL_HOST, EMAIL_PORT = _server.hostname or "localhost", _server.port or (465 if _server.scheme == "smtps" else 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_server.username or ""), unquote(_server.password or "")
EMAIL_USE_SSL, EMAIL_USE_TLS = _server.scheme == "smtps", _server.scheme == "smtp+tls"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = MAIL_FROM
# Webhooks go out into the world alone; "1" lets them reach machines of the house's own network, without TLS too.
PRIVATE_HOOKS = os.environ.get("TANTAM_PRIVATE_HOOKS", "") == "1"
# What telephone systems sign their webhooks with, several while one is exchanged; "" closes the address.
PHONE_SECRETS = secrets_of(os.environ.get("TANTAM_PHONE_SECRET", ""))
PHONE_TWILIO_TOKEN = os.environ.get("TANTAM_PHONE_TWILIO_TOKEN", "").strip()
# The accounts at networks of messages, each with all of its keys.
MESSAGING = accounts_of(os.environ)
# Sites on which the chat's window stands beside our own, such as https://www.example.com, with spaces between.
CHAT_ORIGINS = frozenset(os.environ.get("TANTAM_CHAT_ORIGINS", "").split()) | {BASE_URL}
DEMO = os.environ.get("TANTAM_DEMO", "") == "1"

# How many proxies of our own stand before the desk: so many last addresses of X-Forwarded-For are believed.
PROXIES = ALLAUTH_TRUSTED_PROXY_COUNT = whole("TANTAM_PROXIES", 0)

# The public forms: so many filings an hour from one network. The interface for programs: its secret, "" closes it.
FILED_PER_HOUR = whole("TANTAM_FILED_PER_HOUR", 30)
API_TOKEN = os.environ.get("TANTAM_API_TOKEN", "")
API_PER_MINUTE = whole("TANTAM_API_PER_MINUTE", 600)  # requests of one token

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "manifest-src": ["'self'"],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BASE_URL.startswith("https://")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_HANDLERS = ["tantam.desk.common.uploads.NoFiles"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"refusals": {"()": "tantam.desk.common.refusals.InOneLine"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"django.request": {"filters": ["refusals"]}},
    "root": {"handlers": ["console"], "level": "INFO" if DEBUG else "WARNING"},
}
