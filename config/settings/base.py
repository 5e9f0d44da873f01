"""Settings that hold everywhere. What differs is in `local`, `production` and `test`."""

from pathlib import Path
from typing import Any

from config.env import env_bool, env_choice, env_database, env_int, env_list, env_secret, env_str
from config.logs import logging_settings

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(env_str("DANEGELD_VAR_DIR", str(BASE_DIR / "var")))
"""Everything the program writes on its own: SQLite file, local queue, generated secret."""
BUILD_STATIC = BASE_DIR / "build" / "static"
"""Front-end parts taken out of installed packages by `manage.py build_assets`; never committed."""

DEBUG = False
SECRET_KEY_FALLBACKS = env_list("DANEGELD_SECRET_KEY_FALLBACKS")

INSTALLED_APPS = [
    "config",
    "accounts",
    "pricing",
    "planner",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",  # pages of allauth use its filters
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]

MIDDLEWARE = [
    # First, so that every answer carries the request id and the headers, those of the middlewares below included.
    "config.middleware.RequestIdMiddleware",
    "config.middleware.HeadersMiddleware",
    "planner.api.problems.ApiProblemMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.middleware.OrganisationMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Database -----------------------------------------------------------------------------------------------------------

DATABASES = {"default": env_database("DANEGELD_DATABASE_URL", f"sqlite:///{VAR_DIR / 'danegeld.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Cache and sessions -------------------------------------------------------------------------------------------------

CACHE_URL = env_str("DANEGELD_CACHE_URL", "")
"""redis://host:6379/1; empty: the memory of the one web process, which is enough for `manage.py serve`."""
CACHES: dict[str, dict[str, Any]] = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL, "KEY_PREFIX": "danegeld"}
        if CACHE_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# People -------------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    # Only for permissions in the admin; e-mail and password go through allauth and its rate limits.
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/plans"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "signup": "accounts.forms.signup.SignupForm",
    "login": "accounts.forms.access.LoginForm",
    "reset_password": "accounts.forms.access.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.access.ResetPasswordKeyForm",
    "change_password": "accounts.forms.access.ChangePasswordForm",
}
ACCOUNT_EMAIL_VERIFICATION = env_choice("DANEGELD_EMAIL_VERIFICATION", "optional", ("mandatory", "optional", "none"))
# The same answer for known and unknown addresses, so that the form does not tell who has an account.
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Danegeld"

# Headers ------------------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "font-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# Uploads: at most 10 MB, 100 MB unpacked ----------------------------------------------------------------------------

UPLOAD_MAX_BYTES = env_int("DANEGELD_UPLOAD_MAX_MB", 10, low=1, high=100) * 1_000_000
UPLOAD_MAX_UNPACKED_BYTES = 10 * UPLOAD_MAX_BYTES
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# Language and time --------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
# Compiled by `manage.py build_assets` out of locale/, which holds what people translate.
LOCALE_PATHS = [BUILD_STATIC.parent / "locale"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

# Static files -------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT: Path | None = Path(env_str("DANEGELD_STATIC_ROOT", str(BASE_DIR / "build" / "collected")))
STATICFILES_DIRS = [BUILD_STATIC] if BUILD_STATIC.is_dir() else []

# Jobs: the message is a hint, the row is the truth (docs/decisions) -------------------------------------------------

BROKER_DIR = VAR_DIR / "queue"
CELERY_BROKER_URL = env_secret("DANEGELD_BROKER_URL", "filesystem://localhost//")
_BROKER_OPTIONS: dict[str, dict[str, Any]] = {
    "filesystem": {
        "data_folder_in": str(BROKER_DIR / "messages"),
        "data_folder_out": str(BROKER_DIR / "messages"),
        "control_folder": str(BROKER_DIR / "control"),
        "store_processed": False,
        "polling_interval": 0.1,
    },
    "redis": {
        "global_keyprefix": "danegeld:",
        # A dead broker must cost a request milliseconds: the sweeper sends the hint again.
        "socket_connect_timeout": 1,
        "socket_timeout": 5,
        "health_check_interval": 10,
        "visibility_timeout": 3600,
    },
}
CELERY_BROKER_TRANSPORT_OPTIONS = _BROKER_OPTIONS.get(CELERY_BROKER_URL.partition(":")[0].removesuffix("s"), {})
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_DEFAULT_QUEUE = "danegeld"
# Early acknowledgement and no prefetching: a lost message is sent again by the sweeper, a message held back by a busy
# worker would only delay somebody else's run.
CELERY_TASK_ACKS_LATE = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
# The soft limit ends the run as failed, the hard one ends its process. Both lie below Redis' visibility time-out.
CELERY_TASK_SOFT_TIME_LIMIT = 300
CELERY_TASK_TIME_LIMIT = 330
CELERY_TIMEZONE = "UTC"

# Runs: how long a worker may be silent, when a lost hint is sent again, how many runs of one organisation are announced
# at a time, and the pauses before the second, third and later attempts; how many futures a run simulates (a run keeps
# the number it was started with).
RUN_LEASE_SECONDS = env_int("DANEGELD_RUN_LEASE_SECONDS", 30, low=1, high=600)
RUN_HINT_AGAIN_SECONDS = env_int("DANEGELD_RUN_HINT_AGAIN_SECONDS", 15, low=1, high=600)
RUN_DRAWS = env_int("DANEGELD_RUN_DRAWS", 65_536, low=8, high=2_000_000)
RUN_WINDOW_PER_ORGANISATION = env_int("DANEGELD_RUN_WINDOW", 8, low=1, high=1000)
RUN_BACKOFF_SECONDS = tuple(int(seconds) for seconds in env_list("DANEGELD_RUN_BACKOFF", "0,10,60"))

# What the sweeper does beside the runs, by dotted name: each is called every round and knows when it is its time.
SWEEP_CHORES = ("pricing.operations.import_daily",)
# Whether the installed price list is compared with the catalogue every day, and whether plain differences are accepted.
PRICE_IMPORT = env_choice("DANEGELD_PRICE_IMPORT", "off", ("off", "compare", "accept"))

# Web process --------------------------------------------------------------------------------------------------------

WEB_THREADS = env_int("DANEGELD_WEB_THREADS", 8, low=1, high=64)
WEB_PROCESSES = env_int("DANEGELD_WEB_PROCESSES", 1, low=1, high=64)
SWEEP_SECONDS = env_int("DANEGELD_SWEEP_SECONDS", 10, low=1, high=60)

METRICS_TOKEN = env_secret("DANEGELD_METRICS_TOKEN", "")
"""Who shows it may read /metrics; empty: nobody may."""

# Mail: printed to the console unless an SMTP server is named --------------------------------------------------------

EMAIL_HOST = env_str("DANEGELD_SMTP_HOST", "")
EMAIL_PORT = env_int("DANEGELD_SMTP_PORT", 587, low=1, high=65535)
EMAIL_HOST_USER = env_str("DANEGELD_SMTP_USER", "")
EMAIL_HOST_PASSWORD = env_secret("DANEGELD_SMTP_PASSWORD", "")
EMAIL_USE_TLS = env_bool("DANEGELD_SMTP_TLS", True)
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
DEFAULT_FROM_EMAIL = env_str("DANEGELD_MAIL_FROM", "Danegeld <danegeld@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Logs ---------------------------------------------------------------------------------------------------------------

LOG_LEVEL = env_choice("DANEGELD_LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"))
LOGGING = logging_settings(LOG_LEVEL, as_json=env_bool("DANEGELD_LOG_JSON", False))

# API (classes and their settings belong to planner.api) -------------------------------------------------------------

API_RATES = {"api": env_str("DANEGELD_API_RATE", "600/min"), "runs": env_str("DANEGELD_API_RUN_RATE", "120/min")}
"""Requests per person, or per address for visitors: of everything, and of started runs."""
REST_FRAMEWORK: dict[str, Any] = {
    # How many proxies of ours append to X-Forwarded-For; with 0 the header, which anybody can send, is not read.
    "NUM_PROXIES": env_int("DANEGELD_PROXIES", 0, low=0, high=5),
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Danegeld",
    "DESCRIPTION": "Compare ways of supplying large language model work by net present value.",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}
