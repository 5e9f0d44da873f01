from django.apps import AppConfig


class PlannerConfig(AppConfig):
    """Plans, their revisions, and the runs that compute them."""

    name = "planner"
    verbose_name = "Planner"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the system checks, and listen to what happens in other rooms."""
        from planner import checks, receivers  # noqa: F401, PLC0415 - importing registers them; models come first
