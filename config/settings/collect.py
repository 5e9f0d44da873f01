"""Only for `collectstatic` while an image is built: production's static files without production's secrets."""

import secrets

from config.settings.base import *  # noqa: F403 - a settings module is its base plus what differs

SECRET_KEY = secrets.token_urlsafe(50)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
TRY_OUT = False
