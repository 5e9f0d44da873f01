from importlib import import_module

from django.apps import AppConfig


class HouseConfig(AppConfig):
    """The project itself, installed as an app so that its commands and system checks are found."""

    name = "config"
    verbose_name = "Danegeld"

    def ready(self) -> None:
        # Makes our Celery application the current one before any task module is imported: otherwise tasks bind to
        # Celery's default application and are published to a broker nobody configured.
        import_module("config.celery")
        import_module("config.checks")
