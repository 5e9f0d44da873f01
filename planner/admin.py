"""What the operator may look at. Plans change only through pages and interface, so nothing here can be edited."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django_scopes import scopes_disabled

from planner.models import Plan, Run


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # a generic only for the type checker
    """A list to look things up in, across organisations."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return the rows of every organisation: the operator's job is the installation."""
        return self.model._default_manager.with_scopes_disabled().all()

    # PostgreSQL hides the rows of every organisation from code outside of a scope, and pages are rendered late.

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Render the list with every organisation in sight."""
        with scopes_disabled():
            return _rendered(super().changelist_view(request, extra_context))

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Render one row with every organisation in sight."""
        with scopes_disabled():
            return _rendered(super().changeform_view(request, object_id, form_url, extra_context))


def _rendered(response: HttpResponse) -> HttpResponse:
    return response.render() if isinstance(response, TemplateResponse) else response


@admin.register(Plan)
class PlanAdmin(ReadOnlyAdmin):
    list_display = ("name", "organisation", "latest_revision_number", "created_at")
    list_select_related = ("organisation",)
    search_fields = ("=id", "=organisation__id")
    # The documents hold salaries: the list shows that a plan exists, not what it says.
    fields = ("id", "organisation", "name", "latest_revision_number", "latest_run_number", "created_at", "updated_at")


@admin.register(Run)
class RunAdmin(ReadOnlyAdmin):
    list_display = ("id", "organisation", "state", "attempts", "error_code", "created_at", "finished_at")
    list_select_related = ("organisation",)
    list_filter = ("state", "error_code")
    search_fields = ("=id", "=plan__id", "=organisation__id")
    exclude = ("input_snapshot",)
