"""Addresses of the reports' pages."""

from django.urls import path

from planner.views import reports

urlpatterns = [
    path("plans/<uuid:plan_id>/report", reports.plan_report, name="plan-report"),
    path("plans/<uuid:plan_id>/report/list", reports.plan_report_list, name="plan-report-list"),
    path("reports/<uuid:report_id>/report.pdf", reports.report_pdf, name="report-pdf"),
    path("reports/<uuid:report_id>/preview.png", reports.report_preview, name="report-preview"),
    path("reports/<uuid:report_id>/cancel", reports.report_stop, name="report-cancel"),
    path("reports/<uuid:report_id>/delete", reports.report_remove, name="report-delete"),
]
