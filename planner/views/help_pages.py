"""Help, keyboard, accessibility, status and changes: pages that need no plan and no account."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django.views.i18n import set_language

from planner.evaluation import ENGINE_VERSION
from planner.queries.service_state import service_state
from planner.renderers.markdown_page import markdown_file, markdown_page
from planner.views.pages import trail

_CHANGES: Final = Path(settings.BASE_DIR) / "CHANGELOG.md"


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Where to find what."""
    return render(request, "planner/help.html", {"nav": "help", "trail": trail(_("Help"))})


@require_safe
def keyboard(request: HttpRequest) -> HttpResponse:
    """What the keyboard does; as a fragment it is a dialog over the page one is on."""
    context = _context(_("Keyboard"))
    is_fragment = request.headers.get("HX-Request") == "true"
    return render(request, "planner/keyboard_dialog.html" if is_fragment else "planner/keyboard.html", context)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What was done for everybody to be able to use it, how that is tested, and what is not good yet."""
    return render(request, "planner/accessibility.html", _context(_("Accessibility")))


@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """Whether it works: version, waiting runs, and when the worker and the sweeper were last seen."""
    context = _context(_("Status")) | {"state": service_state(), "engine": ENGINE_VERSION}
    response = render(request, "planner/status.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def language(request: HttpRequest) -> HttpResponse:
    """The language of one's own pages, kept in a cookie; goes over the organisation's."""
    if request.method == "POST":
        return set_language(request)
    came_from = urlsplit(request.headers.get("Referer", "")).path or "/"
    return render(request, "planner/language.html", _context(_("Language")) | {"next": came_from})


@require_safe
def changelog(request: HttpRequest) -> HttpResponse:
    """What changed, in users' words."""
    context = _context(_("Changes")) | {"page": markdown_page(markdown_file(_CHANGES))}
    return render(request, "planner/changelog.html", context)


def _context(name: str) -> dict[str, Any]:
    return {"nav": "help", "trail": trail((_("Help"), reverse("help")), name)}
