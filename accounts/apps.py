from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    """People, organisations, and who may do what."""

    name = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        from accounts import checks  # noqa: F401, PLC0415 - importing registers them; models come first
        from accounts.row_security import install_after_migrate  # noqa: PLC0415 - needs the models

        post_migrate.connect(install_after_migrate, dispatch_uid="accounts.row_security")
