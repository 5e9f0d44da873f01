"""The catalogue in the admin: to look at, not to edit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest

from pricing import models

if TYPE_CHECKING:
    AnyAdmin = admin.ModelAdmin[Any]
else:
    # Only the type stubs take a parameter.
    AnyAdmin = admin.ModelAdmin


class LookOnly(AnyAdmin):
    """Rows are added by loads and imports, and corrected by further rows."""

    list_display = ["key", "effective_from", "confidence", "revision"]
    list_filter = ["confidence"]
    search_fields = ["key"]
    list_select_related = ["revision"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


for table in (
    *(models.ApiPrice, models.ObservedPrice),
    *(models.AcceleratorSpec, models.AcceleratorPurchasePrice, models.AcceleratorRent),
    *(models.ModelArchitecture, models.MeasuredThroughput),
    *(models.Salary, models.SiteCost, models.RateDefault),
):
    admin.site.register(table, LookOnly)


@admin.register(models.CatalogueRevision)
class CatalogueRevisionAdmin(LookOnly):
    list_display = ["number", "made_at", "label", "rows_added", "made_by"]
    list_filter = []
    search_fields = ["label"]
    list_select_related = ["made_by"]
