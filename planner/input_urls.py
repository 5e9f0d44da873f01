"""Addresses of the pages on which a plan is changed, and of those that explain: history, files, method, help."""

from django.urls import URLPattern, URLResolver, path, register_converter

from planner.views import conflicts, help_pages, input_field, inputs, method, plan_files, revisions


class FileFormatConverter:
    """``json`` or ``yaml``."""

    regex = "json|yaml"

    def to_python(self, value: str) -> str:
        """As it stands in the address."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands in the address."""
        return value


register_converter(FileFormatConverter, "fileformat")

urlpatterns: list[URLPattern | URLResolver] = [
    path("draft/inputs/<slug:section>/live", inputs.draft_inputs_live, name="draft-inputs-live"),
    path("draft/inputs/field/<str:path>", input_field.draft_field, name="draft-field"),
    path("draft/undo", inputs.draft_step_back, name="draft-undo"),
    path("draft/plan.<fileformat:form>", plan_files.draft_file, name="draft-file"),
    path("draft/method/<slug:page>", method.draft_method, name="draft-method"),
    path("plans/import", plan_files.plan_import, name="plan-import"),
    path("plans/<uuid:plan_id>/import", plan_files.plan_replace, name="plan-replace"),
    path("plans/<uuid:plan_id>/plan.<fileformat:form>", plan_files.plan_file, name="plan-file"),
    path("plans/<uuid:plan_id>/inputs/<slug:section>/live", inputs.plan_inputs_live, name="plan-inputs-live"),
    path("plans/<uuid:plan_id>/inputs/field/<str:path>", input_field.plan_field, name="plan-field"),
    path("plans/<uuid:plan_id>/merge", conflicts.plan_merge, name="plan-merge"),
    path("plans/<uuid:plan_id>/revisions", revisions.plan_revisions, name="plan-revisions"),
    path("plans/<uuid:plan_id>/revisions/compare", revisions.revisions_compare, name="revisions-compare"),
    path("plans/<uuid:plan_id>/revisions/<int:number>/restore", revisions.revision_restore, name="revision-restore"),
    path("plans/<uuid:plan_id>/method/<slug:page>", method.plan_method, name="plan-method"),
    path("method", method.method_index, name="method"),
    path("method/<slug:page>", method.method_page, name="method-page"),
    path("help", help_pages.help_page, name="help"),
    path("help/keyboard", help_pages.keyboard, name="keyboard"),
    path("accessibility", help_pages.accessibility, name="accessibility"),
    path("language", help_pages.language, name="language"),
    path("status", help_pages.status, name="status"),
    path("changelog", help_pages.changelog, name="changelog"),
]
