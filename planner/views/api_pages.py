"""The interface as pages: where to begin, recipes with the reader's own plan filled in, and the reference."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.middleware import membership_of
from accounts.models import Membership
from accounts.queries import api_keys_of
from planner.api.schemas import openapi_document
from planner.models import Plan
from planner.queries.plans import plans_of
from planner.renderers.api_reference import reference_of
from planner.renderers.markdown_page import markdown_file, markdown_page
from planner.report.tables import TABLES
from planner.views.pages import trail

FOLDER: Final = Path(settings.BASE_DIR) / "docs" / "recipes"
RECIPES: Final = {
    "excel-power-query": "Excel Power Query",
    "power-bi": "Power BI",
    "google-sheets": "Google Sheets",
    "apps-script": "Apps Script",
    "python": "Python",
    "r": "R",
    "duckdb": "DuckDB",
    "curl": "curl",
    "sap-anaplan": "SAP and Anaplan",
    "chat": "Slack and Teams",
    "reconcile-the-workbook": "Reconcile the workbook",
    "fields-and-units": "Fields and units",
}
"""Recipes in the order of the list: file, and its name in it."""
_PLANS = 20


@dataclass(frozen=True, slots=True)
class Reader:
    """What a recipe is filled in with; empty where the reader has none."""

    site: str
    host: str
    plan_id: str
    key_name: str
    plans: tuple[Plan, ...]

    def filled(self, text: str) -> str:
        """A recipe's text with the reader's own address, plan and key name."""
        text = re.sub(r"\bHOST\b", self.host, text.replace("https://HOST", self.site))
        text = text.replace("PLAN_ID", self.plan_id or "PLAN_ID")
        return text.replace("KEY_NAME", self.key_name or _("no key yet"))


@require_safe
def api_home(request: HttpRequest) -> HttpResponse:
    """Keys, tables, recipes and the reference in one place."""
    reader = _reader(request)
    context = {
        "nav": "api",
        "trail": trail(_("API")),
        "reader": reader,
        "recipes": RECIPES,
        "tables": TABLES.values(),
        "member": membership_of(request),
    }
    return render(request, "planner/api_home.html", context)


@require_safe
def recipe_page(request: HttpRequest, recipe: str) -> HttpResponse:
    """One recipe, with the reader's host, plan and key name in it."""
    if recipe not in RECIPES:
        raise Http404("There is no such recipe.")
    reader = _reader(request)

    def address(link: str) -> str | None:
        other = link.partition("#")[0].removesuffix(".md")
        return reverse("recipe", args=[other]) if other in RECIPES else None

    page = markdown_page(reader.filled(markdown_file(FOLDER / f"{recipe}.md")), address)
    context = {
        "nav": "api",
        "trail": trail((_("API"), reverse("api-docs")), page.title),
        "page": page,
        "reader": reader,
        "recipes": RECIPES,
        "name": recipe,
    }
    return render(request, "planner/recipe.html", context)


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """Every operation of the interface, with a call of each; `q` keeps those that hold all its words."""
    wanted = request.GET.get("q", "").strip()[:100]
    groups = reference_of(openapi_document(), site=_site(request), wanted=wanted)
    context: dict[str, Any] = {
        "nav": "api",
        "trail": trail((_("API"), reverse("api-docs")), _("Reference")),
        "groups": groups,
        "wanted": wanted,
        "count": sum(len(group.operations) for group in groups),
    }
    return render(request, "planner/api_reference.html", context)


def _reader(request: HttpRequest) -> Reader:
    member = membership_of(request)
    plans = tuple(plans_of(member)[:_PLANS]) if member else ()
    chosen = next((plan for plan in plans if str(plan.id) == request.GET.get("plan")), plans[0] if plans else None)
    return Reader(
        site=_site(request),
        host=request.get_host(),
        plan_id=str(chosen.id) if chosen else "",
        key_name=_key_name(member) if member else "",
        plans=plans,
    )


def _site(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").removesuffix("/")


def _key_name(member: Membership) -> str:
    """The name of the member's newest key that still works."""
    mine = api_keys_of(member).filter(user_id=member.user_id, revoked_at=None).first()
    return mine.name.replace("`", "'") if mine else ""
