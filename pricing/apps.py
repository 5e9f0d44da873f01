from django.apps import AppConfig


class PricingConfig(AppConfig):
    """Dated prices and hardware facts."""

    name = "pricing"
    verbose_name = "Prices"
