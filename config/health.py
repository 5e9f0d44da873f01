"""Is the process alive (`/healthz`), and can it do its work (`/readyz`)?"""

from collections.abc import Callable

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import DurationField, ExpressionWrapper, F
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from kombu import Connection

from planner.models import ServiceBeat

SWEEPER_MAX_AGE_SECONDS = 60.0


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """Answer 200 as long as the process serves requests; touches neither database nor broker."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
def readyz(_request: HttpRequest) -> JsonResponse:
    """Answer 200 if database, schema, broker and sweeper are fit for work, otherwise 503 with what is wrong."""
    problems = {name: problem for name, check in CHECKS.items() if (problem := _run(check))}
    answer = {
        "ready": not problems,
        "mode": "try-out: one machine, SQLite or local queue" if settings.TRY_OUT else "production",
        "checks": {name: problems.get(name, "ok") for name in CHECKS},
    }
    return JsonResponse(answer, status=503 if problems else 200)


def check_database() -> str:
    """Return what is wrong with the database connection, or nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def check_migrations() -> str:
    """Return what is wrong with the schema, or nothing."""
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(missing)} migrations are not applied: run `python manage.py migrate`" if missing else ""


def check_broker() -> str:
    """Return what is wrong with the way to the workers, or nothing."""
    options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    with Connection(settings.CELERY_BROKER_URL, connect_timeout=2, transport_options=options) as broker:
        broker.ensure_connection(max_retries=1, timeout=2)
    return ""


def check_sweeper() -> str:
    """Return what is wrong with the sweeper, or nothing. Without it a job lost on the way is never sent again."""
    # Both times are the database's: the clocks of the machines do not matter.
    age_now = ExpressionWrapper(Now() - F("beat_at"), output_field=DurationField())
    age = ServiceBeat.objects.filter(name="sweeper").annotate(age=age_now).values_list("age", flat=True).first()
    if age is None:
        return "has never run: start `python manage.py sweep`"
    seconds = age.total_seconds()
    return (
        f"last ran {seconds:.0f} s ago: restart `python manage.py sweep`" if seconds > SWEEPER_MAX_AGE_SECONDS else ""
    )


CHECKS: dict[str, Callable[[], str]] = {
    "database": check_database,
    "migrations": check_migrations,
    "broker": check_broker,
    "sweeper": check_sweeper,
}


def _run(check: Callable[[], str]) -> str:
    try:
        return check()
    except Exception as error:  # noqa: BLE001 - whatever it is, this part is not fit for work
        # Only the kind of error: its text may hold addresses and passwords.
        return f"does not answer ({type(error).__name__})"
