"""Addresses of the workbook's pages and files."""

from django.urls import URLPattern, URLResolver, path

from planner.views import workbooks

urlpatterns: list[URLPattern | URLResolver] = [
    path("draft/workbook.xlsx", workbooks.draft_workbook, name="draft-workbook"),
    path("plans/<uuid:plan_id>/workbook", workbooks.plan_workbook, name="plan-workbook"),
    path("plans/<uuid:plan_id>/workbook.xlsx", workbooks.plan_workbook_file, name="plan-workbook-file"),
    path("runs/<uuid:run_id>/workbook.xlsx", workbooks.run_workbook_file, name="run-workbook-file"),
]
