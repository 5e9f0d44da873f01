"""The WSGI entry point: `gunicorn config.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

application = get_wsgi_application()

from config.checks import refuse_unsafe_settings  # noqa: E402 - the checks need the apps loaded above
from config.postgresql.scope import wall_in_this_process  # noqa: E402 - as above

refuse_unsafe_settings()
wall_in_this_process()
