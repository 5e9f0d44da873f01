"""Prometheus figures at `/metrics`: how requests fare in this process, and how the jobs of the installation stand.

Labels are bounded: methods, route patterns, status classes, run states. No organisation, person or path appears.
Asked for with `Authorization: Bearer <DANEGELD_METRICS_TOKEN>`; without that setting the address does not exist.
"""

import secrets
from collections.abc import Iterable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from config.request_figures import registry
from planner.queries.run_figures import run_figures


class RunCollector(Collector):
    """Reads the table of runs when asked, so that every web process gives the same figures."""

    def describe(self) -> Iterable[Metric]:
        """Name nothing in advance: the database may not be there yet when the process starts."""
        return ()

    def collect(self) -> Iterable[Metric]:
        """Yield the state of the runs and how long the oldest waits."""
        figures = run_figures()
        states = GaugeMetricFamily("danegeld_runs", "Runs in this state", labels=("state",))
        for state, count in figures.by_state.items():
            states.add_metric((state,), count)
        yield states
        yield _gauge("danegeld_run_queue_age_seconds", "Age of the oldest queued run", figures.oldest_queued_seconds)
        yield _gauge("danegeld_run_expired_leases", "Running rows whose worker is silent", figures.expired_leases)
        yield _gauge("danegeld_run_repeated", "Live runs in their second or later attempt", figures.repeated)
        if figures.sweeper_age_seconds is not None:
            yield _gauge("danegeld_sweeper_age_seconds", "Time since the last sweep", figures.sweeper_age_seconds)


registry.register(RunCollector())


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer the figures to who knows the token, and to everybody else as if there were nothing here."""
    expected = f"Bearer {settings.METRICS_TOKEN}"
    offered = request.headers.get("Authorization", "")
    if not settings.METRICS_TOKEN or not secrets.compare_digest(offered.encode(), expected.encode()):
        raise Http404
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _gauge(name: str, help_text: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, help_text, value=value)
