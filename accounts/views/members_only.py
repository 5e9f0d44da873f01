from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.errors import AlreadyMember, LastOwner, Missing
from accounts.middleware import membership_of
from accounts.models import Membership

Rest = ParamSpec("Rest")
MemberView = Callable[Concatenate[HttpRequest, Membership, Rest], HttpResponse | FileResponse]


def for_members(view: MemberView[Rest]) -> Callable[..., HttpResponse | FileResponse]:
    """Hand the view its member; lead visitors to the sign-in; answer refusals of the last owner as a message."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse | FileResponse:
        membership = membership_of(request)
        if membership is None:
            if request.user.is_authenticated:
                raise Missing("You belong to no organisation.")
            return redirect_to_login(request.get_full_path())
        try:
            return view(request, membership, *args, **kwargs)
        except (LastOwner, AlreadyMember) as refusal:
            messages.error(request, str(refusal))
            return redirect("organisation-people")

    return wrapped
