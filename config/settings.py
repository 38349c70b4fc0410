"""Every setting, read from the environment; docs/settings.md explains each."""

import secrets
from pathlib import Path

from config import env

# Where this city's data live: database, keys, built assets.
HOME = Path(env.text("GISHE_HOME", "var")).resolve()
HOME.mkdir(parents=True, exist_ok=True)


def _secret_kept_in(path: Path) -> str:
    """The key in ``path``; made on the first start, readable by this user alone."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return path.read_text(encoding="ascii").strip()


SECRET_KEY = env.text("GISHE_SECRET_KEY") or _secret_kept_in(HOME / "secret.key")
DEBUG = False
DEMO = env.flag("GISHE_DEMO", False)
HTTPS = env.flag("GISHE_HTTPS", False)
ALLOWED_HOSTS = env.words("GISHE_HOSTS", "127.0.0.1 localhost [::1]")
CSRF_TRUSTED_ORIGINS = env.words("GISHE_ORIGINS", "")
# The city's name in the header: one for all languages, or one a language.
CITY = env.by_language(
    "GISHE_CITY",
    "bg=София; en=Sofia; uk=Софія; ru=София; ar=صوفيا; fa=صوفیه; fr=Sofia",
)
TIME_ZONE = env.text("GISHE_TIME_ZONE", "Europe/Sofia")
# Keys of encrypted fields, {"id": "base64 of 32 bytes"}; the last one encrypts.
FIELD_KEYS = env.text("GISHE_FIELD_KEYS")

# The law that the pages show first: the name of a pack of the lawbook.
LAW = env.text("GISHE_LAW", "bg")

DATABASES = {"default": env.database("DATABASE_URL", HOME / "gishe.sqlite3")}
# Limits of sign-in are counted here, by all processes together.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
    },
    # Parts of pages by a digest of all they show: nothing in it can be out of date.
    "drawn": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "drawn",
        "OPTIONS": {"MAX_ENTRIES": 200},
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The house from the top floor down; the same list as in ARCHITECTURE.md and
# in the import contract. `core` is pure Python and `lawbook` data: no app.
ROOMS = [
    "gishe.desks",
    "gishe.exchange",
    "gishe.insight",
    "gishe.visits",
    "gishe.programme",
    "gishe.rights",
    "gishe.directory",
    "gishe.accounts",
    "gishe.foundation",
]
INSTALLED_APPS = [
    *ROOMS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",  # its templates; ours in foundation come first
    "django_htmx",
    "lucide",
    "csp",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "gishe.accounts.middleware.Doorkeeper",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gishe.desks.context.house",
                "gishe.accounts.middleware.staff_session",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "gishe.foundation.templatetags.ui",
            ],
        },
    }
]

# Who is signed in -----------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": f"django.contrib.auth.password_validation.{name}",
    }
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    )
]
LOGIN_REDIRECT_URL = "desks:today"
LOGIN_URL = "account_login"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_ADAPTER = "gishe.accounts.adapter.AccountAdapter"
# Whoever signed in this long ago is asked again before his keys are changed.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
LOGOUT_REDIRECT_URL = "desks:home"
MFA_ADAPTER = "gishe.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "add_webauthn": "gishe.accounts.forms.NewKeyForm",
    "edit_webauthn": "gishe.accounts.forms.KeyNameForm",
}
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "gishe.accounts.limits.name_of"
AXES_CLIENT_IP_CALLABLE = "gishe.accounts.limits.address_of"
AXES_LOCKOUT_CALLABLE = "gishe.accounts.limits.locked_out"
AXES_DISABLE_ACCESS_LOG = True  # the audit trail says who came, without addresses
AXES_VERBOSE = False
# With HTTPS a proxy stands in front and names the caller's address.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

# Languages ------------------------------------------------------------------
LANGUAGE_CODE = "bg"
LANGUAGES = [
    ("bg", "Български"),
    ("en", "English"),
    ("uk", "Українська"),
    ("ru", "Русский"),
    ("ar", "العربية"),
    ("fa", "فارسی"),
    ("fr", "Français"),
]
LOCALE_PATHS = [HOME / "locale"]  # merged from the rooms' catalogues by `gishe assets`
USE_TZ = True

# Files, limits, messages ----------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [HOME / "assets"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_MAX_AGE = 3600
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
CSRF_FAILURE_VIEW = "gishe.foundation.errors.forbidden"
MESSAGE_TAGS = {25: "ok", 30: "now", 40: "stop"}  # the notices of gishe.css
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
FORM_RENDERER = "gishe.foundation.forms.Renderer"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
