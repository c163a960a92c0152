"""Every setting, from the environment, with defaults that work. The secrets are files in the data folder."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF

from usward.kit import datafolder
from usward.practices import NAMES as PRACTICES


def flag(name: str) -> bool:
    """Whether an environment variable says yes."""
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes", "on"}


BASE_DIR = Path(__file__).resolve().parent.parent
DATA = datafolder.data_folder()
DEBUG = flag("USWARD_DEBUG")
OPEN_DOOR = flag("USWARD_OPEN")  # anybody may make an account, not only the invited
OFFER_DEMO = flag("USWARD_DEMO")

SECRET_KEY = datafolder.secret("secret_key").decode()
PEPPER = datafolder.secret("pepper")

# Where people reach us. USWARD_URL alone decides hosts, CSRF, cookies and sub-path.
URL = urlsplit(datafolder.public_url())
SECURE = URL.scheme == "https"
ALLOWED_HOSTS = [URL.hostname] if URL.hostname else ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS += [h for h in os.environ.get("USWARD_HOSTS", "").split(",") if h]
CSRF_TRUSTED_ORIGINS = [f"{URL.scheme}://{URL.netloc}"] if URL.hostname else []
FORCE_SCRIPT_NAME = URL.path.rstrip("/") or None
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None

WAY_OUT = ("/exit/", "/exit/done/")  # answered under any name, since it tells nothing

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "usward.accounts",
    "usward.vault",
    "usward.spaces",
    "usward.entries",
    "usward.talkback",
    "usward.freebusy",
    *(f"usward.practices.{name}" for name in PRACTICES),
    "usward.keepsafe",
    "usward.security",
    "usward.front",
    "usward.behind",
    "usward.home",
    "usward.demo",
    "usward.kit",
]

MIDDLEWARE = [
    "usward.demo.sides.Sides",
    "usward.kit.headers.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "usward.kit.headers.ContentSecurityPolicy",
    "django.middleware.common.CommonMiddleware",
    "usward.accounts.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "usward.accounts.middleware.PersonMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "usward.kit.headers.HeadLikeGet",
    "usward.kit.refusals.OnlyForForms",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "usward.kit.pages.Pages",
        "NAME": "pages",
        "DIRS": [BASE_DIR / "web" / "templates", *sorted((BASE_DIR / "usward").rglob("templates"))],
        "OPTIONS": {"environment": "usward.kit.pages.environment", "auto_reload": DEBUG},
    },
    # What allauth shows of its own, which no page of ours leads to.
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True},
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / "usward.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 15,  # seconds that a write waits for another: two places that become one may take some
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                # FULL: what was answered with "kept" is on the disk, also when the power goes in the next moment.
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; "
                # What of the file is mapped, or cached for each thread, counts as our memory; more of it is no faster.
                "PRAGMA foreign_keys=ON; PRAGMA mmap_size=16777216; PRAGMA cache_size=-4000;"
            ),
        },
        "TEST": {"NAME": DATA / "test.sqlite3"},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Tries are counted here. Of its usual 300 places whoever guesses could fill all, to be counted anew.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
MEDIA = DATA / "media"

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["usward.security.backend.ReadmittingBackend"]
PASSWORD_HASHERS = ["usward.accounts.hasher.VaultHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}}
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"  # by name: Usward may live under a sub-path
ACCOUNT_ADAPTER = "usward.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
    "invitation": "20/m/ip",
    "signup": "10/m/ip",
    "pin": "5/15m/user",
    "recovery": "5/15m/ip",
    "readmission": "5/15m/ip,3/h/key",
    "feed": "60/m/ip",
}
MFA_ADAPTER = "usward.accounts.adapter.MFAAdapter"
MFA_FORMS = {"activate_totp": "usward.accounts.second.ActivateForm"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Usward"
# The code before and the code after are good, too: one turns over while it is being typed, and no two clocks are the same.
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True

# Sessions: 90 days, rolling; only a hash of the key is stored
SESSION_ENGINE = "usward.accounts.sessions"
SESSION_COOKIE_NAME = "usward"
SESSION_COOKIE_AGE = 90 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = FORCE_SCRIPT_NAME or "/"
UNLOCK_COOKIE_NAME = "usward_unlock"
CSRF_COOKIE_NAME = "usward_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "usward.front.views.csrf_failure"

# What a page may do in the browser
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
        "object-src": [NONE],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024 * 1024  # never spool an upload to disk in the clear

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [(name, BASE_DIR / "web" / name) for name in ("css", "js", "icons", "fonts")]
STORAGES = {
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "usward.kit.sheets.JoiningStorage"
    }
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False

LANGUAGE_CODE = "en"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no addresses": {"()": "usward.kit.logs.NoAddresses"}},
    "formatters": {"no words": {"()": "usward.kit.logs.NoWords"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "filters": ["no addresses"], "formatter": "no words"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # Django's own error mails and request dumps could carry words; we log the path and the kind of error, no more.
    "loggers": {
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        # usward.kit.refusals says it in one line, with the name of the setting.
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
    },
}
