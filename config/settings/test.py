"""Settings of the test suite: fast, without network, on SQLite unless DANEGELD_DATABASE_URL names a server."""

import tempfile

from config.env import env_database
from config.settings.base import *  # noqa: F403 - a settings module is its base plus what differs
from config.settings.base import CELERY_BROKER_TRANSPORT_OPTIONS

DEBUG = False
SECRET_KEY = "only for tests: nothing made with it leaves the test run"  # noqa: S105 - it says so itself
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DATABASES = {"default": env_database("DANEGELD_DATABASE_URL", "sqlite:///:memory:")}
DATABASES["default"]["CONN_MAX_AGE"] = 0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Each test process publishes into a folder of its own, so that no worker outside the test picks its messages up.
_BROKER_DIR = tempfile.mkdtemp(prefix="danegeld-test-queue-")
if "data_folder_in" in CELERY_BROKER_TRANSPORT_OPTIONS:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        **CELERY_BROKER_TRANSPORT_OPTIONS,
        "data_folder_in": _BROKER_DIR,
        "data_folder_out": _BROKER_DIR,
        "control_folder": f"{_BROKER_DIR}/control",
    }
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
TRY_OUT = True
# Enough to go through every analysis; figures that need more draws are tested without a database.
RUN_DRAWS = 256
