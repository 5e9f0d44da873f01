"""Addresses of the REST interface, below /api/v1/. No trailing slashes."""

from django.urls import URLPattern, URLResolver, include, path, register_converter
from django.urls.converters import IntConverter

from planner.api.evaluate import EvaluateApi
from planner.api.plans import PlanApi, PlanListApi
from planner.api.reports import PlanReportListApi, ReportApi, ReportCancelApi, ReportPdfApi
from planner.api.revisions import RevisionApi, RevisionListApi
from planner.api.run_prices import RunBridgeApi, RunPricesApi, RunRepriceApi
from planner.api.runs import PlanRunListApi, RunApi, RunCancelApi, RunResultApi
from planner.api.schemas import OpenApiApi, PlanSchemaApi
from planner.api.trace import EvaluateTraceApi, RunTraceApi
from planner.api.workbook import PlanWorkbookApi, RunWorkbookApi


class RevisionNumber(IntConverter):
    """A number from 1 that fits the database's integers: longer digits are just another missing revision."""

    regex = "[1-9][0-9]{0,8}"


register_converter(RevisionNumber, "revision")

urlpatterns: list[URLPattern | URLResolver] = [
    path("evaluate", EvaluateApi.as_view(), name="api-evaluate"),
    path("evaluate/trace", EvaluateTraceApi.as_view(), name="api-evaluate-trace"),
    path("plans", PlanListApi.as_view(), name="api-plan-list"),
    path("plans/<uuid:plan_id>", PlanApi.as_view(), name="api-plan"),
    path("plans/<uuid:plan_id>/revisions", RevisionListApi.as_view(), name="api-revision-list"),
    path("plans/<uuid:plan_id>/revisions/<revision:number>", RevisionApi.as_view(), name="api-revision"),
    path("plans/<uuid:plan_id>/runs", PlanRunListApi.as_view(), name="api-run-list"),
    path("runs/<uuid:run_id>", RunApi.as_view(), name="api-run"),
    path("runs/<uuid:run_id>/result", RunResultApi.as_view(), name="api-run-result"),
    path("runs/<uuid:run_id>/trace", RunTraceApi.as_view(), name="api-run-trace"),
    path("runs/<uuid:run_id>/price-rows", RunPricesApi.as_view(), name="api-run-prices"),
    path("runs/<uuid:run_id>/reprice", RunRepriceApi.as_view(), name="api-run-reprice"),
    path("runs/<uuid:run_id>/since/<uuid:earlier_id>", RunBridgeApi.as_view(), name="api-run-bridge"),
    path("runs/<uuid:run_id>/cancel", RunCancelApi.as_view(), name="api-run-cancel"),
    path("plans/<uuid:plan_id>/reports", PlanReportListApi.as_view(), name="api-report-list"),
    path("reports/<uuid:report_id>", ReportApi.as_view(), name="api-report"),
    path("reports/<uuid:report_id>/report.pdf", ReportPdfApi.as_view(), name="api-report-pdf"),
    path("reports/<uuid:report_id>/cancel", ReportCancelApi.as_view(), name="api-report-cancel"),
    path("plans/<uuid:plan_id>/workbook.xlsx", PlanWorkbookApi.as_view(), name="api-plan-workbook"),
    path("runs/<uuid:run_id>/workbook.xlsx", RunWorkbookApi.as_view(), name="api-run-workbook"),
    path("plan-schema.json", PlanSchemaApi.as_view(), name="api-plan-schema"),
    path("openapi.json", OpenApiApi.as_view(), name="api-openapi"),
    # After every address of a name of its own.
    path("", include("planner.api.tables.urls")),
]
