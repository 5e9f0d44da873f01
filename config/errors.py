"""What a request gets when something breaks: a database that is away is said so, with when to come back."""

import sys
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views.defaults import server_error

RETRY_SECONDS = 5
"""How soon a client may ask again while the database restarts or a lock is held."""


def is_database_away(error: BaseException | None) -> bool:
    """Whether the database could not be reached, went away, or kept us waiting too long: trying again may help."""
    return isinstance(error, OperationalError | InterfaceError)


def handler500(request: HttpRequest) -> HttpResponse:
    """Answer 503 with Retry-After while the database is away, 500 otherwise; Django calls this for every exception."""
    if not is_database_away(sys.exc_info()[1]):
        return server_error(request)
    page = loader.get_template("503.html").render()
    return HttpResponse(page, status=HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": str(RETRY_SECONDS)})
