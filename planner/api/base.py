"""What every operation of the interface shares: reading, answering, who asks, and how often."""

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django_scopes import scope
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated, PermissionDenied
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.permissions import AllowAny
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.middleware import membership_of, organisation_of
from accounts.models import KeyScope, Membership, Organisation
from planner.api.keys import KeyAuthentication, UsedKey
from planner.api.problems import problem_of
from planner.api.strict_json import OrjsonRenderer, StrictJsonParser
from planner.api.throttles import CallerThrottle
from planner.plan.errors import PlanError, PlanInvalid


class JsonAlways(BaseContentNegotiation):
    """Answer JSON whatever the Accept header says, as RFC 9110 permits: an error must be readable everywhere."""

    def select_parser(self, request: Request, parsers: Iterable[BaseParser]) -> BaseParser | None:
        """Return the parser of the body's content type, None (415) when there is none."""
        content_type = (request.content_type or "").partition(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == content_type), None)

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """Return the first renderer."""
        first = next(iter(renderers))
        return first, first.media_type


class Api(APIView):
    """An operation that needs no account."""

    # The key first: its challenge makes a missing sign-in a 401.
    authentication_classes: Sequence[type[BaseAuthentication]] = [KeyAuthentication, SessionAuthentication]
    permission_classes: Sequence[Any] = [AllowAny]
    parser_classes = [StrictJsonParser]
    renderer_classes = [OrjsonRenderer]
    content_negotiation_class = JsonAlways
    throttle_classes = [CallerThrottle]
    metadata_class = None  # OPTIONS is not part of this interface
    rate_headers: Mapping[str, str] = {}

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Say how many requests are left in this minute."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        for name, value in self.rate_headers.items():
            answer[name] = value
        return answer

    def handle_exception(self, exc: Exception) -> HttpResponseBase:  # type: ignore[override]  # a plain answer is enough
        """Answer every exception as a problem document."""
        if isinstance(exc, NotAuthenticated | AuthenticationFailed):
            exc.status_code = 401
            answer = problem_of(exc, self.request)
            answer["WWW-Authenticate"] = self.get_authenticate_header(self.request)
            return answer
        return problem_of(exc, self.request)


class MemberApi(Api):
    """An operation on the rows of the caller's organisation, run inside the organisation's scope."""

    permission_classes: Sequence[Any] = []  # `initial` asks who it is
    membership: Membership

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Find out in which organisation the caller acts; the scope ends with the answer."""
        self._scopes = contextlib.ExitStack()
        super().initial(request, *args, **kwargs)
        self.membership = _membership(request)
        _require_scope(request)
        self._scopes.enter_context(scope(organisation=self.membership.organisation))

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Leave the scope, whatever the answer is."""
        if hasattr(self, "_scopes"):
            self._scopes.close()
        return super().finalize_response(request, response, *args, **kwargs)


def organisation_of_caller(request: Request) -> Organisation | None:
    """Return the organisation whose prices go before the catalogue: the key's or the member's, None for a visitor."""
    if isinstance(request.auth, UsedKey):
        return request.auth.membership.organisation
    return organisation_of(request._request)


def document_of(request: Request) -> dict[str, Any]:
    """Return the body as a plan document, or raise `PlanInvalid` when it is no JSON object."""
    if isinstance(request.data, dict):
        return request.data
    message = "A plan document is a JSON object with finance, workloads and options."
    raise PlanInvalid([PlanError(pointer="", path="", message=message, code="wrong_type")])


def _membership(request: Request) -> Membership:
    if isinstance(request.auth, UsedKey):
        return request.auth.membership
    if not request.user.is_authenticated:
        raise NotAuthenticated("Sign in, or send an API key as the header Authorization: Bearer …")
    django_request: HttpRequest = request._request
    membership = membership_of(django_request)
    if membership is None:
        raise PermissionDenied("You do not belong to an organisation yet.")
    return membership


def _require_scope(request: Request) -> None:
    """Refuse a key that was not made for this; a session may do whatever its person may."""
    if not isinstance(request.auth, UsedKey):
        return
    needed = KeyScope.PLANS_READ if request.method in ("GET", "HEAD") else KeyScope.PLANS_WRITE
    if not request.auth.key.may(needed):
        raise PermissionDenied(f"This key may not do this: it lacks the scope {needed.value}.", code="scope_missing")
