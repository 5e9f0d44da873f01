"""How long a table takes over HTTP on a finished run: every table in every format, through the whole stack."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.test import Client

CALLS = 30
LIMIT_MS = 150.0
FORMATS = ("csv", "json", "parquet")


def p95_of_tables(calls: int = CALLS) -> dict[str, float]:
    """Processor milliseconds by table and format, 95th percentile of `calls` requests; in a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DANEGELD_DATABASE_URL"] = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
        import django

        django.setup()
        from django.core.management import call_command

        from planner.report.tables import TABLES

        call_command("migrate", verbosity=0)
        client, run = _finished_run()
        addresses = {f"{table}.{kind}": f"/api/v1/runs/{run}/{table}.{kind}" for table in TABLES for kind in FORMATS}
        return {name: _p95(client, address, calls) for name, address in addresses.items()}


def _finished_run() -> tuple[Client, uuid.UUID]:
    from django.conf import settings
    from django.test import Client
    from django_scopes import scope

    from accounts.models import User
    from accounts.operations import organisation_create
    from planner.operations.plan_edit import plan_create
    from planner.operations.run_execute import run_execute
    from planner.operations.run_start import run_start

    settings.RUN_DRAWS = 65_536
    settings.API_RATES = dict.fromkeys(settings.API_RATES, "1000000/min")
    person = User.objects.create_user("bench@example.org", "correct horse battery staple")
    organisation = organisation_create(owner=person, name="Bench")
    with scope(organisation=organisation):
        plan = plan_create(
            organisation=organisation, document=(Path(__file__).parent / "data" / "plan-example.json").read_bytes()
        )
        run = run_start(plan=plan).run
        if not run_execute(run_id=run.id):
            raise RuntimeError("The run did not finish.")
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client, run.id


def _p95(client: Client, address: str, calls: int) -> float:
    client.get(address)
    taken = []
    for _ in range(calls):
        start = time.process_time()
        answer = client.get(address)
        taken.append(1e3 * (time.process_time() - start))
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answered {answer.status_code}.")
    return statistics.quantiles(taken, n=20, method="inclusive")[18]


def main() -> None:
    """Print the slowest first, as lines `name milliseconds`."""
    found = p95_of_tables(int(sys.argv[1]) if len(sys.argv) > 1 else CALLS)
    for name, milliseconds in sorted(found.items(), key=lambda each: -each[1]):
        print(f"{name} {milliseconds:.1f}")


if __name__ == "__main__":
    main()
