"""How requests fare in this process: one histogram, with bounded labels."""

from django.http import HttpRequest
from prometheus_client import CollectorRegistry, Histogram

registry = CollectorRegistry(auto_describe=False)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_seconds = Histogram(
    "danegeld_request_seconds",
    "Time to answer a request, by method, route pattern and class of status",
    ("method", "route", "status"),
    buckets=(0.01, 0.025, 0.05, 0.1, 0.3, 1.0, 3.0, 10.0),
    registry=registry,
)


def observe_request(request: HttpRequest, status: int, seconds: float) -> None:
    """Count one answered request under its route pattern: paths would be without number, and may hold keys."""
    match = request.resolver_match
    route = f"/{match.route}" if match else "unknown"
    method = request.method if request.method in _METHODS else "other"
    _seconds.labels(method or "other", route, f"{status // 100}xx").observe(seconds)
