"""Every error of every /api address in one shape: application/problem+json (RFC 9457) with `errors[]`, `request_id`."""

from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Any

import orjson
import structlog
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from rest_framework import exceptions
from rest_framework.exceptions import APIException

from config.errors import RETRY_SECONDS, is_database_away
from config.middleware import request_id
from planner.plan.errors import PlanError, PlanInvalid, PlanUnreadable
from planner.renderers.flat.csv_file import CONTENT_TYPE as CSV_TYPE
from planner.renderers.flat.csv_file import CsvDialect, csv_error

CONTENT_TYPE = "application/problem+json"
API_PREFIX = "/api/"
PAGES = ("/api/recipes/", "/api/reference")
"""Below the prefix and yet for people."""

log = structlog.get_logger("danegeld.api")


class UnreadableBody(APIException):
    """The body could not be parsed at all; a parsed body with wrong content is a 422 instead."""

    status_code = 400
    default_code = "unreadable"


class BadParameter(APIException):
    """A query parameter or header could not be understood."""

    status_code = 400
    default_code = "bad_parameter"


class BodyTooLarge(APIException):
    status_code = 413
    default_code = "body_too_large"


class Conflict(APIException):
    status_code = 409
    default_code = "conflict"


class PreconditionFailed(APIException):
    status_code = 412
    default_code = "precondition_failed"


class UnknownFigure(APIException):
    """The result has no figure of the name that was asked for."""

    status_code = 404
    default_code = "unknown_figure"


class Unprocessable(APIException):
    status_code = 422
    default_code = "unprocessable"


class PreconditionRequired(APIException):
    status_code = 428
    default_code = "precondition_required"


def problem(
    request: HttpRequest,
    status: int,
    detail: str,
    *,
    code: str,
    errors: Iterable[PlanError] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Return the answer for one error. `detail` says what is wrong and what to do, `code` is stable for programs."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        "errors": [
            {"pointer": error.pointer, "path": error.path, "message": error.message, "code": error.code}
            for error in errors
        ],
        "request_id": request_id(request),
    }
    return HttpResponse(orjson.dumps(body), status=status, content_type=CONTENT_TYPE, headers=dict(headers or {}))


def problem_of(error: Exception, request: HttpRequest) -> HttpResponse:
    """Return the answer for an exception; one that nobody foresaw is logged and becomes a plain 500."""
    if isinstance(error, PlanUnreadable):
        return problem(request, 400, str(error), code="unreadable", errors=error.errors)
    if isinstance(error, PlanInvalid):
        count = len(error.errors)
        detail = f"The plan has {count} {'error' if count == 1 else 'errors'}, see errors."
        return problem(request, 422, detail, code="plan_invalid", errors=error.errors)
    if isinstance(error, Http404):
        return problem(request, 404, str(error) or "There is nothing at this address.", code="not_found")
    if isinstance(error, PermissionDenied):
        return problem(request, 403, str(error) or "You may not do this.", code="permission_denied")
    if isinstance(error, APIException):
        return problem(request, error.status_code, _detail(error), code=_code(error), headers=_headers(error))
    if is_database_away(error):
        return problem(request, 503, _DETAILS[503], code="unavailable", headers={"Retry-After": str(RETRY_SECONDS)})
    log.error("api_error", exc_info=error, path=request.path)
    return problem(request, 500, INTERNAL, code="internal")


INTERNAL = "An error in the program. It is in the log of the server under the request id."
_DETAILS = {
    400: "The request could not be understood.",
    403: "You may not do this.",
    404: "There is nothing at this address.",
    405: "This address does not take this method.",
    413: "The body is too large.",
    500: INTERNAL,
    503: "The service cannot answer now. Try again in a moment.",
}
_CODES = {
    403: "permission_denied",
    404: "not_found",
    405: "method_not_allowed",
    413: "body_too_large",
    500: "internal",
    503: "unavailable",
}
# Headers that describe the body which is replaced.
_BODY_HEADERS = frozenset({"content-type", "content-length", "content-language", "content-encoding", "etag"})


class ApiProblemMiddleware:
    """Turn what Django itself answers below /api (unknown address, CSRF, too large, 500) into the same shape."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not request.path.startswith(API_PREFIX) or request.path.startswith(PAGES) or response.status_code < 400:
            return response
        answer = self._problem(request, response)
        return as_csv(request, answer) if request.path.endswith(".csv") else answer

    def _problem(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.headers.get("Content-Type", "").startswith((CONTENT_TYPE, "text/csv")):
            return response
        status = response.status_code
        answer = problem(
            request, status, _DETAILS.get(status, HTTPStatus(status).phrase + "."), code=_CODES.get(status, "error")
        )
        return _with_headers_of(response, answer)


def as_csv(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """A problem document as two columns, for a person who opened the address of a CSV in a spreadsheet."""
    if not isinstance(response, HttpResponse) or not response.headers["Content-Type"].startswith(CONTENT_TYPE):
        return response
    said = orjson.loads(response.content)
    detail = " ".join([said["detail"], *(error["message"] for error in said["errors"])])
    is_european, has_bom = request.GET.get("dialect") == "eu", request.GET.get("bom") == "1"
    dialect = CsvDialect(delimiter=";" if is_european else ",", has_bom=has_bom)
    answer = HttpResponse(
        csv_error(response.status_code, detail, dialect), status=response.status_code, content_type=CSV_TYPE
    )
    return _with_headers_of(response, answer)


def _with_headers_of(response: HttpResponseBase, answer: HttpResponse) -> HttpResponse:
    for name, value in response.headers.items():
        if name.lower() not in _BODY_HEADERS:
            answer[name] = value
    answer.cookies = response.cookies
    return answer


def _detail(error: APIException) -> str:
    if isinstance(error, exceptions.UnsupportedMediaType):
        return "Send the body as application/json."
    return str(error.detail)


def _code(error: APIException) -> str:
    codes = error.get_codes()
    return codes if isinstance(codes, str) else "error"


def _headers(error: APIException) -> dict[str, str]:
    headers = {}
    if (wait := getattr(error, "wait", None)) is not None:
        # Rounded up: whoever comes back after the stated seconds must not be early.
        headers["Retry-After"] = str(int(wait) + 1)
    return headers
