"""Who is asking: pages of plans need a member."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from accounts.middleware import membership_of
from accounts.models import Membership
from planner.queries.access import Missing

Rest = ParamSpec("Rest")
MemberView = Callable[Concatenate[HttpRequest, Membership, Rest], HttpResponse]


def for_members(view: MemberView[Rest]) -> Callable[..., HttpResponse]:
    """Hand the view its member; a visitor is led to the sign-in and back."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        membership = membership_of(request)
        if membership is not None:
            return view(request, membership, *args, **kwargs)
        if request.user.is_authenticated:
            raise Missing("You belong to no organisation, so there are no plans to show.")
        return redirect_to_login(request.get_full_path())

    return wrapped
