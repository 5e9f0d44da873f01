import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.errors import NotAllowed
from accounts.forms.organisation import InvitationForm, OrganisationForm, RoleForm
from accounts.middleware import SESSION_KEY
from accounts.models import Membership, Role
from accounts.operations import (
    invitation_mail,
    invitation_revoke,
    invitation_send,
    member_remove,
    organisation_change,
    role_change,
)
from accounts.queries import audit_entries, invitations_open, members_of, membership_in, memberships_of
from accounts.views.members_only import for_members


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def organisation(request: HttpRequest, member: Membership) -> HttpResponse:
    """Show name and defaults; owners change them here."""
    if request.method == "POST" and not member.may_manage:
        raise NotAllowed(_("Only owners change the organisation. Ask one of them."))
    form = OrganisationForm(request.POST if request.method == "POST" else None, instance=member.organisation)
    if request.method == "POST" and form.is_valid():
        organisation_change(by=member, values=form.values())
        messages.success(request, _("Saved. New plans start from these values."))
        return redirect("organisation")
    context = {"form": form, "member": member, "mine": memberships_of(user=member.user), "nav": "organisation"}
    return render(request, "accounts/organisation.html", context, status=422 if form.errors else 200)


@require_GET
@for_members
def people(request: HttpRequest, member: Membership) -> HttpResponse:
    """List the members, and for owners the open invitations."""
    return _people_page(request, member, InvitationForm())


@require_POST
@for_members
def invite(request: HttpRequest, member: Membership) -> HttpResponse:
    """Send an invitation."""
    if not member.may_manage:
        raise NotAllowed(_("Only owners invite people. Ask one of them."))
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return _people_page(request, member, form, status=422)
    invitation, token = invitation_send(
        by=member, email=form.cleaned_data["email"], role=Role(form.cleaned_data["role"])
    )
    invitation_mail(invitation=invitation, address=request.build_absolute_uri(f"/invitation/{token}"))
    messages.success(request, _("The invitation to %(email)s is on its way.") % {"email": invitation.email})
    return redirect("organisation-people")


@require_POST
@for_members
def revoke(request: HttpRequest, member: Membership, invitation_id: uuid.UUID) -> HttpResponse:
    """Withdraw an invitation."""
    invitation_revoke(by=member, invitation_id=invitation_id)
    messages.success(request, _("The invitation is withdrawn."))
    return redirect("organisation-people")


@require_POST
@for_members
def change_role(request: HttpRequest, member: Membership, member_id: uuid.UUID) -> HttpResponse:
    """Give a member another role."""
    form = RoleForm(request.POST)
    if form.is_valid():
        changed = role_change(by=member, member_id=member_id, role=Role(form.cleaned_data["role"]))
        text = _("%(email)s is now %(role)s.")
        messages.success(request, text % {"email": changed.user.email, "role": changed.get_role_display()})
    else:
        messages.error(request, _("Choose one of: owner, editor, viewer."))
    return redirect("organisation-people")


@require_POST
@for_members
def remove(request: HttpRequest, member: Membership, member_id: uuid.UUID) -> HttpResponse:
    """End a membership: somebody's, or one's own."""
    member_remove(by=member, member_id=member_id)
    if member_id == member.pk:
        request.session.pop(SESSION_KEY, None)
        messages.success(request, _("You have left the organisation."))
        return redirect("/")
    messages.success(request, _("The member is removed."))
    return redirect("organisation-people")


@require_POST
@for_members
def switch(request: HttpRequest, member: Membership, organisation_id: uuid.UUID) -> HttpResponse:
    """Work in another organisation the person belongs to."""
    request.session[SESSION_KEY] = str(membership_in(user=member.user, organisation_id=organisation_id).organisation_id)
    return redirect("/plans")


@require_GET
@for_members
def log(request: HttpRequest, member: Membership) -> HttpResponse:
    """Show owners what was changed, by whom, newest first."""
    if not member.may_manage:
        raise NotAllowed(_("Only owners read the log. Ask one of them."))
    page = Paginator(audit_entries(member), 50).get_page(request.GET.get("page"))
    return render(request, "accounts/log.html", {"page": page, "member": member, "nav": "organisation"})


def _people_page(request: HttpRequest, member: Membership, form: InvitationForm, status: int = 200) -> HttpResponse:
    context = {
        "member": member,
        "members": members_of(member),
        "invitations": invitations_open(member) if member.may_manage else [],
        "form": form,
        "roles": Role.choices,
        "nav": "organisation",
    }
    return render(request, "accounts/people.html", context, status=status)
