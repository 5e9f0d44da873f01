"""Proposing a correction of a listed price."""

from __future__ import annotations

from datetime import UTC, datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.middleware import membership_of
from pricing.forms.correction import CorrectionForm
from pricing.operations import TooManyProposals, correction_propose
from pricing.queries import catalogue_of


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def price_correction(request: HttpRequest, model_id: str) -> HttpResponse:
    """The form, filled in with what is listed today; a proposal is filed for the catalogue's keepers."""
    today = datetime.now(tz=UTC).date()
    found = catalogue_of(today).api_prices(model_id)
    if found is None:
        raise Http404(_("The catalogue has no price of this model today."))
    membership = membership_of(request)
    if membership is None:
        raise PermissionDenied(_("Corrections are proposed by members of an organisation; you are in none yet."))
    listed = found.value
    initial = {name: getattr(listed, name) for name in ("input_price", "cached_input_price", "output_price")}
    form = CorrectionForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            correction_propose(listed=listed, proposal=form.proposal(), membership=membership, today=today)
        except TooManyProposals as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Thank you. The catalogue’s keepers will look at the page you named."))
            return redirect("price-detail", listed.id)
    context = {"nav": "prices", "tab": "models", "record": listed, "form": form}
    return render(request, "pricing/correction.html", context, status=422 if form.errors else 200)
