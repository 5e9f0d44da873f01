import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms.api_key import ApiKeyForm
from accounts.models import Membership
from accounts.operations.api_keys import api_key_create, api_key_revoke, api_key_rotate
from accounts.queries import api_keys_of
from accounts.views.members_only import for_members


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def api_keys(request: HttpRequest, member: Membership) -> HttpResponse:
    """List keys and make a new one; its text is on the answer to the POST and never again."""
    form = ApiKeyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        wish = form.cleaned_data
        _key, text = api_key_create(by=member, name=wish["name"], scopes=wish["scopes"], days=wish["days"])
        return _page(request, member, ApiKeyForm(), text=text)
    return _page(request, member, form, status=422 if form.errors else 200)


@require_POST
@for_members
def revoke(request: HttpRequest, member: Membership, key_id: uuid.UUID) -> HttpResponse:
    """End a key at once."""
    api_key_revoke(by=member, key_id=key_id)
    messages.success(request, _("The key opens nothing any more."))
    return redirect("organisation-keys")


@require_POST
@for_members
def rotate(request: HttpRequest, member: Membership, key_id: uuid.UUID) -> HttpResponse:
    """Make a key like this one and show it."""
    _key, text = api_key_rotate(by=member, key_id=key_id)
    return _page(request, member, ApiKeyForm(), text=text)


def _page(
    request: HttpRequest, member: Membership, form: ApiKeyForm, *, text: str = "", status: int = 200
) -> HttpResponse:
    context = {"member": member, "keys": api_keys_of(member), "form": form, "text": text, "nav": "organisation"}
    return render(request, "accounts/api_keys.html", context, status=status)
