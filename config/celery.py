"""The Celery application: it carries hints to the workers; the database row is the truth about a job."""

import os

from celery import Celery
from celery.signals import setup_logging, worker_init
from django.core.exceptions import ImproperlyConfigured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

app = Celery("danegeld")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect(weak=False)
def keep_our_logging(**_: object) -> None:
    """Keep the logging that Django set up: with a receiver here Celery installs none of its own."""


@worker_init.connect(weak=False)
def refuse_unsafe_settings(**_: object) -> None:
    """Stop a worker before it takes its first job from a deployment that the checks refuse."""
    from config import checks  # noqa: PLC0415 - needs the apps, which Celery has loaded by now

    try:
        checks.refuse_unsafe_settings()
    except ImproperlyConfigured as refusal:
        # Celery logs whatever a signal's receiver raises and goes on; only SystemExit stops it.
        raise SystemExit(str(refusal)) from refusal
