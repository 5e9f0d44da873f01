"""What an organisation takes with it, and how it ends; how a person ends their account."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.errors import ConfirmationWrong, LastOwner, NotAllowed
from accounts.forms.deletion import DeleteAccountForm, DeleteOrganisationForm
from accounts.models import Membership, User
from accounts.operations.deletion import (
    GRACE_DAYS,
    account_delete,
    organisation_delete_ask,
    organisation_delete_withdraw,
)
from accounts.operations.export import organisation_export
from accounts.views.members_only import for_members


@require_GET
@for_members
def data(request: HttpRequest, member: Membership) -> HttpResponse:
    """Offer the export and the deletion to owners."""
    if not member.may_manage:
        raise NotAllowed(_("Only owners export and delete. Ask one of them."))
    return _page(request, member, DeleteOrganisationForm())


@require_POST
@for_members
def export(request: HttpRequest, member: Membership) -> HttpResponse | FileResponse:
    """Send everything the organisation has as one zip file."""
    file = organisation_export(by=member)
    name = f"danegeld-{slugify(member.organisation.name) or 'organisation'}-{timezone.now():%Y-%m-%d}.zip"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


@require_POST
@for_members
def delete(request: HttpRequest, member: Membership) -> HttpResponse:
    """Have the organisation deleted after the time to think."""
    if not member.may_manage:
        raise NotAllowed(_("Only owners export and delete. Ask one of them."))
    form = DeleteOrganisationForm(request.POST)
    if form.is_valid():
        try:
            organisation_delete_ask(by=member, typed_name=form.cleaned_data["name"])
        except ConfirmationWrong as wrong:
            form.add_error("name", str(wrong))
        else:
            messages.warning(request, _("The organisation will be deleted. Until then you can keep it after all."))
            return redirect("organisation-data")
    return _page(request, member, form, status=422)


@require_POST
@for_members
def keep(request: HttpRequest, member: Membership) -> HttpResponse:
    """Withdraw the deletion."""
    organisation_delete_withdraw(by=member)
    messages.success(request, _("The organisation stays."))
    return redirect("organisation-data")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Delete one's own account, after address and password were typed."""
    user = request.user
    if not isinstance(user, User):
        raise NotAllowed
    form = DeleteAccountForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _account_deleted(user, form):
        logout(request)
        messages.success(request, _("Your account is deleted."))
        return redirect("/")
    return render(request, "accounts/account_delete.html", {"form": form}, status=422 if form.errors else 200)


def _account_deleted(user: User, form: DeleteAccountForm) -> bool:
    if user.has_usable_password() and not user.check_password(form.cleaned_data["password"]):
        form.add_error("password", _("This is not your password."))
        return False
    try:
        account_delete(user=user, typed_email=form.cleaned_data["email"])
    except ConfirmationWrong as wrong:
        form.add_error("email", str(wrong))
    except LastOwner as refusal:
        form.add_error(None, str(refusal))
    else:
        return True
    return False


def _page(request: HttpRequest, member: Membership, form: DeleteOrganisationForm, *, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"member": member, "form": form, "days": GRACE_DAYS, "nav": "organisation"}
    return render(request, "accounts/data.html", context, status=status)
