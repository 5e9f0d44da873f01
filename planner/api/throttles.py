"""How often one caller may ask. The answer 429 carries the seconds to wait."""

from typing import Any

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle


class CallerThrottle(SimpleRateThrottle):
    """Counts the requests of a signed-in person, or of an address for visitors."""

    scope = "api"
    num_requests: int | None
    history: list[float]

    def get_rate(self) -> str:
        """Return the rate of this class's scope, for example `600/min`."""
        return settings.API_RATES[self.scope]

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count the request, and leave what is left at the view: its answer says so in its headers."""
        allowed = super().allow_request(request, view)
        if self.num_requests is not None:
            left = max(0, self.num_requests - len(self.history))
            view.rate_headers = {"RateLimit-Limit": str(self.num_requests), "RateLimit-Remaining": str(left)}
        return allowed

    def get_cache_key(self, request: Request, view: Any) -> str:
        """Return whose requests are counted together."""
        # A person's programs count apart from the person: `auth` is the key.
        known = f"key-{request.auth.key.id}" if request.auth else f"user-{request.user.pk}"
        who = known if request.user.is_authenticated else f"address-{self.get_ident(request)}"
        return f"throttle-{self.scope}-{who}"


class RunThrottle(CallerThrottle):
    """Counts started runs, which cost far more than a question."""

    scope = "runs"
