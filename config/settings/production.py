"""A real deployment: what is secret or specific comes from the environment (docker/.env.example)."""

from config.env import env_bool, env_choice, env_int, env_list, env_secret, env_str
from config.logs import logging_settings
from config.settings.base import *  # noqa: F403 - a settings module is its base plus what differs
from config.settings.base import LOG_LEVEL

DEBUG = False
SECRET_KEY = env_secret("DANEGELD_SECRET_KEY")
ALLOWED_HOSTS = env_list("DANEGELD_HOSTS") or [env_str("DANEGELD_HOSTS")]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if not host.startswith(("*", "."))]
ACCOUNT_EMAIL_VERIFICATION = env_choice("DANEGELD_EMAIL_VERIFICATION", "mandatory", ("mandatory", "optional", "none"))
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"

SECURE_SSL_REDIRECT = env_bool("DANEGELD_SSL_REDIRECT", True)
# Probes come from inside, over plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = env_int("DANEGELD_HSTS_SECONDS", 365 * 24 * 3600, low=0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
if env_bool("DANEGELD_BEHIND_PROXY", False):
    # Only behind a proxy that sets this header itself: otherwise any client could claim to use HTTPS.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# The __Host- prefix binds a cookie to this very host: no sibling domain can set or read it.
SESSION_COOKIE_NAME = "__Host-sessionid"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
CSRF_COOKIE_SECURE = True

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
LOGGING = logging_settings(LOG_LEVEL, as_json=env_bool("DANEGELD_LOG_JSON", True))
TRY_OUT = False
