"""How often one address may ask for prices, which need no account."""

from typing import Any

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle


class PriceThrottle(SimpleRateThrottle):
    """Counts by address; everybody behind one proxy of their own shares a count."""

    scope = "prices"

    def get_rate(self) -> str:
        """As many a minute as any other caller of the interface may ask."""
        return str(settings.API_RATES["api"])

    def get_cache_key(self, request: Request, view: Any) -> str:
        """Whose requests are counted together."""
        return f"throttle-{self.scope}-{self.get_ident(request)}"
