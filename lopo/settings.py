"""Settings of the web, the database and the queue, taken from the environment with safe defaults."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from csp.constants import NONE, SELF

from lopo import postgres

PACKAGE = Path(__file__).resolve().parent
HOME = Path(os.environ.get("LOPO_HOME", PACKAGE.parent / ".lopo")).resolve()
SERVER = postgres.at(HOME)
DATABASE_URL = os.environ.get("LOPO_DATABASE_URL") or SERVER.url
EMBEDDED = "LOPO_DATABASE_URL" not in os.environ


def _database(url: str) -> dict[str, object]:
    """Turn `postgresql://user:password@host:port/name?host=/socket` into what Django wants."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ValueError("LOPO_DATABASE_URL must begin with postgresql://")
    socket = parse_qs(parts.query).get("host", [""])[0]
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": socket or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"NAME": "test_lopo" + os.environ.get("LOPO_TEST_DB", "")},
    }


def _secret() -> str:
    """Read the signing key from the environment or from a file that only this user may read."""
    if given := os.environ.get("LOPO_SECRET_KEY"):
        return given
    file = HOME / "secret_key"
    if not file.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600), "w") as handle:
            handle.write(secrets.token_urlsafe(50))
    return file.read_text().strip()


SECRET_KEY = _secret()
DEBUG = os.environ.get("LOPO_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("LOPO_HOSTS", "127.0.0.1,localhost,testserver").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("LOPO_ORIGINS", "").split(",") if origin]
SECURE = os.environ.get("LOPO_HTTPS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "lopo.web.refusals.csrf_failed"
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    "procrastinate.contrib.django",
    "lopo.staff",
    "lopo.ledger",
    "lopo.people",
    "lopo.targeting",
    "lopo.coverage",
    "lopo.financing",
    "lopo.claims",
    "lopo.payments",
    "lopo.web",
    "lopo.jobs",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "lopo.web.door.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "lopo.web.refusals.RefusalMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lopo.web.frame.frame",
            ],
        },
    }
]
ROOT_URLCONF = "lopo.web.urls"
WSGI_APPLICATION = "lopo.web.wsgi.application"
DATABASES = {"default": _database(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "staff.Officer"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "masuk"
LOGIN_REDIRECT_URL = "beranda"
LOGOUT_REDIRECT_URL = "masuk"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 1
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "lopo.web.sign.locked_out"

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "web" / "locale"]
TIME_ZONE = "Asia/Makassar"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
LOPO_CLAMD = os.environ.get("LOPO_CLAMD", "")  # host:port or socket of clamd, which scans what people send
# The account that pays benefits, as bank files name it; the demo's is invented.
LOPO_PAYER_NAME = os.environ.get("LOPO_PAYER_NAME", "BPJS Ketenagakerjaan")
LOPO_PAYER_BIC = os.environ.get("LOPO_PAYER_BIC", "PDNTIDJ1")
LOPO_PAYER_ACCOUNT = os.environ.get("LOPO_PAYER_ACCOUNT", "0130000000999")
LOPO_BANK_FOLDER = os.environ.get("LOPO_BANK_FOLDER", "")  # shared with the bank; empty = officers carry files
_SMTP = os.environ.get("LOPO_SMTP", "")  # host:port of the SMTP server by which messages leave; empty = no e-mail
EMAIL_HOST, _, _SMTP_PORT = _SMTP.partition(":")
EMAIL_PORT = int(_SMTP_PORT or 25)
EMAIL_HOST_USER = os.environ.get("LOPO_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("LOPO_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("LOPO_SMTP_TLS") == "1"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("LOPO_MAIL_FROM", "lopo@localhost")
LOPO_TODAY = os.environ.get("LOPO_TODAY", "")  # the day that the demo's story shows, ISO; empty = the real day

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 30 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOPO_LOG_LEVEL", "WARNING")},
}
