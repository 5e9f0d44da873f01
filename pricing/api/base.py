"""What the catalogue's addresses share: parameters read strictly, errors as problems, answers with an ETag."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from http import HTTPStatus
from typing import Any, ClassVar, TypeVar

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags, quote_etag
from rest_framework.exceptions import Throttled
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.views import APIView

from config.middleware import request_id
from pricing.api.documents import csv_text
from pricing.api.throttles import PriceThrottle
from pricing.queries import revision_number

OptionT = TypeVar("OptionT")

STRICT = frozenset({"as_of", "format", "tier", "limit", "offset", "table"})
"""Parameters that an empty text is no value of."""

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

MAX_AGE_SECONDS = 300
PROBLEM = "application/problem+json"


class BadParameter(Exception):
    """A query parameter that can't be understood; the message says which, its value and what is allowed."""


class OneRenderer(BaseContentNegotiation):
    """`format` is a parameter of these addresses and chooses between their own answers, not between renderers."""

    def select_parser(self, request: Request, parsers: Iterable[Any]) -> Any:
        return next(iter(parsers))

    def select_renderer(self, request: Request, renderers: Iterable[Any], format_suffix: str | None = None) -> Any:
        first = next(iter(renderers))
        return first, first.media_type


class CatalogueApi(APIView):
    """A public read. Each subclass names its parameters and gives one `answer`."""

    authentication_classes: Sequence[Any] = []
    permission_classes: Sequence[Any] = []
    throttle_classes: Sequence[Any] = [PriceThrottle]
    content_negotiation_class = OneRenderer
    metadata_class = None
    parameters: ClassVar[frozenset[str]] = frozenset({"as_of", "format"})

    def get(self, request: Request, **kwargs: Any) -> HttpResponse:
        django_request: HttpRequest = request._request
        try:
            wanted = self.read_parameters(django_request)
            answer = self.answer
            return cacheable(django_request, lambda: answer(wanted, **kwargs), as_csv=wanted["format"] == "csv")
        except BadParameter as error:
            return problem(django_request, 400, str(error), code="bad_parameter")

    def handle_exception(self, exc: Exception) -> HttpResponse:  # type: ignore[override]  # a plain answer is enough
        """Too many requests, said like every other error; what else goes wrong is the framework's."""
        if not isinstance(exc, Throttled):
            answered: HttpResponse = super().handle_exception(exc)
            return answered
        wait = math.ceil(getattr(exc, "wait", None) or 1)
        detail = f"Too many requests from your address. Ask again in {wait} seconds."
        answer = problem(self.request._request, 429, detail, code="throttled")
        answer["Retry-After"] = str(wait)
        return answer

    def answer(self, wanted: Mapping[str, Any], **kwargs: Any) -> dict[str, Any]:
        """The document; the list under `items` is what CSV shows."""
        raise NotImplementedError

    def one_of(self, name: str, value: str, options: Mapping[str, OptionT]) -> OptionT:
        """The option a parameter names. Raises `BadParameter` with the list if it names none."""
        if value not in options:
            raise BadParameter(f"{name} is {value!r}; allowed: {', '.join(sorted(options))}.")
        return options[value]

    def read_parameters(self, request: HttpRequest) -> dict[str, Any]:
        unknown = sorted(set(request.GET) - self.parameters)
        if unknown:
            allowed = ", ".join(sorted(self.parameters))
            raise BadParameter(f"{unknown[0]!r} is not a parameter of this address. Allowed: {allowed}.")
        empty = sorted(name for name in STRICT & set(request.GET) if not request.GET[name])
        if empty:
            raise BadParameter(f"{empty[0]} is empty; leave it out or give it a value.")
        values = {name: request.GET.get(name, "") for name in self.parameters}
        if "\x00" in "".join(values.values()):
            raise BadParameter("A parameter holds a zero character. Send plain text.")
        if values["format"] not in ("", "json", "csv"):
            raise BadParameter(f"format is {values['format']!r}; allowed: json, csv.")
        return {**values, "as_of": read_date(values["as_of"])}


def read_date(text: str) -> date:
    """The date asked for, today (UTC) if none is."""
    if not text:
        return datetime.now(tz=UTC).date()
    try:
        if ISO_DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise BadParameter(f"as_of is {text!r}; write a date as 2025-06-01.")


def cacheable(request: HttpRequest, make: Callable[[], dict[str, Any]], *, as_csv: bool) -> HttpResponse:
    """The answer, or 304 if the caller already has it. The tag is over the bytes, so it is never stale."""
    document = make()
    body = csv_text(document["items"]).encode() if as_csv else orjson.dumps(document)
    etag = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    known = parse_etags(request.headers.get("If-None-Match", ""))
    response: HttpResponse
    if etag in known or "*" in known or f"W/{etag}" in known:
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(body, content_type="text/csv; charset=utf-8" if as_csv else "application/json")
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={MAX_AGE_SECONDS}"
    response["X-Catalogue-Revision"] = str(revision_number())
    return response


def problem(request: HttpRequest, status: int, detail: str, *, code: str) -> HttpResponse:
    """An error in the shape of every other address under /api (RFC 9457)."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        "errors": [],
        "request_id": request_id(request),
    }
    return HttpResponse(orjson.dumps(body), status=status, content_type=PROBLEM)
