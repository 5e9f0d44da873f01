"""What every answer carries: a request id, the security headers, no caching of signed-in pages."""

import re
import time
import uuid
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from config.request_figures import observe_request

GetResponse = Callable[[HttpRequest], HttpResponse]

_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
_QUIET_PATHS = ("/healthz", "/readyz", "/metrics", "/static/")
_PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"
log = structlog.get_logger("danegeld.request")


class RequestIdMiddleware:
    """Take over a well-formed X-Request-ID or make one; give it back, and put it on every log line of the request.

    Anything else in that header is replaced, never logged: it could forge log lines.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        offered = request.headers.get("X-Request-ID", "")
        request_id = offered if _REQUEST_ID.fullmatch(offered) else uuid.uuid4().hex
        request.META["DANEGELD_REQUEST_ID"] = request_id
        started = time.perf_counter()
        # A thread serves one request after another: what the last one bound must not mark the lines of this one.
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        response = self.get_response(request)
        seconds = time.perf_counter() - started
        if not request.path.startswith(_QUIET_PATHS):
            observe_request(request, response.status_code, seconds)
            log.info(
                "request",
                method=request.method,
                route=_route(request),
                status=response.status_code,
                ms=round(1000 * seconds, 1),
            )
        structlog.contextvars.clear_contextvars()
        response["X-Request-ID"] = request_id
        return response


class HeadersMiddleware:
    """Add the headers Django has no setting for, and keep answers to signed-in people out of every cache."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", _PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if _is_personal(request, response):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


def request_id(request: HttpRequest) -> str:
    """Return the id under which this request is found in the logs."""
    return str(request.META.get("DANEGELD_REQUEST_ID", ""))


def _route(request: HttpRequest) -> str:
    """Return the URL pattern, not the path: paths may hold share tokens and feed keys."""
    match = request.resolver_match
    return f"/{match.route}" if match else "unknown"


def _is_personal(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Tell whether the answer may be meant for one person: a session or a key came with the request, or starts now."""
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES or settings.SESSION_COOKIE_NAME in response.cookies
    return has_session or "Authorization" in request.headers
