"""Addresses of tables, what-if, verdict and usage, below /api/v1/."""

from collections.abc import Callable

from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.views import APIView

from planner.api.tables.verdict import VerdictApi
from planner.api.tables.views import PlanTableApi, RunTableApi
from planner.api.tables.whatif import WhatIfApi
from planner.api.usage import UsageMonthApi


class TableName(StringConverter):
    """A name that a table could have: what is none gets an answer that names the nearest."""

    regex = "[a-z_]{1,40}"


class TableFormat(StringConverter):
    """A format of tables."""

    regex = "csv|json|parquet"


class ShortFormat(StringConverter):
    """A format of short answers."""

    regex = "csv|json"


class CalendarMonth(StringConverter):
    """A calendar month, such as 2026-10."""

    regex = "[0-9]{4}-(?:0[1-9]|1[0-2])"


register_converter(TableName, "table")
register_converter(TableFormat, "table_format")
register_converter(ShortFormat, "short_format")
register_converter(CalendarMonth, "calendar_month")


def _unlisted(api: type[APIView]) -> Callable[..., HttpResponseBase]:
    """The same operation at an address without suffix: one operation, described once."""
    same: type[APIView] = type(api.__name__, (api,), {"__doc__": api.__doc__})
    return extend_schema_view(get=extend_schema(exclude=True))(same).as_view()


urlpatterns: list[URLPattern] = [
    path("plans/<uuid:plan_id>/verdict.json", VerdictApi.as_view(), name="api-verdict"),
    path("plans/<uuid:plan_id>/whatif.<short_format:suffix>", WhatIfApi.as_view(), name="api-whatif"),
    path("plans/<uuid:plan_id>/usage/<calendar_month:month>", UsageMonthApi.as_view(), name="api-usage"),
    path("plans/<uuid:plan_id>/<table:table>.<table_format:suffix>", PlanTableApi.as_view(), name="api-plan-table"),
    path("plans/<uuid:plan_id>/<table:table>", _unlisted(PlanTableApi), name="api-plan-table-plain"),
    path("runs/<uuid:run_id>/<table:table>.<table_format:suffix>", RunTableApi.as_view(), name="api-run-table"),
    path("runs/<uuid:run_id>/<table:table>", _unlisted(RunTableApi), name="api-run-table-plain"),
]
