from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.errors import InvitationUnusable
from accounts.middleware import SESSION_KEY
from accounts.models import User
from accounts.operations import invitation_accept, invitation_read


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Ask the invited person whether to join, and let them. Opening the link alone changes nothing."""
    if not isinstance(request.user, User):
        return redirect_to_login(request.get_full_path())
    try:
        if request.method == "POST":
            membership = invitation_accept(token=token, user=request.user)
            request.session[SESSION_KEY] = str(membership.organisation_id)
            messages.success(request, _("You now belong to %(name)s.") % {"name": membership.organisation.name})
            return redirect("/plans")
        offer = invitation_read(token=token, user=request.user)
    except InvitationUnusable as refusal:
        return render(request, "accounts/invitation_unusable.html", {"reason": str(refusal)}, status=404)
    return render(request, "accounts/invitation.html", {"invitation": offer})
