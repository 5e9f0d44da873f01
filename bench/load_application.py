"""The product's WSGI application with one view added: the yardstick, Django with nothing of ours around it."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpRequest, JsonResponse
from django.urls import path

from config.wsgi import application as product


def bare(_request: HttpRequest) -> JsonResponse:
    """What a run's state looks like, out of nothing."""
    return JsonResponse({"id": "01930000-0000-7000-8000-000000000000", "state": "succeeded", "progress": 1.0})


urlpatterns = [path("bare.json", bare)]


class _Request(WSGIRequest):
    urlconf = __name__


class _Bare(WSGIHandler):
    """Django without middleware and with one route."""

    request_class = _Request

    def __init__(self) -> None:
        kept, settings.MIDDLEWARE = settings.MIDDLEWARE, []
        super().__init__()
        settings.MIDDLEWARE = kept


_bare = _Bare()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer /bare.json by the bare view and everything else by the product."""
    return (_bare if environ["PATH_INFO"] == "/bare.json" else product)(environ, start_response)
