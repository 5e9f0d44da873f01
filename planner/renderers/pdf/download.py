"""A finished report as an answer to a request."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import slugify

from planner.models import ReportFile


def pdf_response(request: HttpRequest, report: ReportFile) -> HttpResponse:
    """The report's bytes; 404 while there are none. They never change, so a reader may keep them for good."""
    etag = f'"{report.document_hash}"'
    if not report.document_hash:
        raise Http404("This report is not finished.")
    headers = {
        "ETag": etag,
        "Cache-Control": "private, max-age=31536000, immutable",
        "Content-Disposition": f'attachment; filename="{file_name(report)}"',
    }
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(bytes(report.document or b""), content_type="application/pdf", headers=headers)


def file_name(report: ReportFile) -> str:
    """``support-chat-run-7-board.pdf``: plain letters, whatever the plan is called."""
    name = slugify(report.plan.name)[:60] or "plan"
    what = report.audience if report.kind == "board" else report.kind
    return f"{name}-run-{report.run.number}-{what}.pdf"
