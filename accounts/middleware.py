"""The tenant scope of a request: everything a view reads or writes belongs to the member's current organisation."""

from collections.abc import Callable

import structlog
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django_scopes import scope

from accounts.models import Membership, Organisation
from accounts.origin import origin
from accounts.queries import membership_current
from config.locales import locale_of
from config.middleware import request_id

SESSION_KEY = "organisation_id"
_OPEN_PATHS = ("/account/", "/static/", "/healthz", "/readyz")


class OrganisationMiddleware:
    """Put `request.membership` and `request.organisation` in place and enter the organisation's scope.

    A visitor gets None for both and no scope: a query for tenant rows then raises instead of returning anything.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with origin(request_id=request_id(request), ip=request.META.get("REMOTE_ADDR")):
            return self._in_scope(request)

    def _in_scope(self, request: HttpRequest) -> HttpResponse:
        membership = _membership(request)
        request.membership = membership  # type: ignore[attr-defined]  # Django's own way to hand things to views
        request.organisation = membership.organisation if membership else None  # type: ignore[attr-defined]  # as above
        if membership is None:
            return self.get_response(request)
        structlog.contextvars.bind_contextvars(
            organisation_id=str(membership.organisation_id), user_id=str(membership.user_id)
        )
        if _lacks_second_factor(request, membership):
            messages.warning(request, _("Your organisation asks for a second factor. Please set one up."))
            return redirect("mfa_index")
        organisation = membership.organisation
        with (
            scope(organisation=organisation),
            locale_of(organisation.number_format, organisation.time_zone, _language(request, organisation)),
        ):
            return self.get_response(request)


def membership_of(request: HttpRequest) -> Membership | None:
    """Return the membership the request acts under, None for a visitor."""
    return getattr(request, "membership", None)


def organisation_of(request: HttpRequest) -> Organisation | None:
    """Return the organisation the request acts in, None for a visitor."""
    return getattr(request, "organisation", None)


def _language(request: HttpRequest, organisation: Organisation) -> str:
    """The organisation's language, unless the person chose one; nothing to change then."""
    return "" if settings.LANGUAGE_COOKIE_NAME in request.COOKIES else organisation.language


def _membership(request: HttpRequest) -> Membership | None:
    user = request.user
    if not user.is_authenticated:
        return None
    return membership_current(user=user, organisation_id=request.session.get(SESSION_KEY))


def _lacks_second_factor(request: HttpRequest, membership: Membership) -> bool:
    """Tell whether the organisation asks for a second factor and the person has none; account pages stay open."""
    if not membership.organisation.require_mfa or request.path.startswith(_OPEN_PATHS):
        return False
    return not is_mfa_enabled(membership.user)
