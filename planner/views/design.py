"""Every component on one page, for those who build pages."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from planner.renderers.formats import Written, format_money, money_scale
from planner.report.faces import Shown, faces_of

_KINDS = (
    ("api", "frontier"),
    ("api", "open"),
    ("host", "open"),
    ("tune", "open"),
    ("train", "open"),
    ("silicon", "open"),
)


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Tokens and components with their states; only while developing, or for staff."""
    if not (settings.DEBUG or getattr(request.user, "is_staff", False)):
        raise Http404("There is no such page.")
    shown = [
        Shown(f"{kind}-{tier}", f"{kind}, {tier}", kind, tier, routed=False, is_baseline=False) for kind, tier in _KINDS
    ]
    router = Shown("router", "router", "api", "frontier", routed=True, is_baseline=False)
    context = {"faces": faces_of([*shown, router]), "amounts": _amounts()}
    return render(request, "planner/components.html", context)


def _amounts() -> list[Written]:
    amounts = (-2_260_000.0, 0.0, 150_000.0)
    return [format_money(amount, money_scale(amounts, "USD")) for amount in amounts]
